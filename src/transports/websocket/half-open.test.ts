import { expect, test } from "vitest";
import { createManualClock } from "../../lib/clock.ts";
import { ArrivalTimeouts } from "./arrival-timeouts.ts";
import { HalfOpenSet } from "./half-open.ts";

/** A door for so many, and who was crowded out of it. */
function door(limit: number) {
  const out: string[] = [];
  const set = new HalfOpenSet(() => limit);
  const come = (name: string) => {
    const one = { crowdedOut: () => out.push(name) };
    set.add(one);
    return one;
  };
  return { set, out, come };
}

test("as many as there is room for stay", () => {
  const { set, out, come } = door(2);
  come("a");
  come("b");
  expect([out, set.size]).toEqual([[], 2]);
  come("c");
  expect([out, set.size]).toEqual([["a"], 2]);
});

test("those who have said nothing go before those who have, the oldest first, and the newcomer last", () => {
  const { set, out, come } = door(3);
  const [first] = [come("a"), come("b"), come("c")];
  set.spoke(first);
  for (const name of ["d", "e", "f"]) come(name);
  expect(out).toEqual(["b", "c", "d"]);
  const speaking = door(2);
  for (const one of [speaking.come("a"), speaking.come("b")]) speaking.set.spoke(one);
  speaking.come("c");
  expect(speaking.out).toEqual(["a"]);
});

test("who has gone takes no room, and is not made to speak", () => {
  const { set, out, come } = door(1);
  const gone = come("a");
  set.remove(gone);
  set.spoke(gone);
  expect(set.size).toBe(0);
  come("b");
  expect(out).toEqual([]);
});

/** What a wait of so many milliseconds says, each at its time. */
function said(...waits: number[]) {
  const clock = createManualClock();
  const began = clock.monotonic();
  const told: string[] = [];
  const note = (what: string) => () => void told.push(`${what} ${clock.monotonic() - began}`);
  const timeouts = new ArrivalTimeouts(clock, { standstill: note("standstill"), late: note("late") });
  for (const ms of waits) {
    timeouts.wait(ms);
    clock.advance(500);
  }
  return { clock, told, timeouts };
}

test("a step that does not come is told as a standstill at first, and then as late", () => {
  const { clock, told } = said(10_000);
  clock.advance(60_000);
  expect(told).toEqual(["standstill 600", "late 10000"]);
});

test("a short wait is only late, and each step begins the wait anew", () => {
  const short = said(600);
  short.clock.advance(60_000);
  expect(short.told).toEqual(["late 600"]);
  const steps = said(10_000, 10_000, 10_000);
  steps.clock.advance(60_000);
  expect(steps.told).toEqual(["standstill 1600", "late 11000"]);
});

test("who has arrived is not waited for", () => {
  const { clock, told, timeouts } = said(10_000);
  void timeouts.dispose();
  clock.advance(60_000);
  expect(told).toEqual([]);
});
