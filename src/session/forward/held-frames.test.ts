import { expect, test } from "vitest";
import type { FrameEntry } from "../../store/recorder.ts";
import { Held, holdNothing, holds, type Passing } from "./held-frames.ts";

function passing(seq: number, change: Partial<Passing> = {}): Passing {
  return {
    way: "up",
    data: new Uint8Array(),
    binary: false,
    text: "",
    action: "Heartbeat",
    row: { seq } as FrameEntry,
    ...change,
  };
}

test.each([
  [{ up: true, down: false, actions: [] }, "up", null, true],
  [{ up: true, down: false, actions: [] }, "down", "Heartbeat", false],
  [{ up: false, down: true, actions: ["heartbeat"] }, "down", "Heartbeat", true],
  [{ up: true, down: true, actions: ["MeterValues"] }, "up", "Heartbeat", false],
  [{ up: true, down: true, actions: ["MeterValues"] }, "up", null, false],
  [holdNothing, "up", "Heartbeat", false],
] as const)("the rule %o holds %s of %s: %s", (rule, way, action, held) => {
  expect(holds({ ...rule, actions: [...rule.actions] }, way, action)).toBe(held);
});

test("frames are handed out by their number, once", () => {
  const held = new Held();
  held.keep(passing(1));
  held.keep(passing(2));
  expect(held.take(2)?.row.seq).toBe(2);
  expect(held.take(2)).toBeUndefined();
  expect(held.all.map(({ row }) => row.seq)).toEqual([1]);
});

test("what a new rule does not hold is handed out in order, the rest stays", () => {
  const held = new Held();
  for (const [seq, way, action] of [
    [1, "up", "A"],
    [2, "down", "A"],
    [3, "up", "B"],
    [4, "up", "A"],
  ] as const) {
    held.keep(passing(seq, { way, action }));
  }
  const freed = held.takeFreed({ up: true, down: false, actions: ["B"] });
  expect(freed.map(({ row }) => row.seq)).toEqual([1, 2, 4]);
  expect(held.takeAll().map(({ row }) => row.seq)).toEqual([3]);
});

test("there is an end to what is kept", () => {
  const held = new Held();
  const kept = Array.from({ length: 501 }, (_, seq) => held.keep(passing(seq)));
  expect(kept.filter((yes) => yes).length).toBe(500);
});
