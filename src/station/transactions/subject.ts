import { beginMs } from "../bounds.ts";
import type { Sampled } from "../events.ts";
import type { Reading, StationState, Transaction } from "../model.ts";
import { findTransaction, newTransaction, placeOf, runningOn, type Stamped } from "./ledger.ts";
import type { PlacedGroup } from "./own-time.ts";

// What stations write for "no transaction" where the field has to hold something.
const noTransaction = new Set(["", "0", "-1"]);

/** Whose values they are. `named`: they say so themselves; `otherName`: they name another. */
export type Subject = { transaction: Transaction; named: boolean; otherName?: boolean };

/** The transaction that values name, or else the one that runs where they were measured. A name that stands for none, or for one that
 * has ended or was never heard of, beside one that runs, is an old name on values of that one. */
export function subjectOf(
  state: StationState,
  event: Stamped<Sampled>,
  groups: readonly PlacedGroup[],
): Subject | undefined {
  const id = event.transaction;
  const known = id === undefined ? undefined : findTransaction(state, id);
  const running = event.evse > 0 ? runningOn(state, event.evse) : undefined;
  if (known && !(running?.evse === known.evse && isOldName(known, event, groups)))
    return { transaction: known, named: true };
  if (running) return { transaction: running, named: false, otherName: id !== undefined && !noTransaction.has(id) };
  if (known || id === undefined || noTransaction.has(id)) return undefined;
  const place = placeOf(state, event.evse);
  if (place === undefined || runningOn(state, place)) return undefined;
  const startedAt = Math.min(...groups.map(({ measuredAt }) => measuredAt));
  const made: Transaction = { ...newTransaction(id, place, startedAt, event.seq), foreign: true };
  if (event.connector !== undefined) made.connector = event.connector;
  return { transaction: made, named: true };
}

/** True for the name of an ended transaction on values from after its end. A station that numbers its messages means what it says. */
function isOldName({ state, endedAt = 0 }: Transaction, { seqNo }: Sampled, groups: readonly PlacedGroup[]): boolean {
  return state === "ended" && seqNo === undefined && groups.some(({ measuredAt }) => measuredAt > endedAt);
}

/** Values of a message that is older by its number than the one that stands (2.x). */
export function isLate({ word, seqNoStuck }: Transaction, { seqNo }: Sampled): boolean {
  return seqNo !== undefined && word.seqNo !== undefined && seqNoStuck === undefined && seqNo < word.seqNo;
}

/** Whole seconds, and what a station needs to write a start down. */
const startMs = 2000;

/** True for values of a session: those measured in it, and those that name it, unless they are clearly from before it. */
export function isOf({ transaction, named }: Subject, group: PlacedGroup): boolean {
  if (!named) return isWithin(transaction, group);
  return transaction.foreign === true || group.measuredAt >= transaction.startedAt - beginMs;
}

/** True for what was measured while a session ran, as far as its start and end are known. */
export function isWithin({ startedAt, endedAt, foreign }: Transaction, { measuredAt }: PlacedGroup): boolean {
  const begun = foreign === true || measuredAt >= startedAt - startMs;
  return begun && (endedAt === undefined || measuredAt <= endedAt);
}

/** The register of the begin: told at the begin, or told again. Growatt marks every value so, which go by their time. */
export function isBegin({ meterStart, startedAt, foreign }: Transaction, { at }: Reading, value: number): boolean {
  return value === meterStart || at - startedAt <= beginMs || foreign === true;
}
