import { expect, test } from "vitest";
import { momentsUnthinned } from "../../station/bounds.ts";
import { thinnedBy } from "./moments.ts";

/** Which of the first `count` moments still have their state. */
function kept(count: number): number[] {
  const bare = new Set<number>();
  for (let n = 1; n <= count; n++) for (const one of thinnedBy(n)) bare.add(one);
  return Array.from({ length: count }, (_none, at) => at + 1).filter((n) => !bare.has(n));
}

test("the newest moments all stay", () => {
  expect(kept(momentsUnthinned)).toHaveLength(momentsUnthinned);
});

test("of older ones every second stays, of those behind them every fourth, and so on", () => {
  const numbers = kept(momentsUnthinned * 8);
  const steps = numbers.slice(1).map((n, at) => n - (numbers[at] ?? 0));
  expect(new Set(steps)).toEqual(new Set([8, 4, 2, 1]));
  expect(steps).toEqual([...steps].sort((one, other) => other - one));
});

test("their count grows with the logarithm of the record", () => {
  expect(kept(100_000).length).toBeLessThan(momentsUnthinned * 8);
});
