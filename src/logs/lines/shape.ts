import type { Encoding, LineEnds } from "../model.ts";
import { encodingOf } from "./encoding.ts";

/** How a text is written. */
export type Shape = {
  encoding: Encoding;
  /** Bytes of the mark before the first line. */
  mark: number;
  lineEnds: LineEnds;
};

/** A line of more bytes is read as several: some logs hold a file in one line. */
export const longestLine = 64 * 1024;

/** How a text is written, by its beginning. */
export function shapeOf(head: Buffer): Shape {
  const { encoding, mark } = encodingOf(head);
  return { encoding, mark, lineEnds: lineEndsOf(head) };
}

function lineEndsOf(head: Buffer): LineEnds {
  let both = 0;
  let feeds = 0;
  const step = 1 + Number(head.length > 2 && (head[1] === 0 || head[0] === 0 || (head[0] as number) >= 0xfe));
  for (let at = head.indexOf(10); at !== -1; at = head.indexOf(10, at + 1)) {
    feeds++;
    if (head[at - step] === 13) both++;
  }
  if (feeds === 0) return head.includes(13) ? "cr" : "lf";
  return both === 0 ? "lf" : both === feeds ? "crlf" : "mixed";
}

/** Finds where lines end in bytes that begin with a line: each is told by where it ends, and where the next begins.
 * @param isLast the bytes end with the text, so that their last line may have no end
 * @returns where the line begins that does not end in them */
export function eachLine(
  bytes: Buffer,
  { encoding, lineEnds }: Shape,
  isLast: boolean,
  tell: (begin: number, end: number) => void,
): number {
  const mark = lineEnds === "cr" ? 13 : 10;
  const isWide = encoding.startsWith("utf-16");
  // Of two bytes, the one that tells stands first or second.
  const shift = encoding === "utf-16be" ? 1 : 0;
  let begin = 0;
  for (let at = bytes.indexOf(mark); at !== -1; at = bytes.indexOf(mark, at + 1)) {
    if (isWide && ((at & 1) !== shift || bytes[shift ? at - 1 : at + 1] !== 0)) continue;
    if (at - begin > longestLine) begin = tellParts(begin, at, tell);
    const end = at - shift;
    tell(begin, end);
    begin = end + (isWide ? 2 : 1);
  }
  begin = tellParts(begin, bytes.length, tell);
  if (isLast && begin < bytes.length) {
    tell(begin, bytes.length);
    begin = bytes.length;
  }
  return begin;
}

/** Tells the parts of a line that is too long, but the last.
 * @returns where that one begins */
function tellParts(from: number, end: number, tell: (begin: number, end: number) => void): number {
  let begin = from;
  for (; end - begin > longestLine; begin += longestLine) tell(begin, begin + longestLine);
  return begin;
}
