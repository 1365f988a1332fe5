import { piecesOf, type Source } from "../bytes/source.ts";
import { eachLine, type Shape } from "./shape.ts";

/** Every so many lines it is noted where one begins. */
export const stride = 128;

/** Where lines begin, in a form that another thread can be given. */
export type LineIndex = {
  readonly count: number;
  /** Where the first line of each stride begins; behind them, where the text ends. */
  readonly marks: Float64Array<SharedArrayBuffer>;
};

const pieceSize = 4 * 1024 * 1024;

/** Goes through a text once and notes where its lines begin.
 * @param onProgress is told how many bytes were gone through
 * @throws AbortError, by the signal */
export async function indexLines(
  source: Source,
  shape: Shape,
  { onProgress, signal }: { onProgress?: (bytes: number) => void; signal?: AbortSignal } = {},
): Promise<LineIndex> {
  const marks = new Marks();
  let count = 0;
  let at = shape.mark;
  let rest: Buffer = Buffer.alloc(0);
  for await (const piece of piecesOf(source, shape.mark, source.size, pieceSize)) {
    signal?.throwIfAborted();
    const bytes = rest.length > 0 ? Buffer.concat([rest, piece]) : piece;
    const from = at;
    const isLast = from + bytes.length >= source.size;
    const left = eachLine(bytes, shape, isLast, (begin) => {
      if (count % stride === 0) marks.add(from + begin);
      count++;
    });
    at += left;
    rest = left < bytes.length ? Buffer.from(bytes.subarray(left)) : Buffer.alloc(0);
    onProgress?.(at);
  }
  marks.add(at);
  return { count, marks: marks.shared() };
}

/** A list of numbers that grows. */
class Marks {
  #numbers = new Float64Array(1024);
  #count = 0;

  add(number: number): void {
    if (this.#count === this.#numbers.length) {
      const larger = new Float64Array(this.#count * 2);
      larger.set(this.#numbers);
      this.#numbers = larger;
    }
    this.#numbers[this.#count++] = number;
  }

  shared(): Float64Array<SharedArrayBuffer> {
    const numbers = new Float64Array(new SharedArrayBuffer(this.#count * 8));
    numbers.set(this.#numbers.subarray(0, this.#count));
    return numbers;
  }
}

/** A stretch of whole lines in the text. */
export type Stretch = { firstLine: number; lines: number; from: number; to: number };

/** The stretches of some lines, each of whole strides and of about so many bytes; the first and the last may hold lines around them. */
export function* stretchesOf(index: LineIndex, from: number, to: number, bytes: number): Generator<Stretch> {
  const last = Math.ceil(Math.min(to, index.count) / stride);
  for (let block = Math.floor(from / stride); block < last; ) {
    const begin = index.marks[block] as number;
    let end = block + 1;
    while (end < last && (index.marks[end + 1] as number) - begin <= bytes) end++;
    const firstLine = block * stride;
    yield {
      firstLine,
      lines: Math.min(end * stride, index.count) - firstLine,
      from: begin,
      to: index.marks[end] as number,
    };
    block = end;
  }
}
