import { type Bytes, type Source, streamOf } from "./source.ts";

/** Takes a stream apart from front to back. */
export class ByteReader {
  #pieces: AsyncIterator<Buffer>;
  readonly #source?: Source;
  #rest: Buffer = Buffer.alloc(0);
  #at = 0;
  /** What ended the stream, and is not told yet. */
  #failed?: { error: unknown };

  /** @param from a stream; or bytes at rest, in which what is skipped is not read */
  constructor(from: Bytes | Source) {
    if ("read" in from) this.#source = from;
    this.#pieces = ("read" in from ? streamOf(from) : from)[Symbol.asyncIterator]();
  }

  /** How far it has come. */
  get at(): number {
    return this.#at;
  }

  /** The next piece, of at most so many bytes; undefined at the end. */
  async next(most = Number.POSITIVE_INFINITY): Promise<Buffer | undefined> {
    while (this.#rest.length === 0) {
      if (this.#failed) throw this.#failed.error;
      const { value, done } = await this.#pieces.next();
      if (done) return undefined;
      this.#rest = value;
    }
    return this.#use(Math.min(most, this.#rest.length));
  }

  /** So many bytes; fewer at the end. */
  async take(count: number): Promise<Buffer> {
    if (this.#rest.length >= count) return this.#use(count);
    const parts: Buffer[] = [];
    await this.#gather(parts, count);
    return Buffer.concat(parts);
  }

  /** The next bytes, which stay where they are; fewer at the end. */
  async peek(count: number): Promise<Buffer> {
    const taken = await this.take(count);
    this.putBack(taken);
    return taken;
  }

  /** The next bytes, which stay where they are; fewer at the end, or before an error, which whoever reads on meets behind them.
   * @throws the error where nothing stands before it */
  async head(count: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    try {
      await this.#gather(parts, count);
    } catch (error) {
      if (parts.length === 0) throw error;
      this.#failed = { error };
    }
    const taken = Buffer.concat(parts);
    this.putBack(taken);
    return taken;
  }

  /** Takes bytes back that it gave last. */
  putBack(bytes: Buffer): void {
    this.#rest = this.#rest.length === 0 ? bytes : Buffer.concat([bytes, this.#rest]);
    this.#at -= bytes.length;
  }

  /** Goes over so many bytes; false where there are fewer. */
  async skip(count: number): Promise<boolean> {
    if (this.#source && count > this.#rest.length) {
      await this.#pieces.return?.();
      this.#at += count;
      this.#rest = Buffer.alloc(0);
      this.#pieces = streamOf(this.#source, this.#at)[Symbol.asyncIterator]();
      return this.#at <= this.#source.size;
    }
    for (let left = count; left > 0; ) {
      const part = await this.next(left);
      if (!part) return false;
      left -= part.length;
    }
    return true;
  }

  /** The next bytes as a stream; all that is left, where no count is given. It ends early where there are fewer. */
  async *stream(count = Number.POSITIVE_INFINITY): Bytes {
    for (let left = count; left > 0; ) {
      const part = await this.next(left);
      if (!part) return;
      left -= part.length;
      yield part;
    }
  }

  /** Lets go of the stream. */
  async close(): Promise<void> {
    await this.#pieces.return?.();
  }

  async #gather(parts: Buffer[], count: number): Promise<void> {
    for (let left = count; left > 0; ) {
      const part = await this.next(left);
      if (!part) return;
      parts.push(part);
      left -= part.length;
    }
  }

  #use(count: number): Buffer {
    const used = this.#rest.subarray(0, count);
    this.#rest = this.#rest.subarray(count);
    this.#at += count;
    return used;
  }
}
