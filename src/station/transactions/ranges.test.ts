import { expect, test } from "vitest";
import { mostGaps } from "../bounds.ts";
import { gapsUpTo, has, type Ranges, rangesText, withNumber, withoutNumber, withRange } from "./ranges.ts";

const some: Ranges = [
  [2, 4],
  [7, 7],
];
/** As many stretches as are kept, and one more at either end: 0, 2, 4, ... */
const many: Ranges = Array.from({ length: mostGaps }, (_, at) => [2 * at, 2 * at]);

test("a number is among them from the first of a stretch to its last", () => {
  expect([1, 2, 4, 5, 6, 7, 8].filter((number) => has(some, number))).toEqual([2, 4, 7]);
});

test.each([
  [
    5,
    [
      [2, 5],
      [7, 7],
    ],
  ],
  [
    1,
    [
      [1, 4],
      [7, 7],
    ],
  ],
  [3, some],
  [
    0,
    [
      [0, 0],
      [2, 4],
      [7, 7],
    ],
  ],
  [
    9,
    [
      [2, 4],
      [7, 7],
      [9, 9],
    ],
  ],
])("with the number %i stretches that touch become one, in order", (number, expected) => {
  expect(withNumber(some, number)).toEqual(expected);
});

test("a stretch joins all that it touches", () => {
  expect(withRange(some, 5, 6)).toEqual([[2, 7]]);
  expect(withRange(some, 0, 9)).toEqual([[0, 9]]);
});

test.each([
  [
    2,
    [
      [3, 4],
      [7, 7],
    ],
  ],
  [
    3,
    [
      [2, 2],
      [4, 4],
      [7, 7],
    ],
  ],
  [7, [[2, 4]]],
  [5, some],
])("without the number %i", (number, expected) => {
  expect(withoutNumber(some, number)).toEqual(expected);
});

test.each([
  [1, [[0, 1]]],
  [4, [[0, 1]]],
  [
    6,
    [
      [0, 1],
      [5, 6],
    ],
  ],
  [
    9,
    [
      [0, 1],
      [5, 6],
      [8, 9],
    ],
  ],
])("what is missing up to %i", (last, expected) => {
  expect(gapsUpTo(some, last)).toEqual(expected);
});

test("of very many the oldest go", () => {
  expect(withNumber(many, 2 * mostGaps)).toEqual([...many.slice(1), [2 * mostGaps, 2 * mostGaps]]);
  const wide: Ranges = [...many.slice(1), [2 * mostGaps, 2 * mostGaps + 2]];
  expect(withoutNumber(wide, 2 * mostGaps + 1)).toHaveLength(mostGaps);
  expect(withoutNumber(wide, 2 * mostGaps + 1)[0]).toEqual([4, 4]);
  expect(gapsUpTo(many, 4 * mostGaps)).toHaveLength(mostGaps);
  expect(gapsUpTo([...many, [2 * mostGaps, 2 * mostGaps]], 2 * mostGaps + 2)[0]).toEqual([3, 3]);
});

test("as a text", () => {
  expect(rangesText(some)).toBe("2-4, 7");
});
