import { DamagedError } from "../damaged.ts";

const firstSize = 256 * 1024;

/** What was unpacked last: later bytes are copied from it. */
export class Window {
  #bytes: Uint8Array;
  readonly size: number;
  /** Where the next byte goes. */
  #at = 0;
  #handedOut = 0;
  /** All bytes that were put in since it was last forgotten. */
  total = 0;

  constructor(size: number) {
    this.size = Math.max(4096, size);
    // Many are made for files that are far smaller than what they ask for.
    this.#bytes = new Uint8Array(Math.min(this.size, firstSize));
  }

  /** So many bytes fit until what is in it has to be taken out. */
  get room(): number {
    return this.#bytes.length - this.#at;
  }

  put(byte: number): void {
    this.#bytes[this.#at++] = byte;
    this.total++;
  }

  /** The byte `distance` + 1 back. */
  back(distance: number): number {
    const at = this.#at - distance - 1;
    return this.#bytes[at < 0 ? at + this.size : at] as number;
  }

  /** True when there is a byte so far back. */
  reaches(distance: number): boolean {
    return distance < this.total && distance < this.size;
  }

  /** Repeats what stands `distance` + 1 back; `count` is no more than there is room for. */
  copy(distance: number, count: number): void {
    const bytes = this.#bytes;
    let from = this.#at - distance - 1;
    if (from < 0) from += this.size;
    let at = this.#at;
    for (const end = at + count; at < end; at++) {
      bytes[at] = bytes[from] as number;
      if (++from === this.size) from = 0;
    }
    this.#at = at;
    this.total += count;
  }

  /** Puts in bytes that were not packed; no more than there is room for. */
  append(bytes: Uint8Array): void {
    if (bytes.length > this.room) throw new DamagedError("damaged");
    this.#bytes.set(bytes, this.#at);
    this.#at += bytes.length;
    this.total += bytes.length;
  }

  /** Nothing in it is copied from any more. */
  forget(): void {
    this.total = 0;
  }

  /** What came since the last time. */
  take(): Buffer {
    const taken = Buffer.from(this.#bytes.subarray(this.#handedOut, this.#at));
    if (this.#at === this.size) this.#at = 0;
    else if (this.room === 0) this.#grow();
    this.#handedOut = this.#at;
    return taken;
  }

  #grow(): void {
    const larger = new Uint8Array(Math.min(this.size, this.#bytes.length * 4));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}
