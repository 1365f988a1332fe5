import { crc32 } from "node:zlib";
import { words } from "../../../station/phrases.ts";
import { type Bytes, type Source, streamOf } from "../../bytes/source.ts";
import { unpackBzip2 } from "../bzip2/bzip2.ts";
import { DamagedError } from "../damaged.ts";
import type { Entries, Entry } from "../entry.ts";
import type { Budget, Limits } from "../limits.ts";
import { readLzmaHead, unpackLzma } from "../lzma/lzma.ts";
import { unpackXz } from "../lzma/xz.ts";
import { inflate, zstd } from "../zlib-stream.ts";
import { large, readDirectory, readFields, type ZipRecord } from "./directory.ts";

const headerMark = 0x04034b50;
const headerSize = 30;
const descriptorMark = 0x08074b50;
const descriptorSize = 16;
const stored = 0;

type Unpack = (input: Bytes, record: ZipRecord, limits: Limits) => Bytes;

const methods: Record<number, Unpack> = {
  8: inflate,
  12: (input) => unpackBzip2(input),
  14: unpackZipLzma,
  93: zstd,
  95: (input, _record, limits) => unpackXz(input, limits),
};

/** The files of a zip, by its directory; where that is missing, by their own headers as far as they go.
 * @throws DamagedError at the end of a zip that is cut off */
export async function* readZip(source: Source, budget: Budget): Entries {
  const records = await readDirectory(source, budget.limits);
  for await (const record of records ?? walkHeaders(source)) {
    if (!record.name.endsWith("/")) yield entryOf(source, record, budget);
  }
  if (!records) throw new DamagedError("cut");
}

function entryOf(source: Source, record: ZipRecord, budget: Budget): Entry {
  const { name, size, changedAt, method, encrypted, at, packed } = record;
  const told = { name, size: size === unknown ? undefined : size, changedAt };
  const unpack = methods[method];
  if (encrypted) return { ...told, problem: words("log-encrypted"), open: none };
  if (method !== stored && !unpack) {
    return { ...told, problem: words("log-packing-unknown", { packing: `zip, ${method}` }), open: none };
  }
  const bytes = async () => source.slice(await behindHeader(source, at), packed);
  return {
    ...told,
    ...(!unpack && { atRest: bytes, check: async () => check(await bytes(), record, budget.signal) }),
    async *open() {
      const input = streamOf(await bytes());
      yield* checked(unpack ? budget.watch(input, (one) => unpack(one, record, budget.limits)) : input, record);
    },
  };
}

async function* none(): Bytes {}

/** Where the bytes of an entry begin: its own header may be longer than the directory knows. */
async function behindHeader(source: Source, at: number): Promise<number> {
  const header = await source.read(at, headerSize);
  if (header.length < headerSize || header.readUInt32LE(0) !== headerMark) throw new DamagedError("damaged");
  return at + headerSize + header.readUInt16LE(26) + header.readUInt16LE(28);
}

async function* checked(bytes: Bytes, { crc, size }: ZipRecord): Bytes {
  let sum = 0;
  let count = 0;
  for await (const piece of bytes) {
    sum = crc32(piece, sum);
    count += piece.length;
    yield piece;
  }
  if (size === unknown) return;
  if (count < size) throw new DamagedError("cut");
  if (sum !== crc) throw new DamagedError("damaged");
}

async function check(source: Source, record: ZipRecord, signal?: AbortSignal): Promise<void> {
  for await (const _piece of checked(streamOf(source), record)) signal?.throwIfAborted();
}

/** LZMA within a zip has a head of its own (APPNOTE 5.8.8). */
async function* unpackZipLzma(input: Bytes, { size }: ZipRecord): Bytes {
  const pieces = input[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  while (head.length < 9) {
    const { value, done } = await pieces.next();
    if (done) throw new DamagedError("cut");
    head = Buffer.concat([head, value]);
  }
  const whole = Buffer.alloc(13, 0xff);
  head.copy(whole, 0, 4, 9);
  const read = readLzmaHead(whole);
  if (!read) throw new DamagedError("damaged");
  async function* rest() {
    yield head.subarray(9);
    yield* { [Symbol.asyncIterator]: () => pieces };
  }
  yield* unpackLzma(rest(), { ...read, size });
}

/** The size of an entry that tells it behind its bytes alone. */
const unknown = -1;

/** The entries one behind the other, without a directory. */
async function* walkHeaders(source: Source): AsyncGenerator<ZipRecord> {
  for (let at = 0; ; ) {
    const header = await source.read(at, headerSize + 0xffff * 2);
    if (header.length < headerSize || header.readUInt32LE(0) !== headerMark) return;
    const names = headerSize + header.readUInt16LE(26);
    const begin = names + header.readUInt16LE(28);
    const isTold = (header.readUInt16LE(6) & 8) === 0;
    const fields = { packed: header.readUInt32LE(18), size: header.readUInt32LE(22), at };
    const next = isTold ? undefined : await findHeader(source, at + begin);
    const sizes =
      next === undefined
        ? large(fields, header.subarray(names, begin))
        : { at, packed: await packedBetween(source, at + begin, next), size: unknown };
    yield { ...readFields(header, 6, header.subarray(headerSize, names)), ...sizes };
    at = next ?? at + begin + sizes.packed;
  }
}

/** Bytes of an entry that ends before the next header: what tells its size behind them (APPNOTE 4.3.9) is none of them. */
async function packedBetween(source: Source, begin: number, next: number): Promise<number> {
  const packed = next - begin - descriptorSize;
  const tail = packed < 0 ? Buffer.alloc(0) : await source.read(begin + packed, descriptorSize);
  const isTold = tail.length === descriptorSize && tail.readUInt32LE(0) === descriptorMark;
  return isTold && tail.readUInt32LE(8) === packed ? packed : next - begin;
}

/** Where the next entry's header is likely to stand; the end of the bytes, where there is none. */
async function findHeader(source: Source, from: number): Promise<number> {
  const mark = Buffer.from("PK\x03\x04", "latin1");
  const step = 1 << 18;
  for (let at = from; at < source.size; at += step) {
    const bytes = await source.read(at, step + headerSize);
    for (let found = bytes.indexOf(mark); found !== -1; found = bytes.indexOf(mark, found + 1)) {
      if (found + 10 > bytes.length) break;
      const method = bytes.readUInt16LE(found + 8);
      if (bytes.readUInt16LE(found + 4) < 100 && (method === stored || methods[method])) return at + found;
    }
  }
  return source.size;
}
