import { expect, test } from "vitest";
import { mostPastTransactions } from "../bounds.ts";
import { newStation } from "../model.ts";
import { findTransaction, newTransaction, putTransaction } from "./ledger.ts";

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
