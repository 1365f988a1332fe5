import { expect, test } from "vitest";
import { createRestarts, restartLimit } from "./restarts.ts";

test("waits 0.5 s and doubles up to 10 s; the sixth end within ten minutes waits for room", () => {
  let now = 0;
  const restarts = createRestarts(() => now);
  const told = Array.from({ length: 7 }, () => {
    now += 1000;
    return restarts.ended();
  });
  expect(told.map(({ wait }) => wait)).toEqual([500, 1000, 2000, 4000, 8000, 595_000, 595_000]);
  expect(told.map(({ spent }) => spent)).toEqual([false, false, false, false, false, true, true]);
});

test("counts from one again when the ends before are ten minutes old", () => {
  let now = 0;
  const restarts = createRestarts(() => now);
  for (let end = 0; end < 3; end++) restarts.ended();
  now = 600_000;
  expect(restarts.ended()).toEqual({ wait: 500, count: 1, spent: false });
});

test("waits 10 s at the most, also where the window has room before that", () => {
  let now = 0;
  const restarts = createRestarts(() => now);
  for (let end = 0; end < 5; end++) restarts.ended();
  now = 599_000;
  expect(restarts.ended()).toEqual({ wait: 10_000, count: 6, spent: true });
});

test("an end counts for ten minutes, and not a millisecond longer", () => {
  let now = 0;
  const restarts = createRestarts(() => now);
  restarts.ended();
  now = 599_999;
  expect(restarts.ended()).toEqual({ wait: 1000, count: 2, spent: false });
  now = 600_000;
  expect(restarts.ended()).toEqual({ wait: 1000, count: 2, spent: false });
  expect(restartLimit).toEqual({ most: 5, minutes: 10 });
});
