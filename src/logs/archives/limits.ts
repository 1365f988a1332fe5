import { failure } from "../../station/failure.ts";
import { words } from "../../station/phrases.ts";
import type { Bytes } from "../bytes/source.ts";

/** How far archives are followed: a small file can be made that unpacks without end. */
export type Limits = {
  /** Archives within each other; a .tar.gz counts as two. */
  depth: number;
  /** Entries in all. */
  entries: number;
  /** Bytes that may come of one byte, told only once `ratioFrom` have come. */
  ratio: number;
  ratioFrom: number;
  /** Bytes unpacked in all. */
  bytes: number;
  /** Bytes held in memory for one entry, packed again where that saves room. */
  held: number;
  /** Bytes that an archive wants for its own dictionary, or for its list of entries. */
  memory: number;
};

/** What every log of a station that was ever seen keeps to, with room to spare: a gigabyte of text, in archives in archives. */
export const usualLimits: Limits = {
  depth: 8,
  entries: 100_000,
  ratio: 1000,
  ratioFrom: 32 * 1024 * 1024,
  bytes: 8 * 1024 ** 3,
  held: 256 * 1024 * 1024,
  memory: 128 * 1024 * 1024,
};

/** What one reading of a file has used of its limits. */
export class Budget {
  readonly limits: Limits;
  readonly signal?: AbortSignal;
  #entries = 0;
  #bytes = 0;

  /** @param signal ends the reading */
  constructor(limits: Limits, signal?: AbortSignal) {
    this.limits = limits;
    this.signal = signal;
  }

  /** Nothing more is read of the file: entries or bytes came to their limit. */
  isSpent = false;

  /** One entry more.
   * @throws FailureError beyond the limit */
  countEntry(): void {
    this.#entries += 1;
    if (this.#entries > this.limits.entries) {
      this.isSpent = true;
      throw failure("invalid-input", words("log-too-many-entries", { limit: this.limits.entries }));
    }
  }

  /** Passes on what comes out of an archive, until it is too much for what went in.
   * @throws FailureError beyond the limits
   * @throws AbortError, by the signal */
  async *watch(input: Bytes, unpack: (input: Bytes) => Bytes): Bytes {
    const { ratio, ratioFrom, bytes } = this.limits;
    let taken = 0;
    let given = 0;
    async function* counted() {
      for await (const piece of input) {
        taken += piece.length;
        yield piece;
      }
    }
    for await (const piece of unpack(counted())) {
      this.signal?.throwIfAborted();
      given += piece.length;
      this.#bytes += piece.length;
      if (given > ratioFrom && given > taken * ratio) {
        throw failure("invalid-input", words("log-too-dense", { limit: ratio }));
      }
      if (this.#bytes > bytes) {
        this.isSpent = true;
        throw failure("invalid-input", words("log-too-large", { limit: bytes }));
      }
      yield piece;
    }
  }
}
