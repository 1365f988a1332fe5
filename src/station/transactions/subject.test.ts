import { expect, test } from "vitest";
import { beginMs } from "../bounds.ts";
import { newStation, type StationState, type Transaction } from "../model.ts";
import { newTransaction } from "./ledger.ts";
import type { PlacedGroup } from "./own-time.ts";
import { isBegin, isLate, isOf, isWithin, subjectOf } from "./subject.ts";

const session = { ...newTransaction("1", { evse: 1 } as never, 10_000, 1), startedAt: 10_000 };
const ended = { ...session, state: "ended" as const, endedAt: 20_000 };
const foreign = { ...session, foreign: true };
const at = (measuredAt: number) => ({ measuredAt, samples: [] }) as unknown as PlacedGroup;

test("within a session is what was measured from two seconds before its start, to its very end", () => {
  expect([7_999, 8_000, 99_000].map((time) => isWithin(session, at(time)))).toEqual([false, true, true]);
  expect([20_000, 20_001].map((time) => isWithin(ended, at(time)))).toEqual([true, false]);
  expect(isWithin(foreign, at(0))).toBe(true);
});

test("what names a session is its, but what is from clearly before it; what names none goes by its time", () => {
  const named = { transaction: ended, named: true };
  const begin = 10_000 - beginMs;
  expect([begin - 1, begin, 99_000].map((time) => isOf(named, at(time)))).toEqual([false, true, true]);
  expect(isOf({ transaction: foreign, named: true }, at(0))).toBe(true);
  expect([7_999, 8_000, 20_001].map((time) => isOf({ transaction: ended, named: false }, at(time)))).toEqual([
    false,
    true,
    false,
  ]);
});

test("the register of the begin is told at the begin, or again later", () => {
  const started = { ...session, meterStart: 500 };
  const told = (value: number, time: number, one = started) => isBegin(one, { at: time } as never, value);
  expect(told(500, 99_000)).toBe(true);
  expect([told(501, 10_000 + beginMs), told(501, 10_001 + beginMs)]).toEqual([true, false]);
  expect(told(501, 99_000, { ...started, foreign: true } as never)).toBe(true);
});

test("late is a message with a smaller number than the one that stands, where the station counts", () => {
  const word = (more: object) => ({ ...session, word: { seqNo: 5 }, ...more }) as never;
  const late = (one: never, seqNo?: number) => isLate(one, { seqNo } as never);
  expect([4, 5, 6, undefined].map((seqNo) => late(word({}), seqNo))).toEqual([true, false, false, false]);
  expect(late(word({ seqNoStuck: 3 }), 4)).toBe(false);
  expect(late(word({ word: {} }), 4)).toBe(false);
});

test("values are those of the session that they name, of the one that runs there, or of one that nobody heard of", () => {
  const state = (...transactions: Transaction[]) => ({ ...newStation("CP1", 0), transactions });
  const values = (more: object) => ({ evse: 1, seq: 7, at: 50_000, ...more }) as never;
  const groups = [at(30_000), at(25_000)];
  const of = (given: StationState, more: object) => subjectOf(given, values(more), groups);
  const running = { ...session, evse: 1 };
  const over = { ...ended, evse: 1 };
  expect(of(state(running), { transaction: "1" })).toEqual({ transaction: running, named: true });
  expect(of(state(running), {})).toEqual({ transaction: running, named: false, otherName: false });
  for (const none of ["", "0", "-1"])
    expect(of(state(running), { transaction: none })).toEqual({ transaction: running, named: false, otherName: false });
  expect(of(state(running), { transaction: "9" })).toEqual({ transaction: running, named: false, otherName: true });
  expect(of(state(running), { evse: 2 })).toBeUndefined();
  expect(of(state(over), { transaction: "0" })).toBeUndefined();
  expect(of(state(over), { transaction: "1" })).toEqual({ transaction: over, named: true });
  // Beside one that runs an old name on values of after its end is one on values of that, unless the station numbers what it says.
  const next = { ...running, id: "2" };
  expect(of(state(over, next), { transaction: "1" })).toEqual({ transaction: next, named: false, otherName: true });
  expect(of(state(over, next), { transaction: "1", seqNo: 3 })).toEqual({ transaction: over, named: true });
  expect(of(state(over, { ...next, evse: 2 }), { transaction: "1" })).toEqual({ transaction: over, named: true });
  const made = { ...newTransaction("9", 1, 25_000, 7), foreign: true };
  expect(of(state(over), { transaction: "9" })).toEqual({ transaction: made, named: true });
  expect(of(state(), { transaction: "9", connector: 2 })).toEqual({
    transaction: { ...made, connector: 2 },
    named: true,
  });
});
