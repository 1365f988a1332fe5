const table = Uint16Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 8;
  for (let bit = 0; bit < 8; bit++) value = value & 0x8000 ? (value << 1) ^ 0x1021 : value << 1;
  return value;
});

/** CRC-16/CCITT-FALSE: polynomial 0x1021, begun with 0xFFFF, nothing reflected; "123456789" gives 0x29B1. */
export function crc16(bytes: Uint8Array): number {
  let value = 0xffff;
  for (const byte of bytes) value = ((value << 8) ^ (table[(value >>> 8) ^ byte] ?? 0)) & 0xffff;
  return value;
}

/** Bytes with their check behind, high byte first. */
export function withCheck(data: Uint8Array): Uint8Array {
  const value = crc16(data);
  const all = new Uint8Array(data.length + 2);
  all.set(data);
  all.set([value >>> 8, value & 255], data.length);
  return all;
}

/** The bytes before a check that fits; null where it does not. */
export function checkedData(all: Uint8Array): Uint8Array | null {
  const data = all.subarray(0, -2);
  const said = ((all.at(-2) ?? 0) << 8) | (all.at(-1) ?? 0);
  return data.length > 0 && crc16(data) === said ? data : null;
}
