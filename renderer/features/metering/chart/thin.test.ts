import { describe, expect, it } from "vitest";
import { createRing } from "./ring.ts";
import { dotsOf, gridOf, thin, usualInterval } from "./thin.ts";

function ringOf(points: readonly (readonly [number, number])[]) {
  const ring = createRing(10_000);
  for (const [at, value] of points) ring.push(at, value);
  return ring;
}

const every = (step: number, count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => [from + index * step, index] as const);
const u = undefined;

describe("gridOf", () => {
  it("has two times in each column, in seconds", () => {
    expect([...gridOf({ from: 0, to: 4000, columns: 2 })]).toEqual([0.5, 1.5, 2.5, 3.5]);
  });
});

describe("thin", () => {
  it("shows the least and the greatest of a column in the order they came", () => {
    const ring = ringOf([
      [0, 5],
      [10, 9],
      [20, 1],
      [30, 4],
      [100, 2],
      [110, 8],
    ]);
    expect(thin(ring, { from: 0, to: 200, columns: 2 }, 1000)).toEqual([9, 1, 2, 8]);
  });

  it("loses no spike among thousands of points", () => {
    const ring = createRing(10_000);
    for (let index = 0; index < 9000; index++) ring.push(index, index === 4321 ? 99 : 1);
    const line = thin(ring, { from: 0, to: 9000, columns: 10 });
    expect(line.filter((value) => value === 99)).toEqual([99]);
  });

  it("says nothing where no point is, so that the line goes on", () => {
    const ring = ringOf(every(100, 4));
    expect(thin(ring, { from: 0, to: 400, columns: 8 })).toEqual([0, u, u, u, 1, u, u, u, 2, u, u, u, 3, u, u, u]);
  });

  it("draws no line across more than three usual intervals", () => {
    const ring = ringOf([...every(100, 10), [1300, 20], ...every(100, 9, 1400)]);
    const line = thin(ring, { from: 800, to: 1500, columns: 7 });
    expect(line).toEqual([8, u, 9, null, null, null, null, null, null, null, 20, u, 0, 1]);
  });

  it("draws a line across exactly three usual intervals", () => {
    const ring = ringOf([...every(100, 10), [1200, 20], ...every(100, 9, 1300)]);
    const line = thin(ring, { from: 800, to: 1300, columns: 5 });
    expect(line).toEqual([8, u, 9, u, u, u, u, u, 20, 0]);
  });

  it("takes a longer interval that has become usual for no gap", () => {
    const ring = ringOf([...every(10, 20), ...every(100, 20, 290)]);
    expect(thin(ring, { from: 0, to: 2300, columns: 23 }).includes(null)).toEqual(false);
  });

  it("carries a line to both edges of the stretch", () => {
    const ring = ringOf([
      [0, 0],
      [100, 10],
      [200, 20],
      [300, 30],
    ]);
    expect(thin(ring, { from: 50, to: 250, columns: 4 })).toEqual([5, u, 10, u, u, u, 20, 25]);
  });

  it("does not judge a thinned ring by intervals shorter than its own", () => {
    const ring = ringOf([
      [0, 1],
      [10, 2],
      [190, 3],
      [200, 4],
      [210, 5],
    ]);
    const stretch = { from: 0, to: 300, columns: 6 };
    expect(thin(ring, stretch).includes(null)).toEqual(true);
    expect(thin(ring, stretch, 100).includes(null)).toEqual(false);
  });

  it("draws a ring whose oldest points have fallen off as one that has the others alone", () => {
    const points = Array.from({ length: 10 }, (_, index): [number, number] => [index * 100, (index * 7) % 10]);
    const full = createRing(6);
    for (const [at, value] of points) full.push(at, value);
    for (const stretch of [
      { from: 0, to: 1000, columns: 5 },
      { from: 650, to: 850, columns: 4 },
    ])
      expect(thin(full, stretch)).toEqual(thin(ringOf(points.slice(4)), stretch));
  });

  it("has nothing to say for an empty ring", () => {
    expect(thin(createRing(4), { from: 0, to: 10, columns: 2 })).toEqual([u, u, u, u]);
  });
});

describe("usualInterval", () => {
  it("is the median around a point, equal times aside", () => {
    const ring = ringOf([...every(100, 5), [400, 1], [2000, 2]]);
    expect(usualInterval(ring, 6)).toEqual(100);
  });

  it("is infinite for a lone point: nothing is a gap beside it", () => {
    expect(usualInterval(ringOf([[5, 5]]), 0)).toEqual(Number.POSITIVE_INFINITY);
  });
});

describe("dotsOf", () => {
  it("shows all points of a line with few", () => {
    expect(dotsOf([1, u, 2, null, 3])).toEqual([0, 2, 4]);
  });

  it("shows of many points those that no line leads to", () => {
    const line = [1, 2, 3, null, u, 7, null, u, 4, 5, u, null, 6];
    expect(dotsOf(line, 2)).toEqual([5, 12]);
    expect(dotsOf([1, null, 2, 3], 2)).toEqual([0]);
  });
});
