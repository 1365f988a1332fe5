/* A Modbus device of other software: libmodbus serves a hundred values of each table, numbered from 0.
 *   libmodbus-slave rtu PORT | tcp PORT
 * Says "ready" once it serves. It is unit 7 on a line, and ends by itself after two minutes. */
#include <errno.h>
#include <modbus.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { count = 100, unit = 7, longest_seconds = 120 };

static void serve(modbus_t *device, modbus_mapping_t *values) {
  uint8_t request[MODBUS_TCP_MAX_ADU_LENGTH];
  for (;;) {
    int length = modbus_receive(device, request);
    if (length > 0) modbus_reply(device, request, length, values);
    else if (length == -1 && (errno == ECONNRESET || errno == EBADF || errno == EIO)) return;
  }
}

int main(int argc, char **argv) {
  modbus_mapping_t *values = modbus_mapping_new(count, count, count, count);
  if (argc != 3 || values == NULL) return 2;
  for (int at = 0; at < count; at++) {
    values->tab_registers[at] = (uint16_t)(1000 + at);
    values->tab_input_registers[at] = (uint16_t)(2000 + at);
    values->tab_bits[at] = at % 2;
    values->tab_input_bits[at] = at % 3 == 0;
  }
  alarm(longest_seconds);
  setvbuf(stdout, NULL, _IOLBF, 0);
  if (strcmp(argv[1], "rtu") == 0) {
    modbus_t *line = modbus_new_rtu(argv[2], 19200, 'E', 8, 1);
    if (line == NULL || modbus_set_slave(line, unit) == -1 || modbus_connect(line) == -1) return 1;
    puts("ready");
    serve(line, values);
    return 0;
  }
  modbus_t *server = modbus_new_tcp("127.0.0.1", atoi(argv[2]));
  int socket = server == NULL ? -1 : modbus_tcp_listen(server, 4);
  if (socket == -1) return 1;
  puts("ready");
  while (modbus_tcp_accept(server, &socket) != -1) {
    serve(server, values);
    modbus_close(server);
  }
  return 1;
}
