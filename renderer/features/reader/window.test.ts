import { expect, it } from "vitest";
import { windowAbout, windowLines, windowWith } from "./window.ts";

it("holds all lines where they can be scrolled through, and a stretch about the line where not", () => {
  expect(windowAbout(5, 100)).toEqual({ first: 1, count: 100 });
  expect(windowAbout(1, 0)).toEqual({ first: 1, count: 0 });
  const many = 10_000_000;
  expect(windowAbout(1, many)).toEqual({ first: 1, count: windowLines });
  expect(windowAbout(5_000_000, many)).toEqual({ first: 4_750_000, count: windowLines });
  expect(windowAbout(many, many)).toEqual({ first: many - windowLines + 1, count: windowLines });
});

it("stays where it is while the line is in it", () => {
  const now = { first: 100, count: 50 };
  expect(windowWith(now, 149, 1000)).toBe(now);
  expect(windowWith(now, 150, 1000)).toEqual({ first: 1, count: 1000 });
  expect(windowWith(now, 100, 1000)).toBe(now);
  expect(windowWith(now, 99, 1000)).toEqual({ first: 1, count: 1000 });
});
