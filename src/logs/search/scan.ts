import { levelOf } from "../lines/levels.ts";
import { type Stretch, stretchesOf, stride } from "../lines/line-index.ts";
import { headOf, LineLook } from "../lines/look.ts";
import { readStretch, walkLines } from "../lines/stretch.ts";
import type { LogText } from "../lines/text.ts";
import type { Level } from "../model.ts";
import { momentOf } from "../stamps/zone.ts";
import { byBytes, byExpression, type Matcher } from "./matcher.ts";
import { expressionOf, needleOf, type Query } from "./query.ts";

/** What was found in a stretch: numbers of lines, from 1 on. */
export type Found = { lines: number[] };

const pieceSize = 1024 * 1024;

/** Finds the lines of a stretch that a query fits; so many at most. */
export async function scanStretch(
  text: LogText,
  { query, from, limit }: { query: Query; from: number; limit: number },
  { firstLine, lines }: Stretch,
  onProgress: (bytes: number) => void,
): Promise<Found> {
  const match = matcherOf(text, query);
  const filter = await filterOf(text, query, firstLine);
  const found: number[] = [];
  const room = Buffer.allocUnsafe(Math.min(pieceSize, text.source.size));
  for (const stretch of stretchesOf(text.index, firstLine, firstLine + lines, pieceSize)) {
    const bytes = await readStretch(text, stretch, room);
    const matched = match?.(bytes, text.shape).map((line) => stretch.firstLine + line + 1);
    const fitting = filter ? filter(bytes, stretch, matched) : (matched ?? allOf(stretch));
    for (const line of fitting) {
      if (line < from) continue;
      if (found.length === limit) return { lines: found };
      found.push(line);
    }
    onProgress(bytes.length);
  }
  return { lines: found };
}

function matcherOf({ shape }: LogText, query: Query): Matcher | undefined {
  const isWide = shape.encoding.startsWith("utf-16");
  const needle =
    isWide || (shape.encoding === "latin1" && /[^\0-~]/.test(query.text ?? "")) ? undefined : needleOf(query);
  if (needle) return byBytes(needle);
  const expression = expressionOf(query);
  return expression && byExpression(expression);
}

function allOf({ firstLine, lines }: Stretch): number[] {
  return Array.from({ length: lines }, (_, index) => firstLine + index + 1);
}

type Filter = (bytes: Buffer, stretch: Stretch, matched: number[] | undefined) => number[];

/** Tells lines by level and moment. A line without a stamp and a level belongs to the one before it, as in a report of many lines;
 * so that what stands before the stretch is looked at first. */
async function filterOf(text: LogText, query: Query, firstLine: number): Promise<Filter | undefined> {
  const { levels, from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY, clockwork } = query;
  if (!levels && query.from === undefined && query.to === undefined) return undefined;
  const look = new LineLook();
  let level: Level | undefined;
  let moment: number | undefined;
  function take(bytes: Buffer, begin: number, end: number): boolean {
    const stamp = look.stampOf(bytes, begin, end);
    const own = levelOf(headOf(bytes, begin, end));
    if (stamp || own) level = own;
    if (stamp && clockwork) moment = momentOf(stamp, clockwork);
    if (levels && (level === undefined || !levels.includes(level))) return false;
    return query.from === undefined && query.to === undefined
      ? true
      : moment !== undefined && moment >= from && moment <= to;
  }
  for (const before of stretchesOf(text.index, firstLine - stride, firstLine, 1)) {
    if (firstLine === 0) break;
    const shape = { shape: text.shape, firstLine: before.firstLine };
    walkLines(await readStretch(text, before), shape, (bytes, begin, end) => void take(bytes, begin, end));
  }
  return (bytes, stretch, matched) => {
    const fitting: number[] = [];
    let next = 0;
    walkLines(bytes, { shape: text.shape, firstLine: stretch.firstLine }, (line, begin, end, number) => {
      const isIn = take(line, begin, end);
      const isMatched = !matched || matched[next] === number;
      if (matched && isMatched) next++;
      if (isIn && isMatched) fitting.push(number);
    });
    return fitting;
  };
}
