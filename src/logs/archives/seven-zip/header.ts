import { DamagedError } from "../damaged.ts";
import type { HeaderReader } from "./numbers.ts";

/** Names of the properties in a header (7zFormat.txt). */
const id = {
  end: 0,
  archiveProperties: 2,
  additionalStreams: 3,
  mainStreams: 4,
  files: 5,
  pack: 6,
  unpack: 7,
  substreams: 8,
  size: 9,
  crc: 10,
  folder: 11,
  unpackSize: 12,
  streamCount: 13,
  emptyStream: 14,
  names: 17,
  changed: 20,
};

export type Coder = { method: string; properties: Buffer; size: number };
/** What is packed as one: its coders in the order in which they unpack, and the files that come of it. */
export type Folder = { at: number; packed: number; coders: Coder[]; streams: { size: number; crc?: number }[] };
type FileEntry = { name: string; changedAt?: number; hasBytes: boolean };

/** The streams that a header tells of; the reader stands behind their mark. */
export function readStreams(from: HeaderReader): Folder[] {
  let packAt = 0;
  let packSizes: number[] = [];
  let folders: (ReadFolder & { crc?: number })[] = [];
  let streams: Folder["streams"][] | undefined;
  for (let what = from.byte(); what !== id.end; what = from.byte()) {
    if (what === id.pack) [packAt, packSizes] = readPack(from);
    else if (what === id.unpack) folders = readFolders(from);
    else if (what === id.substreams) streams = readSubstreams(from, folders);
    else throw new DamagedError("damaged");
  }
  let next = 32 + packAt;
  let taken = 0;
  return folders.map((folder, index) => {
    const sizes = packSizes.slice(taken, taken + folder.packs);
    if (sizes.length < folder.packs) throw new DamagedError("damaged");
    taken += folder.packs;
    const at = next;
    const packed = sizes.reduce((sum, size) => sum + size, 0);
    next += packed;
    return {
      at,
      packed,
      coders: folder.coders,
      streams: streams?.[index] ?? [{ size: sizeOf(folder), crc: folder.crc }],
    };
  });
}

/** The whole header behind its mark: what is packed, and the files. */
export function readHeader(from: HeaderReader): { folders: Folder[]; files: FileEntry[] } {
  let folders: Folder[] = [];
  let files: FileEntry[] = [];
  for (let what = from.byte(); what !== id.end; what = from.byte()) {
    if (what === id.archiveProperties) skipProperties(from);
    else if (what === id.additionalStreams) readStreams(from);
    else if (what === id.mainStreams) folders = readStreams(from);
    else if (what === id.files) files = readFiles(from);
    else throw new DamagedError("damaged");
  }
  return { folders, files };
}

function skipProperties(from: HeaderReader): void {
  while (from.byte() !== id.end) from.bytes(from.number());
}

function readPack(from: HeaderReader): [number, number[]] {
  const at = from.number();
  const count = from.count();
  let sizes: number[] = [];
  for (let what = from.byte(); what !== id.end; what = from.byte()) {
    if (what === id.size) sizes = Array.from({ length: count }, () => from.number());
    else if (what === id.crc) from.digests(count);
    else throw new DamagedError("damaged");
  }
  return [at, sizes];
}

/** `packs`: so many of the streams that are packed go into it. */
type ReadFolder = { coders: Coder[]; packs: number };

function readFolders(from: HeaderReader): (ReadFolder & { crc?: number })[] {
  from.expect(id.folder);
  const count = from.count();
  from.expect(0);
  const folders = Array.from({ length: count }, () => readFolder(from));
  from.expect(id.unpackSize);
  for (const { inHeader } of folders) for (const coder of inHeader) coder.size = from.number();
  let digests: (number | undefined)[] = [];
  for (let what = from.byte(); what !== id.end; what = from.byte()) {
    if (what !== id.crc) throw new DamagedError("damaged");
    digests = from.digests(count);
  }
  return folders.map(({ coders, packs }, index) => ({ coders, packs, crc: digests[index] }));
}

/** A folder: coders of one stream in and one out each, in a row. Others (BCJ2) are told by their method and not followed. */
function readFolder(from: HeaderReader): ReadFolder & { inHeader: Coder[] } {
  const inHeader: Coder[] = [];
  let ins = 0;
  let outs = 0;
  for (let left = limited(from.number(), 32); left > 0; left--) {
    const flags = from.byte();
    const method = from.bytes(flags & 15).toString("hex");
    const isSimple = (flags & 0x10) === 0;
    ins += isSimple ? 1 : limited(from.number(), 32);
    const ownOuts = isSimple ? 1 : limited(from.number(), 32);
    outs += ownOuts;
    const properties = (flags & 0x20) === 0 ? Buffer.alloc(0) : from.bytes(from.number());
    for (let one = 0; one < ownOuts; one++) inHeader.push({ method, properties, size: 0 });
  }
  const pairs = Array.from({ length: Math.max(0, outs - 1) }, () => ({ into: from.number(), out: from.number() }));
  const packs = Math.max(1, ins - pairs.length);
  if (packs > 1) for (let left = packs; left > 0; left--) from.number();
  return { inHeader, packs, coders: ins === outs ? inOrder(inHeader, pairs) : inHeader };
}

/** From the one that takes what is packed to the one that gives what was meant. */
function inOrder(coders: Coder[], pairs: { into: number; out: number }[]): Coder[] {
  const ordered: Coder[] = [];
  let at = coders.findIndex((_, index) => !pairs.some(({ into }) => into === index));
  for (let left = coders.length; left > 0; left--) {
    const coder = coders[at];
    if (!coder) throw new DamagedError("damaged");
    ordered.push(coder);
    at = pairs.find(({ out }) => out === at)?.into ?? -1;
  }
  return ordered;
}

function limited(value: number, most: number): number {
  if (value > most) throw new DamagedError("damaged");
  return value;
}

function sizeOf({ coders }: ReadFolder): number {
  return coders.at(-1)?.size ?? 0;
}

function readSubstreams(from: HeaderReader, folders: (ReadFolder & { crc?: number })[]): Folder["streams"][] {
  let counts = folders.map(() => 1);
  let what = from.byte();
  if (what === id.streamCount) {
    counts = folders.map(() => from.count());
    what = from.byte();
  }
  const isTold = what === id.size;
  const found = folders.map((folder, index): Folder["streams"] => {
    const count = counts[index] ?? 0;
    if (count === 0) return [];
    if (count > 1 && !isTold) throw new DamagedError("damaged");
    const sizes = Array.from({ length: count - 1 }, () => from.number());
    const last = sizeOf(folder) - sizes.reduce((sum, size) => sum + size, 0);
    if (last < 0) throw new DamagedError("damaged");
    return [...sizes, last].map((size) => ({ size, ...(count === 1 && { crc: folder.crc }) }));
  });
  if (isTold) what = from.byte();
  const unknown = found.flat().filter(({ crc }) => crc === undefined);
  for (; what !== id.end; what = from.byte()) {
    if (what !== id.crc) throw new DamagedError("damaged");
    for (const [index, crc] of from.digests(unknown.length).entries()) {
      const stream = unknown[index];
      if (stream) stream.crc = crc;
    }
  }
  return found;
}

function readFiles(from: HeaderReader): FileEntry[] {
  const count = from.count();
  const files = Array.from({ length: count }, (): FileEntry => ({ name: "", hasBytes: true }));
  for (let what = from.byte(); what !== id.end; what = from.byte()) {
    const property = from.part(from.number());
    if (what === id.emptyStream) {
      for (const [index, isEmpty] of property.bits(count).entries()) setOf(files, index).hasBytes = !isEmpty;
    } else if (what === id.names) {
      property.expect(0);
      const names = property.rest().toString("utf16le").split("\0");
      for (const [index, file] of files.entries()) file.name = names[index] ?? "";
    } else if (what === id.changed) readTimes(property, files);
  }
  return files;
}

function readTimes(from: HeaderReader, files: FileEntry[]): void {
  const isTold = from.bitsOrAll(files.length);
  from.expect(0);
  for (const [index, file] of files.entries()) {
    if (isTold[index]) file.changedAt = Number(from.bytes(8).readBigUInt64LE(0) / 10_000n) - 11_644_473_600_000;
  }
}

function setOf(files: FileEntry[], index: number): FileEntry {
  const file = files[index];
  if (!file) throw new DamagedError("damaged");
  return file;
}
