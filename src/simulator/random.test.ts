import { expect, test } from "vitest";
import { createRandom, seedFrom } from "./random.ts";

const many = (seed: number, draw: (random: ReturnType<typeof createRandom>) => number) => {
  const random = createRandom(seed);
  return Array.from({ length: 20_000 }, () => draw(random));
};
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const deviation = (values: readonly number[]) => Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)));

test("the same seed gives the same numbers, another seed others, as they were in every version", () => {
  const first = (seed: number) => Array.from({ length: 3 }, createRandom(seed).next);
  expect(first(7)).toEqual(first(7));
  expect(first(8)).not.toEqual(first(7));
  expect(first(1)).toEqual([0.6270739405881613, 0.002735721180215478, 0.5274470399599522]);
});

test("numbers lie evenly in their range", () => {
  const values = many(1, (random) => random.between(10, 20));
  expect(Math.min(...values)).toBeGreaterThanOrEqual(10);
  expect(Math.max(...values)).toBeLessThan(20);
  expect(mean(values)).toBeCloseTo(15, 1);
  expect(deviation(values)).toBeCloseTo(10 / Math.sqrt(12), 1);
});

test("noise has mean 0 and standard deviation 1", () => {
  const values = many(2, (random) => random.normal());
  expect(Math.abs(mean(values))).toBeLessThan(0.03);
  expect(Math.abs(deviation(values) - 1)).toBeLessThan(0.03);
});

test("each of a list is picked about as often, and nothing from an empty one", () => {
  const picked = many(3, (random) => random.pick([0, 1, 2, 3]));
  for (const one of [0, 1, 2, 3]) {
    expect(Math.abs(picked.filter((value) => value === one).length / picked.length - 0.25)).toBeLessThan(0.02);
  }
  expect(() => createRandom(1).pick([])).toThrow("nothing to pick from");
});

test("stations of one seed and different names have different seeds, and one name the same", () => {
  expect(seedFrom("CP1", 1)).toBe(seedFrom("CP1", 1));
  // As they were in every version: a recording of a seed is of the same station still.
  expect([seedFrom("", 7), seedFrom("CP1", 1), seedFrom("\u{1f50c}/2", 3)]).toEqual([7, 1208193737, 412746828]);
  expect(new Set([seedFrom("CP1", 1), seedFrom("CP2", 1), seedFrom("CP1", 2), seedFrom("1PC", 1)]).size).toBe(4);
});
