import { DamagedError } from "../damaged.ts";
import type { BitReader } from "./bits.ts";
import { type HuffmanCode, readCode } from "./huffman.ts";

/** Symbols under one code before the next is chosen. */
const groupSize = 50;

/** A block as it stands packed: its bytes sorted, and the way through them. */
export type Block = { count: number; origin: number };

/** Reads a block behind its mark and sum. What it says goes into `table`: the byte in the low eight bits, the way on above them.
 * @throws DamagedError */
export function readBlock(bits: BitReader, table: Uint32Array): Block {
  // Long out of use: blocks that were made random.
  if (bits.bit() === 1) throw new DamagedError("damaged");
  const origin = bits.take(24);
  const used = readUsed(bits);
  const symbols = used.length + 2;
  const codeCount = bits.take(3);
  const selectorCount = bits.take(15);
  if (used.length === 0 || codeCount < 2 || codeCount > 6 || selectorCount === 0) throw new DamagedError("damaged");
  const selectors = readSelectors(bits, codeCount, selectorCount);
  const codes = Array.from({ length: codeCount }, () => readCode(bits, symbols));
  const counts = new Uint32Array(256);
  const count = readSymbols(bits, { used, selectors, codes }, table, counts);
  if (origin >= count) throw new DamagedError("damaged");
  findTheWay(table, counts, count);
  return { count, origin };
}

/** The bytes that occur. */
function readUsed(bits: BitReader): Uint8Array {
  const rows = bits.take(16);
  const used: number[] = [];
  for (let row = 0; row < 16; row++) {
    if (((rows >> (15 - row)) & 1) === 0) continue;
    const columns = bits.take(16);
    for (let column = 0; column < 16; column++) {
      if ((columns >> (15 - column)) & 1) used.push(row * 16 + column);
    }
  }
  return Uint8Array.from(used);
}

/** Which code holds for each group. */
function readSelectors(bits: BitReader, codes: number, count: number): Uint8Array {
  const order = Array.from({ length: codes }, (_, index) => index);
  return Uint8Array.from({ length: count }, () => {
    let at = 0;
    while (bits.bit() === 1) if (++at >= codes) throw new DamagedError("damaged");
    const [chosen = 0] = order.splice(at, 1);
    order.unshift(chosen);
    return chosen;
  });
}

type Coding = { used: Uint8Array; selectors: Uint8Array; codes: HuffmanCode[] };

/** Undoes the codes, the runs and the move to the front. */
function readSymbols(bits: BitReader, { used, selectors, codes }: Coding, table: Uint32Array, counts: Uint32Array) {
  const last = used.length + 1;
  const order = used;
  let count = 0;
  let run = 0;
  let weight = 1;
  let code: HuffmanCode | undefined;
  for (let group = 0, left = 0; ; left--) {
    if (left === 0) {
      code = codes[selectors[group++] ?? codes.length];
      left = groupSize;
    }
    if (!code) throw new DamagedError("damaged");
    const symbol = code.read(bits);
    if (symbol <= 1) {
      run += weight << symbol;
      weight <<= 1;
      if (run > table.length) throw new DamagedError("damaged");
      continue;
    }
    if (run > 0) {
      const byte = order[0] as number;
      if (count + run > table.length) throw new DamagedError("damaged");
      counts[byte] = (counts[byte] as number) + run;
      table.fill(byte, count, count + run);
      count += run;
      run = 0;
      weight = 1;
    }
    if (symbol === last) return count;
    if (count >= table.length) throw new DamagedError("damaged");
    const place = symbol - 1;
    const byte = order[place] as number;
    order.copyWithin(1, 0, place);
    order[0] = byte;
    counts[byte] = (counts[byte] as number) + 1;
    table[count++] = byte;
  }
}

/** Undoes the sorting: behind each byte stands where the one after it is. */
function findTheWay(table: Uint32Array, counts: Uint32Array, count: number): void {
  let sum = 0;
  for (let byte = 0; byte < 256; byte++) {
    const own = counts[byte] as number;
    counts[byte] = sum;
    sum += own;
  }
  for (let at = 0; at < count; at++) {
    const byte = (table[at] as number) & 0xff;
    const place = counts[byte] as number;
    counts[byte] = place + 1;
    table[place] = ((table[place] as number) & 0xff) | (at << 8);
  }
}
