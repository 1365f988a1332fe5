import { isAscii } from "node:buffer";
import { decode } from "../lines/encoding.ts";
import { eachLine, type Shape } from "../lines/shape.ts";

/** Finds lines in a stretch: their places among its lines, in order. */
export type Matcher = (bytes: Buffer, shape: Shape) => number[];

/** Lines that hold some bytes; of a text of one or more bytes a letter. */
export function byBytes(needle: Buffer): Matcher {
  return (bytes, shape) => {
    let next = bytes.indexOf(needle);
    if (next === -1) return [];
    const found: number[] = [];
    let line = 0;
    eachLine(bytes, shape, true, (begin, end) => {
      if (next !== -1 && next < begin) next = bytes.indexOf(needle, begin);
      if (next !== -1 && next + needle.length <= end) {
        found.push(line);
        next = bytes.indexOf(needle, end);
      }
      line++;
    });
    return found;
  };
}

/** Lines that an expression fits, which must be one that stays within lines: it is run over all of the stretch at once. */
export function byExpression(expression: RegExp): Matcher {
  return (bytes, shape) => {
    const isPlain = !shape.encoding.startsWith("utf-16") && isAscii(bytes);
    const text = isPlain ? bytes.toString("latin1") : decode(bytes, shape.encoding);
    // Between the two letters of a line's end stands no line.
    return (
      inWhole(bytes.includes(13) ? text.replaceAll("\r\n", "\n") : text, expression, shape) ??
      oneByOne(bytes, expression, shape)
    );
  };
}

/** Longer lines may have been taken apart, and count as several. */
const longestWhole = 16_000;

/** Undefined where a line that was found is too long. */
function inWhole(text: string, expression: RegExp, { lineEnds }: Shape): number[] | undefined {
  const mark = lineEnds === "cr" ? "\r" : "\n";
  const found: number[] = [];
  let line = 0;
  let begin = 0;
  for (let from = 0; ; ) {
    expression.lastIndex = from;
    const match = expression.exec(text);
    if (!match) return found;
    for (let end = text.indexOf(mark, begin); end !== -1 && end < match.index; end = text.indexOf(mark, begin)) {
      if (end - begin > longestWhole) return undefined;
      begin = end + 1;
      line++;
    }
    if (begin === text.length) return found;
    const next = text.indexOf(mark, begin);
    from = next === -1 ? text.length : next + 1;
    if (from - begin > longestWhole) return undefined;
    found.push(line);
    if (next === -1) return found;
  }
}

function oneByOne(bytes: Buffer, expression: RegExp, shape: Shape): number[] {
  const found: number[] = [];
  let line = 0;
  eachLine(bytes, shape, true, (begin, end) => {
    expression.lastIndex = 0;
    if (expression.test(decode(bytes.subarray(begin, end), shape.encoding).replace(/\r$/, ""))) found.push(line);
    line++;
  });
  return found;
}
