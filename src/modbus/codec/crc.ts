const table = Uint16Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xa001 : value >>> 1;
  return value;
});

/** CRC-16/MODBUS (Modbus over Serial Line V1.02, 6.2.2): "123456789" gives 0x4B37. On the wire its low byte comes first. */
export function modbusCrc(bytes: Uint8Array): number {
  let value = 0xffff;
  for (const byte of bytes) value = (value >>> 8) ^ (table[(value ^ byte) & 255] ?? 0);
  return value;
}
