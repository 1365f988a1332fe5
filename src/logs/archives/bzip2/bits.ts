import { DamagedError } from "../damaged.ts";

/** Bits out of bytes, highest first. */
export class BitReader {
  readonly #bytes: Uint8Array;
  #next = 0;
  #held = 0;
  #count = 0;

  constructor(bytes: Uint8Array, fromBit: number) {
    this.#bytes = bytes;
    this.#next = fromBit >> 3;
    if (fromBit & 7) this.take(fromBit & 7);
  }

  /** How many bits were taken from the beginning of the bytes. */
  get at(): number {
    return this.#next * 8 - this.#count;
  }

  /** So many bits, 24 at most, without going over them; zeros stand behind the end. */
  peek(count: number): number {
    while (this.#count < count) {
      this.#held = ((this.#held << 8) | (this.#bytes[this.#next++] ?? 0)) & 0x7fffffff;
      this.#count += 8;
    }
    return (this.#held >>> (this.#count - count)) & ((1 << count) - 1);
  }

  skip(count: number): void {
    this.#count -= count;
  }

  /** So many bits, 24 at most.
   * @throws DamagedError behind the end */
  take(count: number): number {
    const value = this.peek(count);
    this.#count -= count;
    if (this.at > this.#bytes.length * 8) throw new DamagedError("cut");
    return value;
  }

  bit(): number {
    return this.take(1);
  }
}
