import { expect, test } from "vitest";
import { momentCharacters, momentEvery } from "../../station/bounds.ts";
import { newStation } from "../../station/model.ts";
import { inOrder, newTrace, noteEntry, takeMoment } from "./trace.ts";

test("a moment is due after so many entries, frames or our own", () => {
  const trace = newTrace([]);
  const due = Array.from({ length: momentEvery }, (_none, at) => noteEntry(trace, at, at % 2 === 0 ? 0 : null));
  expect([due.indexOf(true), due.at(-1)]).toEqual([momentEvery - 1, true]);
  expect(trace.numbers).toEqual(Array.from({ length: momentEvery / 2 }, (_none, at) => 2 * at));
});

test("or after so many characters, whichever comes first, and what is on record since the last one counts", () => {
  expect(noteEntry(newTrace([]), 1, momentCharacters)).toBe(true);
  expect(noteEntry(newTrace([]), 1, momentCharacters / 2)).toBe(false);
  const half = newTrace([]);
  expect([noteEntry(half, 1, momentCharacters / 2), noteEntry(half, 2, momentCharacters / 2)]).toEqual([false, true]);
  const before = newTrace(Array.from({ length: momentEvery - 1 }, (_none, at) => at));
  expect([before.weight, noteEntry(before, 999, null)]).toEqual([momentEvery - 1, true]);
});

test("one that is taken holds the numbers that led to it, in order, and the next begins behind it", () => {
  const trace = newTrace([5], true);
  noteEntry(trace, 9, 1);
  noteEntry(trace, 7, 1);
  const state = newStation("CP1", 0);
  takeMoment(trace, state);
  expect(trace).toEqual({ moments: [{ state, numbers: [5, 7, 9] }], numbers: [], weight: 0, anew: true });
  noteEntry(trace, 11, 1);
  takeMoment(trace, state);
  expect(trace.moments.map(({ numbers }) => numbers)).toEqual([[5, 7, 9], [11]]);
});

test("where its numbers are not known they stay so until a moment is taken", () => {
  const trace = newTrace(null);
  noteEntry(trace, 1, 10);
  expect([trace.numbers, trace.anew, trace.weight > 0]).toEqual([null, false, true]);
  takeMoment(trace, newStation("CP1", 0));
  expect([trace.moments[0]?.numbers, trace.numbers]).toEqual([null, []]);
});

test("numbers are put in order as numbers, in a list of their own", () => {
  const given = [10, 9, 100];
  expect([inOrder(given), given]).toEqual([
    [9, 10, 100],
    [10, 9, 100],
  ]);
});
