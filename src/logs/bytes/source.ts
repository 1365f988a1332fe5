import { type FileHandle, open } from "node:fs/promises";
import { promisify } from "node:util";
import zlib from "node:zlib";

/** One piece after the other. */
export type Bytes = AsyncIterable<Buffer>;

/** Bytes held in memory, in blocks of one size but the last; packed where that saves room. */
export type Held = {
  readonly blockSize: number;
  readonly blocks: readonly { bytes: SharedArrayBuffer; packing: "none" | "deflate" | "zstd" }[];
};

/** Where bytes lie, in a form that another thread can be given. */
export type Place = { readonly from: number; readonly size: number; readonly in: string | Held };

/** Bytes at rest: they can be read at any place, as often as wanted. */
export type Source = {
  readonly place: Place;
  readonly size: number;
  /** What is there from `at` on: less than asked for at the end.
   * @param into room that may be used for it: whoever reads all of a large file need not take new memory for each piece */
  read(at: number, length: number, into?: Buffer): Promise<Buffer>;
  /** A part of it, which is closed with the whole. */
  slice(from: number, size: number): Source;
  close(): Promise<void>;
};

/** Opens bytes by their place; `size` may be left out for a whole file.
 * @throws what the system says of a file */
export async function openSource(place: Place | string): Promise<Source> {
  if (typeof place === "string") {
    const file = await open(place);
    const { size } = await file.stat();
    return sourceOf({ from: 0, size, in: place }, fileReader(file), () => file.close());
  }
  if (typeof place.in !== "string") return heldSource(place, place.in);
  const file = await open(place.in);
  return sourceOf(place, fileReader(file), () => file.close());
}

/** Bytes that are held, as a source. */
export function heldSource(place: Omit<Place, "in">, held: Held): Source {
  return sourceOf({ ...place, in: held }, heldReader(held), async () => undefined);
}

/** A source as a stream, from its beginning or from a place in it. */
export async function* streamOf(source: Source, from = 0, step = 1 << 18): Bytes {
  for (let at = from; at < source.size; ) {
    const piece = await source.read(at, step);
    if (piece.length === 0) return;
    yield piece;
    at += piece.length;
  }
}

type Read = (at: number, length: number, into?: Buffer) => Promise<Buffer>;

function sourceOf(place: Place, readWhole: Read, close: () => Promise<void>): Source {
  return {
    place,
    size: place.size,
    read(at, length, into) {
      const wanted = Math.min(length, place.size - at);
      return wanted > 0 && at >= 0 ? readWhole(place.from + at, wanted, into) : Promise.resolve(Buffer.alloc(0));
    },
    slice(from, size) {
      const begin = Math.min(from, place.size);
      const part = { ...place, from: place.from + begin, size: Math.max(0, Math.min(size, place.size - begin)) };
      return sourceOf(part, readWhole, async () => undefined);
    },
    close,
  };
}

/** Reads so small come many behind each other, as of the entries of a zip: more is read at once for the next ones. */
const smallRead = 4096;
const aheadSize = 128 * 1024;

function fileReader(file: FileHandle): Read {
  let aheadAt = 0;
  let ahead: Buffer = Buffer.alloc(0);
  return async (at, length, into) => {
    if (length > smallRead)
      return await fill(
        file,
        at,
        into && into.length >= length ? into.subarray(0, length) : Buffer.allocUnsafe(length),
      );
    if (at < aheadAt || at + length > aheadAt + ahead.length) {
      const read = await fill(file, at, Buffer.allocUnsafe(aheadSize));
      [aheadAt, ahead] = [at, read];
      return read.subarray(0, length);
    }
    return ahead.subarray(at - aheadAt, at - aheadAt + length);
  };
}

async function fill(file: FileHandle, at: number, room: Buffer): Promise<Buffer> {
  let filled = 0;
  while (filled < room.length) {
    const { bytesRead } = await file.read(room, filled, room.length - filled, at + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return room.subarray(0, filled);
}

const unpackers = {
  none: undefined,
  deflate: promisify(zlib.inflateRaw),
  // By the whole module: an older Node has no such name to import.
  zstd: zlib.zstdDecompress && promisify(zlib.zstdDecompress),
};

/** Unpacked blocks that are kept, because the next page is near. */
const kept = 4;

function heldReader({ blockSize, blocks }: Held): Read {
  const unpacked = new Map<number, Promise<Buffer>>();
  function block(number: number): Promise<Buffer> {
    const known = unpacked.get(number);
    if (known) return known;
    const found = blocks[number];
    if (!found) return Promise.resolve(Buffer.alloc(0));
    const bytes = Buffer.from(found.bytes);
    const unpack = unpackers[found.packing];
    if (!unpack) return Promise.resolve(bytes);
    const made = unpack(bytes);
    unpacked.set(number, made);
    for (const oldest of unpacked.keys()) if (unpacked.size > kept) unpacked.delete(oldest);
    return made;
  }
  return async (at, length) => {
    const parts: Buffer[] = [];
    for (let from = at; from < at + length; ) {
      const number = Math.floor(from / blockSize);
      const bytes = await block(number);
      const begin = from - number * blockSize;
      const part = bytes.subarray(begin, Math.min(bytes.length, begin + at + length - from));
      if (part.length === 0) break;
      parts.push(part);
      from += part.length;
    }
    return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
  };
}

/** All of a source from a place on, in large pieces, the next of which is read while one is looked at. A piece is good until the next is
 * asked for. */
export async function* piecesOf(source: Source, from: number, to: number, size: number): AsyncGenerator<Buffer> {
  const most = Math.max(0, Math.min(size, to - from));
  const room = [Buffer.allocUnsafe(most), Buffer.allocUnsafe(most)];
  const readAt = (at: number, turn: number) => source.read(at, Math.min(size, to - at), room[turn % 2]);
  let next = from < to ? readAt(from, 0) : undefined;
  for (let at = from, turn = 1; next; turn++) {
    const piece = await next;
    if (piece.length === 0) return;
    at += piece.length;
    next = at < to ? readAt(at, turn) : undefined;
    yield piece;
  }
}
