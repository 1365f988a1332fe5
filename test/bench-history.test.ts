import { expect, test } from "vitest";
import { fallenOf } from "./bench/history.mjs";

test("a ratio that falls by a fifth of what it was of late is named, and no other", () => {
  const runs = [9, 1, 1.1, 0.2, 1, 0.9].map((speed) => ({ ratios: { speed, size: 2 } }));
  expect(fallenOf(runs, { speed: 0.8, size: 1.7, new: 0.1 })).toEqual(["speed has fallen from 1.00 to 0.800"]);
  expect(fallenOf(runs, { speed: 0.81, size: 3 })).toEqual([]);
});
