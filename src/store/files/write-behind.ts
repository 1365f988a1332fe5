import type { FileHandle } from "node:fs/promises";

/** How much may wait to be written, bytes: enough for one large write, little beside the core. */
const mostWaiting = 1024 * 1024;

/** Writes what comes in larger pieces than it comes in: what came during one write goes into the next. A sender that is slow has each
 * of its pieces written at once. */
export class WriteBehind {
  readonly #file: FileHandle;
  /** Up to where it is written. */
  #at: number;
  #waiting: Uint8Array[] = [];
  #bytes = 0;
  #writing: Promise<void> | null = null;
  #failed: { error: unknown } | null = null;

  /** @param at where the first byte belongs */
  constructor(file: FileHandle, at: number) {
    this.#file = file;
    this.#at = at;
  }

  /** How long the file is by what was written. */
  get written(): number {
    return this.#at;
  }

  /** Takes a piece; resolves once there is room for more.
   * @throws the system's error, of this piece or of one before */
  async push(piece: Uint8Array): Promise<void> {
    this.#check();
    this.#waiting.push(piece);
    this.#bytes += piece.length;
    this.#writing ??= this.#write();
    while (this.#bytes > mostWaiting && this.#writing) await this.#writing;
    this.#check();
  }

  /** Resolves once all is written.
   * @throws the system's error */
  async end(): Promise<void> {
    while (this.#writing) await this.#writing;
    this.#check();
  }

  #check(): void {
    if (this.#failed) throw this.#failed.error;
  }

  async #write(): Promise<void> {
    try {
      while (this.#waiting.length > 0) {
        const pieces = this.#waiting.splice(0);
        this.#bytes = 0;
        await this.#writeAll(pieces);
      }
    } catch (error) {
      this.#failed = { error };
      this.#bytes = 0;
    } finally {
      this.#writing = null;
    }
  }

  /** A disk may take a part of what it is given. */
  async #writeAll(pieces: Uint8Array[]): Promise<void> {
    let rest = pieces;
    while (rest.length > 0) {
      const { bytesWritten } = await this.#file.writev(rest, this.#at);
      this.#at += bytesWritten;
      rest = behind(rest, bytesWritten);
    }
  }
}

/** What is left of pieces without their first `bytes`. */
function behind(pieces: readonly Uint8Array[], bytes: number): Uint8Array[] {
  let left = bytes;
  return pieces.flatMap((piece) => {
    const taken = Math.min(left, piece.length);
    left -= taken;
    return taken === piece.length ? [] : [piece.subarray(taken)];
  });
}
