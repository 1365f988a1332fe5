import { expect, test } from "vitest";
import type { Transaction } from "../model.ts";
import { flowDoubt, flowWith } from "./flow.ts";
import { newTransaction } from "./ledger.ts";

const hour = 3_600_000;

/** A session whose power was told at a time, and whose register is known. */
function session(more: Partial<Transaction> = {}): Transaction {
  return { ...newTransaction("1", 1, 0, 1), meterStart: 1000, powerW: 6000, powerAt: 0, ...more };
}
const reading = (value: number) => ({ value, at: 0, frame: 1 });
const counted = { flow: { since: 0, wh: 100, register: 1000 } };

test("power counts on for as long as it was told to stand, half an hour at the most", () => {
  const on = (at: number, more: Partial<Transaction> = {}) => flowWith(session({ meter: counted, ...more }), at).flow;
  expect(on(hour / 2)).toEqual({ since: 0, wh: 3100, register: 1000 });
  const anew = { since: hour / 2 + 1, wh: 0, register: 1000 };
  expect(on(hour / 2 + 1)).toEqual(anew);
  expect(on(5, { powerAt: undefined })).toEqual({ since: 5, wh: 0, register: 1000 });
  expect(on(5, { powerW: null })).toEqual({ since: 5, wh: 0, register: 1000 });
  expect(on(5, { meter: {} })).toEqual({ since: 5, wh: 0, register: 1000 });
});

test("it begins with the register that was told last, or that of the start, and with none not at all", () => {
  const begun = (more: Partial<Transaction>) => flowWith(session({ powerAt: undefined, ...more }), 5).flow?.register;
  expect(begun({ meter: { last: reading(1500) } })).toBe(1500);
  expect(begun({ meter: {} })).toBe(1000);
  const bare = session({ meterStart: undefined, meter: {} });
  expect(flowWith(bare, 5)).toBe(bare.meter);
});

test.each<[string, number, number, boolean]>([
  ["the same energy", 5000, 5000, false],
  ["300 times as much by power", 300_000, 1000, true],
  ["a little less than that", 299_999, 1000, false],
  ["3000 times as much by power", 3_000_000, 1000, true],
  ["more than a unit can explain", 3_000_001, 1000, false],
  ["300 times as much by the register", 1000, 300_000, true],
  ["much more of next to nothing", 199, 0.5, false],
  ["just enough to say something", 200, 0.5, true],
  ["a register that stands still while much flows", 2500, 0, true],
  ["a register that stands still while little flows", 2499, 0, false],
  ["a register that moves while nothing flows", 0, 5000, false],
])("%s is doubted: %d Wh by power, %d Wh by the register: %s", (_what, wh, moved, doubted) => {
  const meter = { flow: { since: 0, wh, register: 1000 }, last: reading(1000 + moved) };
  expect(flowDoubt({ meter })).toEqual(doubted ? { wh, register: moved } : null);
  // The end's register counts before any other.
  expect(flowDoubt({ meter: { ...meter, last: reading(77) }, meterStop: 1000 + moved })).toEqual(
    doubted ? { wh, register: moved } : null,
  );
});

test("nothing is doubted without power over time, or without a register since; energy is told to a tenth", () => {
  expect([flowDoubt({ meter: { last: reading(9) } }), flowDoubt({ meter: counted })]).toEqual([null, null]);
  const meter = { flow: { since: 0, wh: 3000.06, register: 0 }, last: reading(0) };
  expect(flowDoubt({ meter })).toEqual({ wh: 3000.1, register: 0 });
});
