import { DamagedError } from "../damaged.ts";
import type { BitReader } from "./bits.ts";

const longest = 20;

/** A code by the length of each symbol's: shorter ones first, and in the order of the symbols. */
export class HuffmanCode {
  /** For each length: the first code that is too large for it (in 20 bits), and what leads from a code to its place among the symbols. */
  readonly #limits = new Int32Array(longest + 2);
  readonly #offsets = new Int32Array(longest + 2);
  readonly #symbols: Uint16Array;
  readonly #shortest: number;

  constructor(lengths: Uint8Array) {
    const counts = new Uint16Array(longest + 2);
    for (const length of lengths) counts[length] = (counts[length] ?? 0) + 1;
    this.#symbols = new Uint16Array(lengths.length);
    this.#shortest = Math.min(...lengths);
    let code = 0;
    let place = 0;
    for (let length = 1; length <= longest; length++) {
      const count = counts[length] as number;
      this.#offsets[length] = place - code;
      code += count;
      this.#limits[length] = code << (longest - length);
      if (count > 0)
        lengths.forEach((one, symbol) => {
          if (one === length) this.#symbols[place++] = symbol;
        });
      code <<= 1;
    }
  }

  /** The next symbol.
   * @throws DamagedError */
  read(bits: BitReader): number {
    const ahead = bits.peek(longest);
    let length = this.#shortest;
    while (length <= longest && ahead >= (this.#limits[length] as number)) length++;
    if (length > longest) throw new DamagedError("damaged");
    bits.skip(length);
    return this.#symbols[(ahead >>> (longest - length)) + (this.#offsets[length] as number)] as number;
  }
}

/** Reads the lengths of a code for so many symbols. */
export function readCode(bits: BitReader, symbols: number): HuffmanCode {
  const lengths = new Uint8Array(symbols);
  let length = bits.take(5);
  for (let symbol = 0; symbol < symbols; symbol++) {
    for (;;) {
      if (length < 1 || length > longest) throw new DamagedError("damaged");
      if (bits.bit() === 0) break;
      length += bits.bit() === 0 ? 1 : -1;
    }
    lengths[symbol] = length;
  }
  return new HuffmanCode(lengths);
}
