import { describe, expect, it } from "vitest";
import type { TimelineRow } from "./time-line.ts";
import { endOf, estimateHeight, walk } from "./walk.ts";

/** Rows as a picture: `o` opens a frame, `-` has none. */
function rows(picture: string): TimelineRow[] {
  return [...picture].map((sign, index) => ({
    entry: {
      type: "entry",
      id: `noticed ${index}`,
      at: 0,
      station: "CP1",
      kind: "noticed",
      told: { main: { key: "heartbeat", values: {} }, more: [] },
      tone: "plain",
      count: 1,
      ...(sign === "o" ? { frame: index } : {}),
    },
  }));
}

describe("walk", () => {
  it.each([
    ["ArrowDown", 0, 2],
    ["ArrowUp", 2, 0],
    ["ArrowUp", 0, 0],
    ["ArrowDown", 4, 4],
    ["PageDown", 0, 3],
    ["PageUp", 4, 0],
  ])("%s from %i leads to %i, over what cannot be opened", (key, from, to) => {
    expect(walk(rows("o-ooo-"), key, from, 3)).toEqual(to);
  });

  it("goes as far as there is something to open where a page leads beyond it", () => {
    expect(walk(rows("o-o---"), "PageDown", 0, 4)).toEqual(2);
    expect(walk(rows("---o-o"), "PageUp", 5, 4)).toEqual(3);
  });

  it("leaves other keys alone", () => {
    expect(walk(rows("oo"), "a", 0, 3)).toEqual(null);
  });

  it("takes a day's heading for as high as it is drawn", () => {
    const [row] = rows("o") as [TimelineRow];
    expect([row, { ...row, minute: 0 }, { ...row, day: 0, minute: 0 }, undefined].map(estimateHeight)).toEqual([
      40, 40, 73, 40,
    ]);
  });

  it("knows the ends", () => {
    expect([endOf(rows("-oo-"), "first"), endOf(rows("-oo-"), "last"), endOf(rows("--"), "last")]).toEqual([1, 2, -1]);
  });
});
