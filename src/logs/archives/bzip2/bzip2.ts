import { ByteReader } from "../../bytes/reader.ts";
import type { Bytes } from "../../bytes/source.ts";
import { DamagedError } from "../damaged.ts";
import { BitReader } from "./bits.ts";
import { type Block, readBlock } from "./block.ts";

const blockMark = 0x314159265359;
const endMark = 0x177245385090;
/** No block of 100 kB takes more: 20 bits a symbol, and its codes. */
const longestPacked = 260_000;
const pieceSize = 1 << 18;

/** Unpacks a `.bz2` file, of one stream or of several behind each other (as of pbzip2).
 * @throws DamagedError */
export async function* unpackBzip2(input: Bytes): Bytes {
  const from = new ByteReader(input);
  for (let isFirst = true; ; isFirst = false) {
    const head = await from.take(4);
    if (head.length === 0 && !isFirst) return;
    if (head.length < 4) throw new DamagedError("cut");
    const level = (head[3] as number) - 48;
    if (head.subarray(0, 3).toString("latin1") !== "BZh" || level < 1 || level > 9) throw new DamagedError("damaged");
    yield* unpackStream(from, level);
  }
}

async function* unpackStream(from: ByteReader, level: number): Bytes {
  const table = new Uint32Array(level * 100_000);
  const sum = new BlockSum();
  /** The sums of all blocks in one, which stands at the end of the stream. */
  let whole = 0;
  let bit = 0;
  for (;;) {
    const packed = await from.peek(level * longestPacked);
    const bits = new BitReader(packed, bit);
    const mark = bits.take(24) * 0x1000000 + bits.take(24);
    const said = ((bits.take(16) << 16) | bits.take(16)) >>> 0;
    if (mark === endMark) {
      if (said !== whole) throw new DamagedError("damaged");
      await from.skip(Math.ceil(bits.at / 8));
      return;
    }
    if (mark !== blockMark) throw new DamagedError("damaged");
    const block = readWhole(bits, table, packed);
    sum.begin();
    for (const piece of undoRuns(table, block)) {
      sum.add(piece);
      yield piece;
    }
    if (sum.value !== said) throw new DamagedError("damaged");
    whole = (((whole << 1) | (whole >>> 31)) ^ said) >>> 0;
    await from.skip(bits.at >> 3);
    bit = bits.at & 7;
  }
}

/** A block all of whose bytes are there.
 * @throws DamagedError */
function readWhole(bits: BitReader, table: Uint32Array, packed: Buffer): Block {
  const isOver = () => bits.at > packed.length * 8;
  try {
    const block = readBlock(bits, table);
    if (!isOver()) return block;
  } catch (error) {
    if (!isOver()) throw error;
  }
  throw new DamagedError("cut");
}

/** The bytes of a block in their order, and their runs undone: after four alike stands how many more there are. */
function* undoRuns(table: Uint32Array, { count, origin }: Block) {
  let out = Buffer.allocUnsafe(pieceSize);
  let filled = 0;
  let entry = table[origin] as number;
  let before = -1;
  let alike = 0;
  for (let left = count; left > 0; left--) {
    entry = table[entry >>> 8] as number;
    const byte = entry & 0xff;
    if (alike === 4) {
      out.fill(before, filled, filled + byte);
      filled += byte;
      alike = 0;
      before = -1;
    } else {
      out[filled++] = byte;
      alike = byte === before ? alike + 1 : 1;
      before = byte;
    }
    if (filled < pieceSize - 256) continue;
    yield out.subarray(0, filled);
    out = Buffer.allocUnsafe(pieceSize);
    filled = 0;
  }
  if (filled > 0) yield out.subarray(0, filled);
}

const sums = Int32Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 24;
  for (let bit = 0; bit < 8; bit++) value = value < 0 ? (value << 1) ^ 0x04c11db7 : value << 1;
  return value;
});

/** The sum of a block as bzip2 makes it: CRC-32, highest bit first. */
class BlockSum {
  #value = -1;

  begin(): void {
    this.#value = -1;
  }

  add(bytes: Buffer): void {
    let value = this.#value;
    for (let at = 0; at < bytes.length; at++) {
      value = (value << 8) ^ (sums[(value >>> 24) ^ (bytes[at] as number)] as number);
    }
    this.#value = value;
  }

  get value(): number {
    return ~this.#value >>> 0;
  }
}
