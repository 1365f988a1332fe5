import { randomBytes } from "node:crypto";

/** A text as a client sends it. */
export function maskedText(text: string): Buffer {
  return maskedFrame(0x81, Buffer.from(text));
}

/** A client's frame (RFC 6455 5.2): fin and opcode, length, mask, masked payload. */
export function maskedFrame(first: number, payload: Uint8Array): Buffer {
  const mask = randomBytes(4);
  const masked = Buffer.from(payload);
  for (let at = 0; at < masked.length; at++) masked[at] = (masked[at] ?? 0) ^ (mask[at % 4] ?? 0);
  return Buffer.concat([Buffer.from([first]), lengthOf(payload.length), mask, masked]);
}

/** The length of a masked frame, as short as it can be said. */
export function lengthOf(length: number): Buffer {
  if (length < 126) return Buffer.from([0x80 | length]);
  if (length < 65_536) return Buffer.from([0x80 | 126, length >> 8, length & 0xff]);
  const long = Buffer.alloc(9);
  long[0] = 0x80 | 127;
  long.writeBigUInt64BE(BigInt(length), 1);
  return long;
}
