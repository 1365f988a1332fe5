import { expect, test } from "vitest";
import { packNumbers, unpackNumbers } from "./numbers.ts";

test.each([[[]], [[1]], [[1, 2, 3]], [[127, 128, 255, 16_511, 16_512]], [[5, 2 ** 40, Number.MAX_SAFE_INTEGER]]])(
  "%j comes back as it was packed",
  (numbers) => {
    expect(unpackNumbers(packNumbers(numbers))).toEqual(numbers);
  },
);

test("neighbours take a byte each", () => {
  expect(packNumbers([1000, 1002, 1004]).length).toBe(4);
});

test.each([
  ["cut short", [0x81]],
  ["not ascending", [5, 0]],
  ["beyond any number", [5, ...Array(9).fill(0xff), 1]],
])("bytes that are %s are no numbers", (_what, bytes) => {
  expect(unpackNumbers(Uint8Array.from(bytes))).toBeNull();
});
