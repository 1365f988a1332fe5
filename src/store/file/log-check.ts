import { readFileSync, statSync } from "node:fs";

/** Longer ones are not looked at: it would hold up the start. */
const mostBytes = 256 * 1024 * 1024;
const headLength = 32;
const frameHeadLength = 24;

/** Whether something that was committed stands in a write-ahead log behind bytes that do not fit it: SQLite passes over that without a
 * word. A log that ends in the middle of a commit is sound: so a killed process leaves it.
 * (https://www.sqlite.org/fileformat2.html, 4.1 and 4.2) */
export function isLogDamaged(path: string): boolean {
  const length = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (length < headLength || length > mostBytes) return false;
  const log = readFileSync(path);
  const magic = log.readUInt32BE(0);
  if (magic !== 0x377f0682 && magic !== 0x377f0683) return log.some((byte) => byte !== 0);
  const sum = new Checksum(magic === 0x377f0683);
  sum.add(log, 0, 24);
  if (!sum.is(log, 24)) return true;
  const frameLength = frameHeadLength + log.readUInt32BE(8);
  let at = headLength;
  for (; at + frameLength <= length; at += frameLength) {
    if (!sameSalt(log, at)) break;
    sum.add(log, at, 8);
    sum.add(log, at + frameHeadLength, frameLength - frameHeadLength);
    if (!sum.is(log, at + 16)) break;
  }
  for (at += frameLength; at + frameLength <= length; at += frameLength) {
    const committed = log.readUInt32BE(at + 4) !== 0;
    if (committed && sameSalt(log, at)) return true;
  }
  return false;
}

/** Frames of an earlier round of the log carry other salts. */
function sameSalt(log: Buffer, at: number): boolean {
  return log.compare(log, 16, 24, at + 8, at + 16) === 0;
}

/** The log's checksum, which runs on over all of its frames. */
class Checksum {
  readonly #bigEndian: boolean;
  #first = 0;
  #second = 0;

  constructor(bigEndian: boolean) {
    this.#bigEndian = bigEndian;
  }

  add(bytes: Buffer, from: number, count: number): void {
    let first = this.#first;
    let second = this.#second;
    for (let at = from; at < from + count; at += 8) {
      const a = this.#bigEndian ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at);
      const b = this.#bigEndian ? bytes.readUInt32BE(at + 4) : bytes.readUInt32LE(at + 4);
      first = (first + a + second) >>> 0;
      second = (second + b + first) >>> 0;
    }
    this.#first = first;
    this.#second = second;
  }

  /** Whether it is what stands there. */
  is(bytes: Buffer, at: number): boolean {
    return bytes.readUInt32BE(at) === this.#first && bytes.readUInt32BE(at + 4) === this.#second;
  }
}
