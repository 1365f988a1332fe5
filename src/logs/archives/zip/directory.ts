import type { Source } from "../../bytes/source.ts";
import type { Limits } from "../limits.ts";
import { entryName } from "../names.ts";

/** What a zip says of an entry: in its directory, or where the entry itself begins. */
export type ZipRecord = {
  name: string;
  method: number;
  encrypted: boolean;
  crc: number;
  packed: number;
  size: number;
  changedAt?: number;
  /** Where its own header stands. */
  at: number;
};

const endMark = 0x06054b50;
const end64Mark = 0x06064b50;
const locatorMark = 0x07064b50;
const recordMark = 0x02014b50;
const endSize = 22;
const recordSize = 46;

/** The entries by the directory at the end of a zip; undefined where there is none that can be read, as of a zip that is cut off. */
export async function readDirectory(source: Source, { memory }: Limits): Promise<Iterable<ZipRecord> | undefined> {
  const place = await findDirectory(source);
  if (!place || place.size > memory || place.at < 0 || place.at + place.size > source.size) return undefined;
  const bytes = await source.read(place.at, place.size);
  return isRecord(bytes, 0) || place.size === 0 ? recordsIn(bytes, place.shift) : undefined;
}

function isRecord(bytes: Buffer, at: number): boolean {
  return at + recordSize <= bytes.length && bytes.readUInt32LE(at) === recordMark;
}

function* recordsIn(bytes: Buffer, shift: number): Iterable<ZipRecord> {
  for (let at = 0; isRecord(bytes, at); ) {
    const extraAt = at + recordSize + bytes.readUInt16LE(at + 28);
    const commentAt = extraAt + bytes.readUInt16LE(at + 30);
    const said = {
      packed: bytes.readUInt32LE(at + 20),
      size: bytes.readUInt32LE(at + 24),
      at: bytes.readUInt32LE(at + 42),
    };
    const sizes = large(said, bytes.subarray(extraAt, commentAt));
    yield { ...readFields(bytes, at + 8, bytes.subarray(at + recordSize, extraAt)), ...sizes, at: sizes.at + shift };
    at = commentAt + bytes.readUInt16LE(at + 32);
  }
}

/** What stands alike in the directory and where an entry begins. */
export function readFields(bytes: Buffer, at: number, name: Buffer): Omit<ZipRecord, "at" | "packed" | "size"> {
  return {
    name: entryName(name, "cp437"),
    encrypted: (bytes.readUInt16LE(at) & 1) !== 0,
    method: bytes.readUInt16LE(at + 2),
    changedAt: readTime(bytes.readUInt16LE(at + 4), bytes.readUInt16LE(at + 6)),
    crc: bytes.readUInt32LE(at + 8),
  };
}

type Sizes = { size: number; packed: number; at: number };

/** Numbers that are too large for their fields stand behind the name (zip64), in this order. */
export function large(fields: Sizes, extra: Buffer): Sizes {
  const found = { ...fields };
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    const end = Math.min(extra.length, at + 4 + extra.readUInt16LE(at + 2));
    let next = at + 4;
    for (const key of ["size", "packed", "at"] as const) {
      if (found[key] !== 0xffffffff || next + 8 > end) continue;
      found[key] = Number(extra.readBigUInt64LE(next));
      next += 8;
    }
  }
  return found;
}

/** Where the directory stands. `shift`: what was put before the zip, which its own numbers do not know of. */
async function findDirectory(source: Source): Promise<{ at: number; size: number; shift: number } | undefined> {
  const from = Math.max(0, source.size - endSize - 0xffff);
  const tail = await source.read(from, endSize + 0xffff);
  const end = findEnd(tail);
  if (end === -1) return undefined;
  let size = tail.readUInt32LE(end + 12);
  let at = tail.readUInt32LE(end + 16);
  let behind = from + end;
  if (end >= 20 && tail.readUInt32LE(end - 20) === locatorMark) {
    const end64 = Number(tail.readBigUInt64LE(end - 12));
    const record = await source.read(end64, 56);
    if (record.length < 56 || record.readUInt32LE(0) !== end64Mark) return undefined;
    size = Number(record.readBigUInt64LE(40));
    at = Number(record.readBigUInt64LE(48));
    behind = end64;
  }
  const shift = behind - size - at;
  return { at: at + shift, size, shift };
}

/** The last end whose comment reaches to the end of the file, or the last at all. */
function findEnd(tail: Buffer): number {
  const mark = Buffer.alloc(4);
  mark.writeUInt32LE(endMark);
  const last = tail.lastIndexOf(mark, tail.length - endSize);
  for (let at = last; at !== -1; at = at === 0 ? -1 : tail.lastIndexOf(mark, at - 1)) {
    if (at + endSize + tail.readUInt16LE(at + 20) === tail.length) return at;
  }
  return last;
}

/** The time of MS-DOS, of a clock whose zone nobody told. */
function readTime(time: number, date: number): number | undefined {
  const month = (date >> 5) & 15;
  const day = date & 31;
  if (month < 1 || month > 12 || day < 1) return undefined;
  return Date.UTC(1980 + (date >> 9), month - 1, day, time >> 11, (time >> 5) & 63, (time & 31) * 2);
}
