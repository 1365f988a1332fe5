import { expect, test } from "vitest";
import { Allowance } from "./allowance.ts";

test("so many at once, then so many a second; that some are left out is told once a minute", () => {
  const allowance = new Allowance(3, 2);
  const take = (at: number, times: number) => Array.from({ length: times }, () => allowance.take(at));
  expect(take(1000, 5)).toEqual(["taken", "taken", "taken", "full", "left-out"]);
  expect(take(1499, 1)).toEqual(["left-out"]);
  // What has come back so far is not lost.
  expect(take(1500, 2)).toEqual(["taken", "left-out"]);
  expect(take(2500, 3)).toEqual(["taken", "taken", "left-out"]);
  expect(take(99_000, 4)).toEqual(["taken", "taken", "taken", "full"]);
  expect(take(99_001, 1)).toEqual(["left-out"]);
});

test("a minute is a minute, and a clock that was set back tells it anew and gives nothing", () => {
  const allowance = new Allowance(1, 0);
  const at = [0, 0, 59_999, 60_000, 60_001, 50_000, 50_001, 110_000];
  expect(at.map((moment) => allowance.take(moment))).toEqual([
    "taken",
    "full",
    "left-out",
    "full",
    "left-out",
    "full",
    "left-out",
    "full",
  ]);
  const back = new Allowance(2, 1);
  expect([10_000, 10_000, 0, 1000].map((moment) => back.take(moment))).toEqual(["taken", "taken", "full", "taken"]);
});
