import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import { failure } from "../../../station/failure.ts";
import { words } from "../../../station/phrases.ts";
import { ByteReader } from "../../bytes/reader.ts";
import type { Bytes } from "../../bytes/source.ts";
import { DamagedError } from "../damaged.ts";
import type { Limits } from "../limits.ts";
import { crc64 } from "./crc64.ts";
import { unpackLzma2 } from "./lzma2.ts";

const magic = Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]);
const lzma2 = 0x21;

/** Unpacks a `.xz` file, of one stream or of several behind each other.
 * @throws DamagedError
 * @throws FailureError for what is not read */
export async function* unpackXz(input: Bytes, limits: Limits): Bytes {
  const from = new ByteReader(input);
  for (let isFirst = true; ; isFirst = false) {
    const head = await nextStream(from, isFirst);
    if (!head) return;
    const check = checks[(head[7] as number) & 0x0f];
    if (!check) throw new DamagedError("damaged");
    yield* unpackBlocks(from, check, limits);
    await skipFooter(from);
  }
}

/** The head of the next stream; padding in fours may stand before it. */
async function nextStream(from: ByteReader, isFirst: boolean): Promise<Buffer | undefined> {
  while (!isFirst && (await from.peek(4)).equals(Buffer.alloc(4))) await from.skip(4);
  const head = await from.take(12);
  if (head.length === 0 && !isFirst) return undefined;
  if (head.length < 12) throw new DamagedError("cut");
  if (!head.subarray(0, 6).equals(magic) || crc32(head.subarray(6, 8)) !== head.readUInt32LE(8)) {
    throw new DamagedError("damaged");
  }
  return head;
}

type Check = { size: number; make(): { add(bytes: Buffer): void; end(): Buffer | undefined } };

const unknown = { add: () => undefined, end: () => undefined };
/** By their number in the head of a stream; those of other numbers are known by their size alone. */
const checks: Record<number, Check> = {
  0: { size: 0, make: () => unknown },
  1: {
    size: 4,
    make() {
      let value = 0;
      return {
        add(bytes) {
          value = crc32(bytes, value);
        },
        end() {
          const made = Buffer.alloc(4);
          made.writeUInt32LE(value);
          return made;
        },
      };
    },
  },
  4: { size: 8, make: crc64 },
  10: {
    size: 32,
    make() {
      const hash = createHash("sha256");
      return { add: (bytes) => void hash.update(bytes), end: () => hash.digest() };
    },
  },
};

async function* unpackBlocks(from: ByteReader, { size, make }: Check, limits: Limits): Bytes {
  for (;;) {
    const [units] = await from.peek(1);
    if (units === undefined) throw new DamagedError("cut");
    if (units === 0) return;
    const head = await from.take((units + 1) * 4);
    if (head.length < (units + 1) * 4) throw new DamagedError("cut");
    const begin = from.at;
    const check = make();
    for await (const piece of unpackLzma2(from, dictionaryOf(head, limits))) {
      check.add(piece);
      yield piece;
    }
    await from.skip((4 - ((from.at - begin) % 4)) % 4);
    const said = await from.take(size);
    if (said.length < size) throw new DamagedError("cut");
    if (check.end()?.equals(said) === false) throw new DamagedError("damaged");
  }
}

/** The head of a block: its one filter must be LZMA2. */
function dictionaryOf(head: Buffer, limits: Limits): number {
  const end = head.length - 4;
  if (crc32(head.subarray(0, end)) !== head.readUInt32LE(end)) throw new DamagedError("damaged");
  const flags = head[1] as number;
  let at = 2;
  // Sizes that may stand there tell nothing that the chunks do not.
  for (const bit of [0x40, 0x80]) if (flags & bit) at = endOfNumber(head, at);
  if ((flags & 3) !== 0 || head[at] !== lzma2) {
    throw failure("invalid-input", words("log-packing-unknown", { packing: "xz, BCJ/Delta" }));
  }
  return lzma2Dictionary(head[at + 2] as number, limits);
}

/** The size of a dictionary from its byte.
 * @throws FailureError for one that is too large */
export function lzma2Dictionary(byte: number, { memory }: Limits): number {
  const size = (2 | (byte & 1)) * 2 ** ((byte >> 1) + 11);
  if (size > memory) throw failure("invalid-input", words("log-dictionary-too-large", { size, limit: memory }));
  return size;
}

function endOfNumber(bytes: Buffer, from: number): number {
  let at = from;
  while ((bytes[at] ?? 0) & 0x80) at++;
  return at + 1;
}

/** Goes over the index (a mark, the number of its records, two numbers each, padding, a sum) and the foot of the stream. */
async function skipFooter(from: ByteReader): Promise<void> {
  const begin = from.at;
  await from.skip(1);
  for (let left = 2 * (await readNumber(from)); left > 0; left--) await readNumber(from);
  const padding = (4 - ((from.at - begin) % 4)) % 4;
  const rest = await from.take(padding + 4 + 12);
  if (rest.length < padding + 16) throw new DamagedError("cut");
  if (rest.subarray(-2).toString("latin1") !== "YZ") throw new DamagedError("damaged");
}

async function readNumber(from: ByteReader): Promise<number> {
  let value = 0;
  for (let shift = 0; shift < 9; shift++) {
    const [byte] = await from.take(1);
    if (byte === undefined) throw new DamagedError("cut");
    value += (byte & 0x7f) * 2 ** (7 * shift);
    if ((byte & 0x80) === 0) return value;
  }
  throw new DamagedError("damaged");
}
