/* Plugside's own transport of OCPP over a serial line: the station's side, in C99. No memory is allocated. How it is meant: SERIAL.md. */
#ifndef PLUGSIDE_LINE_H
#define PLUGSIDE_LINE_H

#include <stddef.h>
#include <stdint.h>

typedef enum { PL_LINES, PL_LENGTH, PL_SLIP, PL_COBS } pl_framing;

/* What reads a line byte by byte. The buffer is yours, and bounds the longest message. */
typedef struct {
  pl_framing framing;
  uint8_t *buffer;
  size_t room;
  size_t length;
  size_t wanted;
  unsigned char state;
  unsigned char checks;
  unsigned char overrun;
  /* Stretches that were no message. */
  unsigned long damaged;
} pl_reader;

/* CRC-16/CCITT-FALSE: "123456789" gives 0x29B1. */
uint16_t pl_crc16(const uint8_t *data, size_t length);

/* Writes a message as it goes on the line. Returns its length there, 0 where there is no room. Twice the message and 16 bytes are
 * always enough. */
size_t pl_encode(pl_framing framing, const char *text, size_t length, uint8_t *out, size_t room);

void pl_reader_init(pl_reader *reader, pl_framing framing, uint8_t *buffer, size_t room);

/* Takes a byte. Returns the length of a message when it is whole: it stands in the buffer, with a 0 behind it, until the next byte. */
size_t pl_read(pl_reader *reader, uint8_t byte);

#endif
