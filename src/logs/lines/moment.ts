import { type Clockwork, momentOf } from "../stamps/zone.ts";
import { type Stretch, stretchesOf } from "./line-index.ts";
import { LineLook } from "./look.ts";
import { walkLines } from "./stretch.ts";
import type { LogText } from "./text.ts";

/** So many places of a text are looked at first. */
const samples = 1500;
const sampleSize = 16 * 1024;

/** The line from which on a text tells of a moment or of a later one: the first such, also where the clock was set in between; the last
 * line, where all is earlier. Undefined for a text without stamps. */
export async function lineOfMoment(text: LogText, at: number, clockwork: Clockwork): Promise<number | undefined> {
  const strides = [...stretchesOf(text.index, 0, text.index.count, 1)];
  const step = Math.max(1, Math.ceil(strides.length / samples));
  let before = 0;
  let isStamped = false;
  for (let place = 0; place < strides.length; place += step) {
    const first = await firstMoment(text, strides[place] as Stretch, clockwork, Number.NEGATIVE_INFINITY);
    if (!first) continue;
    if (first.at >= at && isStamped) return await within(text, strides.slice(before, place + 1), at, clockwork);
    if (first.at >= at) return await within(text, strides.slice(0, place + 1), at, clockwork);
    isStamped = true;
    before = place;
  }
  if (!isStamped) return undefined;
  return (await within(text, strides.slice(before), at, clockwork)) ?? text.index.count;
}

async function within(text: LogText, strides: Stretch[], at: number, clockwork: Clockwork) {
  for (const stride of strides) {
    const found = await firstMoment(text, stride, clockwork, at, stride.to - stride.from);
    if (found) return found.line;
  }
  return undefined;
}

/** The first line of a stride whose moment is not before `from`. */
async function firstMoment(
  text: LogText,
  { from: begin, to, firstLine }: Stretch,
  clockwork: Clockwork,
  from: number,
  size = sampleSize,
): Promise<{ line: number; at: number } | undefined> {
  const look = new LineLook();
  const bytes = await text.source.read(begin, Math.min(size, to - begin));
  let found: { line: number; at: number } | undefined;
  walkLines(bytes, { shape: text.shape, firstLine }, (line, start, end, number) => {
    if (found) return;
    const stamp = look.stampOf(line, start, end);
    const at = stamp && momentOf(stamp, clockwork);
    if (at !== undefined && at >= from) found = { line: number, at };
  });
  return found;
}
