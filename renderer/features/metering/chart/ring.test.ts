import { describe, expect, it } from "vitest";
import { createRing } from "./ring.ts";

function filled(limit: number, count: number) {
  const ring = createRing(limit);
  for (let index = 0; index < count; index++) ring.push(index * 10, index);
  return ring;
}

const points = (ring: ReturnType<typeof createRing>) =>
  Array.from({ length: ring.length }, (_, index) => [ring.at(index), ring.value(index)]);

describe("createRing", () => {
  it("keeps points in the order they came", () => {
    expect(points(filled(8, 3))).toEqual([
      [0, 0],
      [10, 1],
      [20, 2],
    ]);
  });

  it("lets the oldest fall off at its limit", () => {
    expect(points(filled(3, 5))).toEqual([
      [20, 2],
      [30, 3],
      [40, 4],
    ]);
  });

  it("grows without losing a point", () => {
    const ring = filled(1000, 700);
    expect({ length: ring.length, first: ring.at(0), last: ring.at(699), bytes: ring.bytes }).toEqual({
      length: 700,
      first: 0,
      last: 6990,
      bytes: 1000 * 16,
    });
  });

  it("refuses a point that is older than the last and takes one of the same time", () => {
    const ring = filled(8, 2);
    expect([ring.push(9, 5), ring.push(10, 6), ring.length]).toEqual([false, true, 3]);
  });

  it("finds the first point from a time on, also after it went round", () => {
    const ring = filled(4, 6);
    expect([-1, 20, 21, 30, 51].map((at) => ring.firstFrom(at))).toEqual([0, 0, 1, 1, 4]);
  });
});
