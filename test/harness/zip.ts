import { crc32 } from "node:zlib";

const longs = (...numbers: number[]) => Buffer.from(new Uint32Array(numbers).buffer);
const shorts = (...numbers: number[]) => Buffer.from(new Uint16Array(numbers).buffer);

/** A zip of one file that is stored as it is. */
export function storedZip(name: string, bytes: Buffer): Buffer {
  const fields = Buffer.concat([
    shorts(20, 0, 0, 0, (5 << 5) | 3),
    longs(crc32(bytes), bytes.length, bytes.length),
    shorts(name.length, 0),
  ]);
  const entry = Buffer.concat([longs(0x04034b50), fields, Buffer.from(name), bytes]);
  const record = Buffer.concat([
    longs(0x02014b50),
    shorts(20),
    fields,
    shorts(0, 0, 0),
    longs(0, 0),
    Buffer.from(name),
  ]);
  const end = Buffer.concat([longs(0x06054b50), shorts(0, 0, 1, 1), longs(record.length, entry.length), shorts(0)]);
  return Buffer.concat([entry, record, end]);
}
