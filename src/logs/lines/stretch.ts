import type { Source } from "../bytes/source.ts";
import { decode } from "./encoding.ts";
import type { Stretch } from "./line-index.ts";
import { eachLine, type Shape } from "./shape.ts";

/** Goes through the lines of a stretch as bytes of one or more a letter, whatever the text is written in.
 * @param look is given the bytes, where a line begins and ends in them, and its number from 1 on */
export function walkLines(
  bytes: Buffer,
  { shape, firstLine }: { shape: Shape; firstLine: number },
  look: (bytes: Buffer, begin: number, end: number, number: number) => void,
): void {
  let number = firstLine;
  const isWide = shape.encoding.startsWith("utf-16");
  eachLine(bytes, shape, true, (begin, end) => {
    number++;
    if (isWide) {
      const line = Buffer.from(decode(bytes.subarray(begin, end), shape.encoding));
      look(line, 0, withoutReturn(line, 0, line.length), number);
    } else look(bytes, begin, withoutReturn(bytes, begin, end), number);
  });
}

function withoutReturn(bytes: Buffer, begin: number, end: number): number {
  return end > begin && bytes[end - 1] === 13 ? end - 1 : end;
}

/** The bytes of a stretch. */
export function readStretch({ source }: { source: Source }, { from, to }: Stretch, into?: Buffer): Promise<Buffer> {
  return source.read(from, to - from, into);
}
