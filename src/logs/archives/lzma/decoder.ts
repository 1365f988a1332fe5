import { DamagedError } from "../damaged.ts";
import { evenChance, type RangeDecoder } from "./range-decoder.ts";
import type { Window } from "./window.ts";

/** How LZMA was told to pack: bits of context. */
export type Properties = { lc: number; lp: number; pb: number };

/** Reads them from their byte; undefined where it cannot be. */
export function readProperties(byte: number): Properties | undefined {
  if (byte >= 9 * 5 * 5) return undefined;
  return { lc: byte % 9, lp: Math.floor(byte / 9) % 5, pb: Math.floor(byte / 45) };
}

/** No symbol takes more bytes than this. */
export const longestSymbol = 24;

const states = 12;
const positionStates = 16;
const shortest = 2;

/** Chances of the length of a match: choice, second choice, low and middle by position, high. */
const lengthSize = 2 + positionStates * 16 + 256;

/** Where the chances of each thing stand in one array. */
const at = (() => {
  let next = 0;
  const place = (size: number) => {
    const from = next;
    next += size;
    return from;
  };
  return {
    match: place(states * positionStates),
    repeated: place(states),
    second: place(states),
    third: place(states),
    fourth: place(states),
    repeatedShort: place(states * positionStates),
    slot: place(4 * 64),
    special: place(128),
    align: place(16),
    length: place(lengthSize),
    repeatedLength: place(lengthSize),
    literal: next,
  };
})();

/** Unpacks LZMA: matches and literals out of a range decoder into a window (the LZMA specification). */
export class LzmaDecoder {
  readonly #window: Window;
  readonly #range: RangeDecoder;
  #chances = new Uint16Array(0);
  #properties: Properties = { lc: 0, lp: 0, pb: 0 };
  #state = 0;
  /** The last four distances, newest first. */
  #first = 0;
  #second = 0;
  #third = 0;
  #fourth = 0;
  /** Bytes of a match that had no room yet. */
  #pending = 0;

  constructor(window: Window, range: RangeDecoder) {
    this.#window = window;
    this.#range = range;
  }

  /** Forgets what was learnt; takes other properties where they are given. */
  reset(properties = this.#properties): void {
    this.#properties = properties;
    const size = at.literal + 0x300 * 2 ** (properties.lc + properties.lp);
    if (this.#chances.length !== size) this.#chances = new Uint16Array(size);
    this.#chances.fill(evenChance);
    this.#state = 0;
    this.#first = this.#second = this.#third = this.#fourth = 0;
    this.#pending = 0;
  }

  /** Unpacks until so many bytes have come, the window is full, or fewer bytes are left than `reserve`.
   * @returns true at the mark of the end
   * @throws DamagedError */
  run(most: number, reserve: number): boolean {
    const window = this.#window;
    const range = this.#range;
    const last = range.bytes.length - reserve;
    const end = window.total + Math.min(most, window.room);
    if (this.#pending > 0) this.#copy(end);
    while (window.total < end) {
      if (range.at > last) return false;
      if (this.#step()) return true;
      if (this.#pending > 0) this.#copy(end);
    }
    return false;
  }

  /** True while a match waits for room. */
  get isInMatch(): boolean {
    return this.#pending > 0;
  }

  #copy(end: number): void {
    const count = Math.min(this.#pending, end - this.#window.total);
    this.#window.copy(this.#first, count);
    this.#pending -= count;
  }

  /** One literal or match; true at the mark of the end. */
  #step(): boolean {
    const range = this.#range;
    const chances = this.#chances;
    const position = this.#window.total & ((1 << this.#properties.pb) - 1);
    const index = this.#state * positionStates + position;
    if (range.bit(chances, at.match + index) === 0) {
      this.#literal();
      return false;
    }
    if (range.bit(chances, at.repeated + this.#state) === 0) return this.#match(position);
    if (!this.#window.reaches(0)) throw new DamagedError("damaged");
    if (range.bit(chances, at.second + this.#state) === 0) {
      if (range.bit(chances, at.repeatedShort + index) === 0) {
        this.#state = this.#state < 7 ? 9 : 11;
        this.#begin(1);
        return false;
      }
    } else this.#chooseOlder();
    this.#begin(this.#length(at.repeatedLength, position));
    this.#state = this.#state < 7 ? 8 : 11;
    return false;
  }

  /** Moves one of the older distances to the front. */
  #chooseOlder(): void {
    const chances = this.#chances;
    let chosen = this.#second;
    if (this.#range.bit(chances, at.third + this.#state) === 1) {
      chosen = this.#third;
      if (this.#range.bit(chances, at.fourth + this.#state) === 1) {
        chosen = this.#fourth;
        this.#fourth = this.#third;
      }
      this.#third = this.#second;
    }
    this.#second = this.#first;
    this.#first = chosen;
  }

  #match(position: number): boolean {
    const length = this.#length(at.length, position);
    this.#state = this.#state < 7 ? 7 : 10;
    const distance = this.#distance(length);
    if (distance === 0xffffffff) return true;
    this.#fourth = this.#third;
    this.#third = this.#second;
    this.#second = this.#first;
    this.#first = distance;
    this.#begin(length);
    return false;
  }

  #begin(length: number): void {
    if (!this.#window.reaches(this.#first)) throw new DamagedError("damaged");
    this.#pending = length;
  }

  #literal(): void {
    const window = this.#window;
    const range = this.#range;
    const chances = this.#chances;
    const { lc, lp } = this.#properties;
    const before = window.reaches(0) ? window.back(0) : 0;
    const context = ((window.total & ((1 << lp) - 1)) << lc) + (before >>> (8 - lc));
    const base = at.literal + 0x300 * context;
    let symbol = 1;
    if (this.#state >= 7) {
      let matched = window.back(this.#first);
      do {
        const expected = (matched >>> 7) & 1;
        matched <<= 1;
        const bit = range.bit(chances, base + ((1 + expected) << 8) + symbol);
        symbol = (symbol << 1) | bit;
        if (expected !== bit) break;
      } while (symbol < 0x100);
    }
    while (symbol < 0x100) symbol = (symbol << 1) | range.bit(chances, base + symbol);
    window.put(symbol & 0xff);
    this.#state = this.#state < 4 ? 0 : this.#state < 10 ? this.#state - 3 : this.#state - 6;
  }

  #length(base: number, position: number): number {
    const range = this.#range;
    const chances = this.#chances;
    const low = base + 2;
    if (range.bit(chances, base) === 0) return shortest + range.tree(chances, low + position * 8, 3);
    if (range.bit(chances, base + 1) === 0) {
      return shortest + 8 + range.tree(chances, low + (positionStates + position) * 8, 3);
    }
    return shortest + 16 + range.tree(chances, low + 2 * positionStates * 8, 8);
  }

  #distance(length: number): number {
    const range = this.#range;
    const slot = range.tree(this.#chances, at.slot + Math.min(length - shortest, 3) * 64, 6);
    if (slot < 4) return slot;
    const bits = (slot >> 1) - 1;
    const base = (2 | (slot & 1)) * 2 ** bits;
    if (slot < 14) return base + range.reverseTree(this.#chances, at.special + base - slot, bits);
    return base + range.direct(bits - 4) * 16 + range.reverseTree(this.#chances, at.align, 4);
  }
}
