import { describe, expect, it } from "vitest";
import { createCursor, moveCursor, moveOf, valueAt } from "./cursor.ts";
import { createRing } from "./ring.ts";

function ring(...points: [number, number][]) {
  const made = createRing(100);
  for (const [at, value] of points) made.push(at, value);
  return made;
}

const plain = { shiftKey: false, ctrlKey: false, altKey: false, metaKey: false };

describe("moveOf", () => {
  it("knows a sample, further, a mark and the ends", () => {
    expect(moveOf({ ...plain, key: "ArrowRight" })).toEqual({ to: "sample", way: 1 });
    expect(moveOf({ ...plain, key: "ArrowLeft", shiftKey: true })).toEqual({ to: "far", way: -1 });
    expect(moveOf({ ...plain, key: "PageUp" })).toEqual({ to: "far", way: 1 });
    expect(moveOf({ ...plain, key: "ArrowLeft", ctrlKey: true })).toEqual({ to: "mark", way: -1 });
    expect(moveOf({ ...plain, key: "Home" })).toEqual({ to: "end", way: -1 });
    const moves = (more: object) =>
      ["ArrowRight", "ArrowUp", "ArrowLeft", "ArrowDown", "PageUp", "PageDown", "Home", "End"].map((key) => {
        const move = moveOf({ ...plain, ...more, key });
        return move && `${move.to} ${move.way}`;
      });
    expect(moves({})).toEqual(["sample 1", "sample 1", "sample -1", "sample -1", "far 1", "far -1", "end -1", "end 1"]);
    expect(moves({ shiftKey: true }).slice(0, 4)).toEqual(["far 1", "far 1", "far -1", "far -1"]);
    for (const key of ["ctrlKey", "altKey", "metaKey"])
      expect(moves({ [key]: true })).toEqual(["mark 1", "mark 1", "mark -1", "mark -1", null, null, null, null]);
    expect(moveOf({ ...plain, key: "a" })).toEqual(null);
    expect(moveOf({ ...plain, key: "Home", ctrlKey: true })).toEqual(null);
  });
});

describe("moveCursor", () => {
  const ground = {
    rings: [ring([1000, 1], [3000, 2], [9000, 3]), ring([2000, 1], [3000, 2], [21_000, 3])],
    marks: [500, 2500, 8000, 25_000],
    from: 900,
    to: 20_900,
  };
  it.each([
    ["the next sample of any line", 1000, { to: "sample", way: 1 }, 2000],
    ["past samples of one moment", 3000, { to: "sample", way: 1 }, 9000],
    ["back", 3000, { to: "sample", way: -1 }, 2000],
    ["no further than the last in view", 9000, { to: "sample", way: 1 }, 9000],
    ["no further than the first in view", 1000, { to: "sample", way: -1 }, 1000],
    ["a twentieth of the time shown", 1000, { to: "far", way: 1 }, 2000],
    ["at least that twentieth", 2500, { to: "far", way: 1 }, 9000],
    ["the first", 3000, { to: "end", way: -1 }, 1000],
    ["the last", 3000, { to: "end", way: 1 }, 9000],
    ["the next mark", 3000, { to: "mark", way: 1 }, 8000],
    ["the mark before", 3000, { to: "mark", way: -1 }, 2500],
    ["where one is when there is no mark that way", 9000, { to: "mark", way: 1 }, 9000],
  ] as const)("leads to %s", (_what, at, move, to) => {
    expect(moveCursor(at, move, ground)).toEqual(to);
  });

  it("takes what lies on the edges of the time shown, and nothing beyond them", () => {
    const edges = {
      rings: [ring([99, 0], [100, 1], [200, 2], [201, 3])],
      marks: [99, 100, 200, 201],
      from: 100,
      to: 200,
    };
    const move = (at: number, to: "sample" | "end" | "mark", way: 1 | -1) => moveCursor(at, { to, way }, edges);
    expect([move(150, "end", -1), move(150, "end", 1), move(150, "sample", 1), move(150, "sample", -1)]).toEqual([
      100, 200, 200, 100,
    ]);
    expect([move(150, "mark", 1), move(150, "mark", -1), move(200, "mark", 1), move(100, "mark", -1)]).toEqual([
      200, 100, 200, 100,
    ]);
    expect(moveCursor(150, { to: "end", way: 1 }, { ...edges, from: 120, to: 180 })).toEqual(null);
    expect(moveCursor(150, { to: "far", way: -1 }, { ...edges, rings: [ring([140, 1], [145, 2], [146, 3])] })).toEqual(
      145,
    );
  });

  it("leads to the nearest of several marks, in whichever order they are", () => {
    for (const marks of [
      [1500, 2500, 8000, 9000],
      [9000, 8000, 2500, 1500],
    ]) {
      const to = ([1, -1] as const).map((way) => moveCursor(3000, { to: "mark", way }, { ...ground, marks }));
      expect([marks, to]).toEqual([marks, [8000, 2500]]);
    }
  });

  it("leads nowhere where nothing is", () => {
    expect(moveCursor(5, { to: "sample", way: 1 }, { rings: [ring()], marks: [], from: 0, to: 10 })).toEqual(null);
  });
});

describe("valueAt", () => {
  const line = { ring: ring([0, 1], [10, 2], [20, 3], [100, 4], [110, 5]), leastUsual: 0 };
  it.each([
    ["a sample", 10, 2],
    ["the nearest", 16, 3],
    ["the last, a usual interval long", 119, 5],
    ["the earlier of two that are as near", 15, 2],
    ["the last, a usual interval long and no longer", 121, null],
    ["the first, a usual interval before it", -10, 1],
    ["nothing in a gap", 60, null],
    ["nothing in a gap, near as it may be", 31, null],
    ["nothing after the end", 200, null],
    ["nothing before the beginning", -50, null],
  ])("reads %s", (_what, at, value) => {
    expect(valueAt(line, at)).toEqual(value);
  });

  it("reads a lone sample at its moment only", () => {
    expect([
      valueAt({ ring: ring([5, 7]), leastUsual: 0 }, 5),
      valueAt({ ring: ring([5, 7]), leastUsual: 0 }, 6),
    ]).toEqual([7, null]);
    expect(valueAt({ ring: ring(), leastUsual: 0 }, 5)).toEqual(null);
  });
});

describe("createCursor", () => {
  it("tells a change, and only a change", () => {
    const cursor = createCursor();
    const told: (number | null)[] = [];
    const stop = cursor.on(() => told.push(cursor.at));
    cursor.set(5);
    cursor.set(5);
    cursor.set(null);
    stop();
    cursor.set(6);
    expect(told).toEqual([5, null]);
  });
});
