const top = 1 << 24;
const modelBits = 11;
const moveBits = 5;

/** The chance of each bit, as it stands at first. */
export const evenChance = 1 << (modelBits - 1);

/** Bits out of bytes by their chances (the LZMA specification, "Range decoder"). */
export class RangeDecoder {
  bytes: Uint8Array = new Uint8Array(0);
  at = 0;
  #range = 0;
  #code = 0;

  /** Begins with the five bytes that stand first.
   * @returns false where they cannot be */
  begin(): boolean {
    const { bytes, at } = this;
    this.#range = 0xffffffff;
    this.#code = new DataView(bytes.buffer, bytes.byteOffset + at + 1, 4).getUint32(0);
    this.at = at + 5;
    return bytes[at] === 0 && this.#code !== 0xffffffff;
  }

  /** True when nothing is left, as it is at a true end. */
  get isDone(): boolean {
    return this.#code === 0;
  }

  bit(chances: Uint16Array, index: number): 0 | 1 {
    const chance = chances[index] as number;
    const bound = (this.#range >>> modelBits) * chance;
    let bit: 0 | 1;
    if (this.#code < bound) {
      this.#range = bound;
      chances[index] = chance + (((1 << modelBits) - chance) >>> moveBits);
      bit = 0;
    } else {
      this.#code -= bound;
      this.#range -= bound;
      chances[index] = chance - (chance >>> moveBits);
      bit = 1;
    }
    if (this.#range < top) this.#normalise();
    return bit;
  }

  /** So many bits of even chance. */
  direct(count: number): number {
    let value = 0;
    for (let left = count; left > 0; left--) {
      this.#range >>>= 1;
      const bit = this.#code >= this.#range ? 1 : 0;
      if (bit) this.#code -= this.#range;
      value = value * 2 + bit;
      if (this.#range < top) this.#normalise();
    }
    return value;
  }

  /** A number of so many bits, highest first; its chances stand from `base` on. */
  tree(chances: Uint16Array, base: number, bits: number): number {
    let node = 1;
    for (let left = bits; left > 0; left--) node = (node << 1) | this.bit(chances, base + node);
    return node - (1 << bits);
  }

  /** A number of so many bits, lowest first. */
  reverseTree(chances: Uint16Array, base: number, bits: number): number {
    let node = 1;
    let value = 0;
    for (let index = 0; index < bits; index++) {
      const bit = this.bit(chances, base + node);
      node = (node << 1) | bit;
      value |= bit << index;
    }
    return value;
  }

  #normalise(): void {
    this.#range = (this.#range << 8) >>> 0;
    this.#code = ((this.#code << 8) | (this.bytes[this.at++] as number)) >>> 0;
  }
}
