import { failure } from "../../../station/failure.ts";
import { words } from "../../../station/phrases.ts";
import { DamagedError } from "../damaged.ts";

/** Takes the header of a 7z apart from front to back.
 * Its functions throw DamagedError behind the end. */
export class HeaderReader {
  readonly #bytes: Buffer;
  readonly #most: number;
  #at = 0;

  /** @param most of what there may be any number of */
  constructor(bytes: Buffer, most: number) {
    this.#bytes = bytes;
    this.#most = most;
  }

  byte(): number {
    return this.bytes(1)[0] as number;
  }

  bytes(count: number): Buffer {
    if (count > this.#bytes.length - this.#at) throw new DamagedError("damaged");
    this.#at += count;
    return this.#bytes.subarray(this.#at - count, this.#at);
  }

  /** What is left. */
  rest(): Buffer {
    return this.bytes(this.#bytes.length - this.#at);
  }

  /** The next bytes as a header of their own. */
  part(count: number): HeaderReader {
    return new HeaderReader(this.bytes(count), this.#most);
  }

  uint32(): number {
    return this.bytes(4).readUInt32LE(0);
  }

  /** A number of one to nine bytes: the first tells by its highest bits how many follow. */
  number(): number {
    const first = this.byte();
    let value = 0;
    let mask = 0x80;
    for (let index = 0; index < 8; index++, mask >>= 1) {
      if ((first & mask) === 0) {
        value += (first & (mask - 1)) * 2 ** (8 * index);
        break;
      }
      value += this.byte() * 2 ** (8 * index);
    }
    if (!Number.isSafeInteger(value)) throw new DamagedError("damaged");
    return value;
  }

  /** A number of things that the header tells of.
   * @throws FailureError for more than are read */
  count(): number {
    const value = this.number();
    if (value > this.#most) throw failure("invalid-input", words("log-too-many-entries", { limit: this.#most }));
    return value;
  }

  /** So many yes or no. */
  bits(count: number): boolean[] {
    const bytes = this.bytes(Math.ceil(count / 8));
    return Array.from(
      { length: count },
      (_, index) => (((bytes[index >> 3] as number) >> (7 - (index & 7))) & 1) === 1,
    );
  }

  /** As `bits`, where a byte tells whether all are yes. */
  bitsOrAll(count: number): boolean[] {
    return this.byte() === 0 ? this.bits(count) : Array.from({ length: count }, () => true);
  }

  /** Sums of those that have one. */
  digests(count: number): (number | undefined)[] {
    return this.bitsOrAll(count).map((isThere) => (isThere ? this.uint32() : undefined));
  }

  expect(id: number): void {
    if (this.byte() !== id) throw new DamagedError("damaged");
  }
}
