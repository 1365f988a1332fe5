import type { Source } from "../bytes/source.ts";
import type { Line } from "../model.ts";
import { decode } from "./encoding.ts";
import { indexLines, type LineIndex, stride } from "./line-index.ts";
import { eachLine, type Shape, shapeOf } from "./shape.ts";

/** A text of any size at rest: any lines of it can be read at any time. */
export type LogText = {
  readonly source: Source;
  readonly shape: Shape;
  readonly index: LineIndex;
};

const headSize = 64 * 1024;
/** So much is read for one page, and no more: lines may be long. */
const longestPage = 4 * 1024 * 1024;
/** So much of a line is handed out, unless more is asked for. */
const usualLength = 4000;

/** Opens a text: how it is written is told by its beginning, unless the encoding is given, and its lines are counted.
 * @throws AbortError, by the signal */
export async function openText(
  source: Source,
  options: {
    encoding?: Shape["encoding"];
    onProgress?: (bytes: number) => void;
    signal?: AbortSignal;
  } = {},
): Promise<LogText> {
  const found = shapeOf(await source.read(0, headSize));
  const shape = { ...found, encoding: options.encoding ?? found.encoding };
  return { source, shape, index: await indexLines(source, shape, options) };
}

/** Some lines from a number on; fewer where they are long, or at the end.
 * @param length so much of each line */
export function readLines(text: LogText, from: number, count: number, length?: number): Promise<Line[]> {
  const first = Math.max(1, from);
  const most = Math.max(0, Math.min(count, text.index.count - first + 1));
  return readNumbered(
    text,
    Array.from({ length: most }, (_, index) => first + index),
    length,
  );
}

/** The lines of some numbers, which are in order: as those that a search found. Fewer, the first of them, where they are long or far apart.
 * @param length so much of each line */
export async function readNumbered(text: LogText, numbers: readonly number[], length = usualLength): Promise<Line[]> {
  const { source, shape, index } = text;
  const lines: Line[] = [];
  let read = 0;
  for (let next = 0; next < numbers.length && read <= longestPage; ) {
    const place = Math.floor(((numbers[next] as number) - 1) / stride);
    const [from, to] = [index.marks[place], index.marks[place + 1]];
    if (from === undefined || to === undefined) break;
    const bytes = await source.read(from, to - from);
    read += bytes.length;
    const before = next;
    let number = place * stride;
    eachLine(bytes, shape, true, (begin, end) => {
      if (++number !== numbers[next]) return;
      lines.push(lineOf(bytes.subarray(begin, end), shape, number, length));
      next++;
    });
    // A file that became shorter has fewer lines than were counted.
    if (next === before) break;
  }
  return lines;
}

function lineOf(bytes: Buffer, { encoding }: Shape, number: number, length: number): Line {
  // Four bytes make a letter at most; colours, which are taken out, take more.
  const whole = plainText(decode(bytes.subarray(0, Math.max(length * 8, 1024)), encoding));
  const text = whole.endsWith("\r") ? whole.slice(0, -1) : whole;
  return text.length > length ? { number, text: text.slice(0, length), isCut: true } : { number, text };
}

const colours = new RegExp(`${String.fromCharCode(27)}\\[[\\d;]{0,20}[mK]`, "g");

/** A text without what colours a terminal. */
export function plainText(text: string): string {
  return text.includes("\u001b[") ? text.replace(colours, "") : text;
}

/** The number of the line that holds a byte of the text. */
export async function lineAt({ source, shape, index }: LogText, at: number): Promise<number> {
  let low = 0;
  let high = index.marks.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((index.marks[middle] as number) <= at) low = middle;
    else high = middle - 1;
  }
  const from = index.marks[low] ?? 0;
  const bytes = await source.read(from, (index.marks[low + 1] ?? from) - from);
  let line = low * stride;
  eachLine(bytes, shape, true, (begin) => {
    if (from + begin <= at) line++;
  });
  return Math.max(1, line);
}
