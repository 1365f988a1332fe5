/* A station over a line, on standard input and output: cc -std=c99 -o example example.c plugside_line.c
 * `example FRAMING` boots, sends a heartbeat, and accepts whatever it is asked. `example FRAMING echo` says back
 * each message, for tests. FRAMING is lines, length, slip or cobs. */
#include <stdio.h>
#include <string.h>

#include "plugside_line.h"

enum { LONGEST = 8192 };

static pl_framing framing;

static void say(const char *text, size_t length) {
  static uint8_t wire[2 * LONGEST + 16];
  size_t count = pl_encode(framing, text, length, wire, sizeof wire);
  fwrite(wire, 1, count, stdout);
  fflush(stdout);
}

static void say_text(const char *text) { say(text, strlen(text)); }

/* What is asked is accepted; the id stands between the first two quotation marks. */
static void answer(const char *text) {
  static char reply[256];
  const char *id = strchr(text, '"');
  const char *end = id ? strchr(id + 1, '"') : NULL;
  if (!end || end - id > 100) return;
  snprintf(reply, sizeof reply, "[3,%.*s\",{\"status\":\"Accepted\"}]", (int)(end - id), id);
  say_text(reply);
}

static void take(const char *text) {
  static int greeted = 0;
  if (text[0] == '{') { /* the line's own messages */
    if (strstr(text, "\"subprotocols\":[]")) { /* the central system has begun anew, and asks who is there */
      greeted = 0;
      say_text("{\"hello\":{\"identity\":\"C99-1\",\"subprotocols\":[\"ocpp1.6\"],\"software\":\"example.c\"}}");
    } else if (strstr(text, "{\"hello\"") && !greeted) {
      greeted = 1;
      say_text("[2,\"1\",\"BootNotification\",{\"chargePointVendor\":\"Example\",\"chargePointModel\":\"C99\"}]");
    }
  } else if (strncmp(text, "[3,\"1\"", 6) == 0) {
    say_text("[2,\"2\",\"Heartbeat\",{}]");
  } else if (strncmp(text, "[2,", 3) == 0) {
    answer(text);
  }
}

int main(int count, char **words) {
  static const char *const names[] = {"lines", "length", "slip", "cobs"};
  static uint8_t buffer[LONGEST];
  pl_reader reader;
  int echo = count > 2 && strcmp(words[2], "echo") == 0;
  int at = 0;
  while (at < 4 && (count < 2 || strcmp(words[1], names[at]) != 0)) at++;
  if (at == 4) return 2;
  framing = (pl_framing)at;
  pl_reader_init(&reader, framing, buffer, sizeof buffer);
  if (!echo) say_text("{\"hello\":{\"identity\":\"C99-1\",\"subprotocols\":[\"ocpp1.6\"],\"software\":\"example.c\"}}");
  for (int byte = getchar(); byte != EOF; byte = getchar()) {
    size_t length = pl_read(&reader, (uint8_t)byte);
    if (length == 0) continue;
    if (echo) say((const char *)buffer, length);
    else take((const char *)buffer);
  }
  fprintf(stderr, "%lu\n", reader.damaged);
  return 0;
}
