#include "plugside_line.h"

#include <string.h>

enum { MARK = 0xF5, END = 0xC0, ESCAPE = 0xDB, ESCAPED_END = 0xDC, ESCAPED_ESCAPE = 0xDD };
enum { SEEKING, HEAD, BODY };

static const char digits[] = "0123456789ABCDEF";

uint16_t pl_crc16(const uint8_t *data, size_t length) {
  uint16_t value = 0xFFFF;
  for (size_t at = 0; at < length; at++) {
    value ^= (uint16_t)(data[at] << 8);
    for (int bit = 0; bit < 8; bit++) value = (uint16_t)(value & 0x8000 ? (value << 1) ^ 0x1021 : value << 1);
  }
  return value;
}

/* What is written: counts on where there is no room, so that the end can tell. */
typedef struct {
  uint8_t *out;
  size_t room, length;
} sink;

static void put(sink *to, uint8_t byte) {
  if (to->length < to->room) to->out[to->length] = byte;
  to->length++;
}

static void put_slip(sink *to, uint8_t byte) {
  if (byte == END || byte == ESCAPE) {
    put(to, ESCAPE);
    put(to, byte == END ? ESCAPED_END : ESCAPED_ESCAPE);
  } else {
    put(to, byte);
  }
}

static void put_cobs(sink *to, uint8_t byte, size_t *code) {
  if (byte != 0) put(to, byte);
  if (byte == 0 || to->length - *code == 255) {
    if (*code < to->room) to->out[*code] = (uint8_t)(to->length - *code);
    *code = to->length;
    put(to, 0);
  }
}

size_t pl_encode(pl_framing framing, const char *text, size_t length, uint8_t *out, size_t room) {
  const uint8_t *data = (const uint8_t *)text;
  sink to = {out, room, 0};
  uint16_t check = pl_crc16(data, length);
  uint8_t tail[2] = {(uint8_t)(check >> 8), (uint8_t)check};
  size_t code;
  switch (framing) {
    case PL_LINES: /* the text must hold no newline */
      for (size_t at = 0; at < length; at++) put(&to, data[at]);
      put(&to, '*');
      for (int shift = 12; shift >= 0; shift -= 4) put(&to, (uint8_t)digits[(check >> shift) & 15]);
      put(&to, '\n');
      break;
    case PL_LENGTH:
      put(&to, MARK);
      for (int shift = 24; shift >= 0; shift -= 8) put(&to, (uint8_t)(length >> shift));
      for (size_t at = 0; at < length; at++) put(&to, data[at]);
      put(&to, tail[0]);
      put(&to, tail[1]);
      break;
    case PL_SLIP:
      put(&to, END);
      for (size_t at = 0; at < length; at++) put_slip(&to, data[at]);
      put_slip(&to, tail[0]);
      put_slip(&to, tail[1]);
      put(&to, END);
      break;
    case PL_COBS:
      put(&to, 0);
      code = to.length;
      put(&to, 0);
      for (size_t at = 0; at < length; at++) put_cobs(&to, data[at], &code);
      put_cobs(&to, tail[0], &code);
      put_cobs(&to, tail[1], &code);
      if (code < room) out[code] = (uint8_t)(to.length - code);
      put(&to, 0);
      break;
  }
  return to.length <= room ? to.length : 0;
}

void pl_reader_init(pl_reader *reader, pl_framing framing, uint8_t *buffer, size_t room) {
  memset(reader, 0, sizeof *reader);
  reader->framing = framing;
  reader->buffer = buffer;
  reader->room = room;
}

static void keep(pl_reader *reader, uint8_t byte) {
  if (reader->length < reader->room) reader->buffer[reader->length++] = byte;
  else reader->overrun = 1;
}

/* The message without its check; 0 where that does not fit. */
static size_t checked(pl_reader *reader, size_t length) {
  uint8_t *data = reader->buffer;
  if (length <= 2 || pl_crc16(data, length - 2) != (uint16_t)(data[length - 2] << 8 | data[length - 1])) return 0;
  data[length - 2] = 0;
  return length - 2;
}

static size_t unpack_line(pl_reader *reader, size_t length) {
  uint8_t *data = reader->buffer;
  unsigned said = 0;
  if (length > 0 && data[length - 1] == '\r') length--;
  if (length > 5 && data[length - 5] == '*') {
    for (size_t at = length - 4; at < length; at++) {
      const char *digit = data[at] ? strchr(digits, data[at]) : NULL;
      if (!digit) return 0;
      said = said << 4 | (unsigned)(digit - digits);
    }
    length -= 5;
    if (said != pl_crc16(data, length)) return 0;
    reader->checks = 1;
  } else if (reader->checks || length == 0 || length >= reader->room || (data[0] != '[' && data[0] != '{')) {
    return 0;
  }
  data[length] = 0;
  return length;
}

static size_t unpack_slip(pl_reader *reader, size_t length) {
  uint8_t *data = reader->buffer;
  size_t to = 0;
  for (size_t at = 0; at < length; at++) {
    uint8_t byte = data[at];
    if (byte == ESCAPE) {
      if (++at >= length || (data[at] != ESCAPED_END && data[at] != ESCAPED_ESCAPE)) return 0;
      byte = data[at] == ESCAPED_END ? END : ESCAPE;
    }
    data[to++] = byte;
  }
  return checked(reader, to);
}

static size_t unpack_cobs(pl_reader *reader, size_t length) {
  uint8_t *data = reader->buffer;
  size_t to = 0;
  for (size_t at = 0; at < length;) {
    size_t code = data[at], next = at + code;
    if (next > length) return 0;
    for (at++; at < next; at++) data[to++] = data[at];
    if (code < 255 && next < length) data[to++] = 0;
  }
  return checked(reader, to);
}

/* A stretch has come to its end. */
static size_t ended(pl_reader *reader) {
  size_t length = reader->length, found = 0;
  int overrun = reader->overrun;
  reader->length = 0;
  reader->overrun = 0;
  if (length == 0) return 0;
  if (!overrun) {
    if (reader->framing == PL_LINES) found = unpack_line(reader, length);
    else if (reader->framing == PL_SLIP) found = unpack_slip(reader, length);
    else found = unpack_cobs(reader, length);
  }
  if (found == 0) reader->damaged++;
  return found;
}

static size_t read_length(pl_reader *reader, uint8_t byte) {
  if (reader->state == SEEKING) {
    if (byte == MARK) reader->state = HEAD;
    reader->length = reader->wanted = 0;
    return 0;
  }
  if (reader->state == HEAD) {
    reader->wanted = reader->wanted << 8 | byte;
    if (++reader->length < 4) return 0;
    reader->length = 0;
    reader->state = reader->wanted > 0 && reader->wanted <= reader->room - 2 ? BODY : SEEKING;
    if (reader->state == SEEKING) reader->damaged++;
    return 0;
  }
  if (byte == MARK && reader->length < reader->wanted) { /* another message begins within this one */
    reader->damaged++;
    reader->state = HEAD;
    reader->length = reader->wanted = 0;
    return 0;
  }
  keep(reader, byte);
  if (reader->length < reader->wanted + 2) return 0;
  size_t found = checked(reader, reader->length);
  if (found == 0) reader->damaged++;
  reader->state = SEEKING;
  return found;
}

size_t pl_read(pl_reader *reader, uint8_t byte) {
  static const uint8_t delimiters[] = {'\n', MARK, END, 0};
  if (reader->framing == PL_LENGTH) return read_length(reader, byte);
  if (byte == delimiters[reader->framing]) return ended(reader);
  keep(reader, byte);
  return 0;
}
