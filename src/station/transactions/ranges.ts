import { mostGaps } from "../bounds.ts";

/** Whole numbers as stretches [from, to], in order, none touching another. */
export type Ranges = readonly (readonly [number, number])[];

/** True when the number is among them. */
export function has(ranges: Ranges, number: number): boolean {
  return ranges.some(([from, to]) => from <= number && number <= to);
}

/** The stretches with one more number; those that touch become one. Past the bound the oldest go. */
export function withNumber(ranges: Ranges, number: number): [number, number][] {
  return withRange(ranges, number, number);
}

/** The stretches with one more stretch. */
export function withRange(ranges: Ranges, from: number, to: number): [number, number][] {
  const joined: [number, number][] = [];
  let mine: [number, number] = [from, to];
  for (const [low, high] of ranges) {
    if (high < mine[0] - 1 || low > mine[1] + 1) joined.push([low, high]);
    else mine = [Math.min(low, mine[0]), Math.max(high, mine[1])];
  }
  return [...joined, mine].sort((a, b) => a[0] - b[0]).slice(-mostGaps);
}

/** The stretches without a number. */
export function withoutNumber(ranges: Ranges, number: number): [number, number][] {
  return ranges
    .flatMap(([from, to]): [number, number][] =>
      number < from || number > to
        ? [[from, to]]
        : [
            [from, number - 1],
            [number + 1, to],
          ],
    )
    .filter(([from, to]) => from <= to)
    .slice(-mostGaps);
}

/** What of 0 to `last` is not among them. */
export function gapsUpTo(ranges: Ranges, last: number): [number, number][] {
  const gaps: [number, number][] = [];
  let next = 0;
  for (const [from, to] of ranges) {
    if (from > last) break;
    if (from > next) gaps.push([next, from - 1]);
    next = Math.max(next, to + 1);
  }
  if (next <= last) gaps.push([next, last]);
  return gaps.slice(-mostGaps);
}

/** "2, 4 to 7" in digits alone: 2, 4-7. */
export function rangesText(ranges: Ranges): string {
  return ranges.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(", ");
}
