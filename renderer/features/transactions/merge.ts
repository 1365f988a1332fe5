import type { Transaction } from "../../../src/station/model.ts";

/** Transactions of both lists, newest first; of one that is in both what the second says. */
export function mergeTransactions(first: readonly Transaction[], second: readonly Transaction[]): Transaction[] {
  const byKey = new Map([...first, ...second].map((one) => [keyOf(one), one]));
  return [...byKey.values()].sort((a, b) => b.startFrame - a.startFrame);
}

/** A number may be used again by a station: with where it began it is one transaction's. */
export function keyOf({ id, startFrame }: Transaction): string {
  return `${startFrame} ${id}`;
}
