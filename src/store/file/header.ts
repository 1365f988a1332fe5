import { closeSync, openSync, readSync } from "node:fs";
import { migrations } from "../migrations/index.ts";

/** The first 100 bytes of a database (https://www.sqlite.org/fileformat2.html, 1.3). */
const headerLength = 100;
const magic = "SQLite format 3\0";

/** What stands at the head of a record. Its length in pages is left open: SQLite then takes that of the file.
 * @param size bytes of a page
 * @param log whether there is a write-ahead log to be read */
export function headerOf(size: number, log: boolean): Buffer {
  const header = Buffer.alloc(headerLength);
  header.write(magic, "latin1");
  header.writeUInt16BE(size, 16);
  header.fill(log ? 2 : 1, 18, 20);
  header.set([64, 32, 32], 21);
  header.writeUInt32BE(1, 24);
  header.writeUInt32BE(1, 40);
  header.writeUInt32BE(4, 44);
  header.writeUInt32BE(1, 56);
  header.writeUInt32BE(migrations.length, 60);
  return header;
}

/** How many bytes a database has by its own head; null where the head does not say, or is none. */
export function lengthByHeader(path: string): number | null {
  const header = Buffer.alloc(headerLength);
  const file = openSync(path, "r");
  try {
    if (readSync(file, header, 0, headerLength, 0) < headerLength) return null;
  } finally {
    closeSync(file);
  }
  if (header.toString("latin1", 0, magic.length) !== magic) return null;
  // The length counts only where the last writer kept it (bytes 24 and 92).
  if (header.readUInt32BE(24) !== header.readUInt32BE(92)) return null;
  const size = header.readUInt16BE(16);
  return header.readUInt32BE(28) * (size === 1 ? 65_536 : size);
}
