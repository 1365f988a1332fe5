import { failure } from "../../../station/failure.ts";
import { words } from "../../../station/phrases.ts";

type Piece = { data: Uint8Array; taken(): void; lost(error: Error): void };

/** How far ahead of a gap a sender may write, bytes: some have many writes under way, and read their file out of order. */
const mostAhead = 4 * 1024 * 1024;

/** What a client writes piece by piece at offsets, as bytes in their order from `start` on. */
export class Incoming {
  readonly start: number;
  readonly #most: number;
  readonly #onHeld: (bytes: number) => void;
  readonly #queue: Piece[] = [];
  readonly #ahead = new Map<number, Piece>();
  #aheadBytes = 0;
  #next: number;
  #ended = false;
  #failed: Error | null = null;
  #wake: () => void = () => undefined;

  /** @param most bytes that may come
   * @param onHeld told by how many bytes more, or less, are held in order */
  constructor(start: number, most: number, onHeld: (bytes: number) => void) {
    this.start = start;
    this.#next = start;
    this.#most = most;
    this.#onHeld = onHeld;
  }

  /** Bytes that came in order. */
  get received(): number {
    return this.#next - this.start;
  }

  /** Takes a piece in; resolves once it was read, and what follows it was asked for.
   * @throws where it cannot be kept: the file has failed then */
  write(at: number, data: Uint8Array): Promise<void> {
    const fault = this.#failed ?? this.#faultOf(at, data);
    if (fault) {
      this.fail(fault);
      return Promise.reject(fault);
    }
    if (data.length === 0) return Promise.resolve();
    return new Promise((taken, lost) => {
      this.#ahead.set(at, { data, taken, lost });
      this.#aheadBytes += data.length;
      this.#line();
    });
  }

  /** Nothing more comes.
   * @throws where a stretch is missing: the file has failed then */
  end(): void {
    if (this.#ahead.size > 0) this.fail(failure("invalid-input", words("upload-gap", { at: this.#next })));
    if (this.#failed) throw this.#failed;
    this.#ended = true;
    this.#wake();
  }

  /** It breaks off: what came in order is still read, and then this is thrown. */
  fail(error: Error): void {
    if (this.#ended) return;
    this.#failed ??= error;
    for (const piece of this.#ahead.values()) piece.lost(this.#failed);
    this.#ahead.clear();
    this.#aheadBytes = 0;
    this.#wake();
  }

  /** The bytes in order, once. */
  async *chunks(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        const [piece] = this.#queue;
        if (piece) {
          yield piece.data;
          this.#queue.shift();
          this.#onHeld(-piece.data.length);
          piece.taken();
        } else if (this.#failed) throw this.#failed;
        else if (this.#ended) return;
        else {
          await new Promise<void>((wake) => {
            this.#wake = wake;
          });
        }
      }
    } finally {
      this.abandon(failure("unavailable", words("upload-withdrawn")));
    }
  }

  /** Nobody reads any more. */
  abandon(error: Error): void {
    this.fail(error);
    for (const piece of this.#queue.splice(0)) {
      this.#onHeld(-piece.data.length);
      piece.lost(this.#failed ?? error);
    }
  }

  #faultOf(at: number, data: Uint8Array): Error | null {
    const most = this.#most;
    if (this.#ended || at < this.#next) return failure("invalid-input", words("upload-behind", { at }));
    if (at + data.length - this.start > most) return failure("unavailable", words("upload-room", { bytes: most }));
    if (at > this.#next && (this.#ahead.has(at) || this.#aheadBytes + data.length > mostAhead))
      return failure("invalid-input", words("upload-gap", { at: this.#next }));
    return null;
  }

  /** Moves what is in order now to those that are read. */
  #line(): void {
    for (let piece = this.#ahead.get(this.#next); piece; piece = this.#ahead.get(this.#next)) {
      this.#ahead.delete(this.#next);
      this.#aheadBytes -= piece.data.length;
      this.#next += piece.data.length;
      this.#onHeld(piece.data.length);
      this.#queue.push(piece);
    }
    this.#wake();
  }
}
