import { expect, test } from "vitest";
import { mostPastTransactions } from "../bounds.ts";
import { newStation, type Transaction } from "../model.ts";
import {
  asNotEnded,
  asRunning,
  displaceFor,
  findTransaction,
  newTransaction,
  placeOf,
  putTransaction,
  runningOn,
} from "./ledger.ts";

const ended = (id: string, frame: number) => ({
  ...newTransaction(id, 2, frame * 1000, frame),
  state: "ended" as const,
  endedAt: frame * 1000,
});

test("past the bound the one told of longest ago goes, never one that runs, that stands on an EVSE or that was told of just now", () => {
  let state = putTransaction(newStation("CP1", 0), newTransaction("runs", 1, 0, 1));
  for (let at = 0; at < mostPastTransactions + 2; at++) state = putTransaction(state, ended(`t${at}`, 10 + at));
  const ids = () => state.transactions.map(({ id }) => id);
  const kept = ids();
  expect(findTransaction(state, "runs")?.state).toBe("running");
  expect([kept.includes("t0"), kept.includes("t1")]).toEqual([false, true]);
  // An old one that was told of just now stays.
  state = putTransaction(state, ended("old", 2));
  expect(ids()).toContain("old");
  expect(ids()).toContain("runs");
  expect(ids()).toContain(`t${mostPastTransactions + 1}`);
  expect(ids()).toHaveLength(kept.length);
});

test("an EVSE holds the one that runs, or else the one that began or ended later", () => {
  const at = (id: string, ms: number, more: Partial<Transaction> = {}) => ({
    ...newTransaction(id, 1, ms, ms),
    ...more,
  });
  const standing = (...all: Transaction[]) =>
    all.reduce(putTransaction, newStation("CP1", 0)).evses[0]?.transaction?.id;
  const over = (id: string, ms: number, more: Partial<Transaction>) => at(id, ms, { state: "ended", ...more });
  expect(standing(at("a", 1), over("b", 5, { endedAt: 9 }))).toBe("a");
  expect(standing(over("b", 5, { endedAt: 9 }), at("a", 1))).toBe("a");
  expect([
    standing(at("a", 2), at("b", 1)),
    standing(at("a", 1), at("b", 1)),
    standing(at("a", 1), at("b", 2)),
  ]).toEqual([...["a", "b", "b"]]);
  expect(standing(over("a", 1, { endedAt: 9 }), over("b", 5, { endedAt: 8 }))).toBe("a");
  const lost = { state: "not-ended" as const, notEnded: { because: "boot" as const, at: 10, frame: 1 } };
  expect(standing(over("a", 1, { endedAt: 9 }), at("b", 5, lost))).toBe("b");
  expect(standing(over("a", 1, { endedAt: 9 }), over("b", 5, {}))).toBe("a");
});

test("one that moves to another EVSE leaves the one before, and its connector is learnt", () => {
  const first = putTransaction(newStation("CP1", 0), { ...newTransaction("a", 1, 0, 1), connector: 2 });
  const moved = putTransaction(first, { ...newTransaction("a", 2, 0, 1), connector: 1 });
  expect(moved.evses.map(({ evse, transaction, connectors }) => [evse, transaction?.id, connectors.length])).toEqual([
    [1, undefined, 1],
    [2, "a", 1],
  ]);
  expect(moved.transactions).toHaveLength(1);
});

test("of several that run on an EVSE the one told of last is that which runs, and what makes place for another says so", () => {
  const state = [newTransaction("a", 1, 0, 1), newTransaction("b", 1, 0, 2)].reduce(
    putTransaction,
    newStation("CP1", 0),
  );
  expect([runningOn(state, 1)?.id, runningOn(state, 2), findTransaction(state, "c")]).toEqual([
    "b",
    undefined,
    undefined,
  ]);
  const displaced = displaceFor(state, 1, "c");
  expect(findTransaction(displaced, "b")).toMatchObject({ state: "displaced", displacedBy: "c" });
  expect([displaceFor(state, 1, "b"), displaceFor(state, 2, "b")]).toEqual([state, state]);
});

test("over or running again it forgets what was thought of it", () => {
  const held = {
    ...newTransaction("a", 1, 0, 1),
    chargingState: "Charging" as const,
    displacedBy: "b",
    historic: true as const,
  };
  const notEnded = { because: "boot" as const, at: 5, frame: 2 };
  const over = asNotEnded(held, notEnded);
  expect(over).toEqual({ ...newTransaction("a", 1, 0, 1), historic: true, state: "not-ended", notEnded });
  expect(asRunning(over)).toEqual(newTransaction("a", 1, 0, 1));
});

test("a transaction goes to the EVSE that was said, or to the only one", () => {
  const one = putTransaction(newStation("CP1", 0), newTransaction("a", 3, 0, 1));
  const two = putTransaction(one, newTransaction("b", 4, 0, 1));
  expect([
    placeOf(two, 4),
    placeOf(one, undefined),
    placeOf(one, 0),
    placeOf(two, 0),
    placeOf(newStation("CP1", 0), 0),
  ]).toEqual([...[4, 3, 3, undefined, undefined]]);
});
