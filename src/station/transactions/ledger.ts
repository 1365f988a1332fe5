import { mostPastTransactions } from "../bounds.ts";
import { findEvse, learnConnector, withEvse } from "../evses.ts";
import type { EvseState, NotEnded, StationState, Transaction } from "../model.ts";
import { sessionEnergy } from "./session-energy.ts";

/** An event's body with when it came and on which frame's word. */
export type Stamped<Body> = Body & { at: number; seq: number };

/** The transaction of this id: one that runs, or one of the last that do not. */
export function findTransaction(state: StationState, id: string): Transaction | undefined {
  return state.transactions.find((item) => item.id === id);
}

/** The transaction that runs on an EVSE. */
export function runningOn(state: StationState, evse: number): Transaction | undefined {
  return state.transactions.findLast((item) => item.evse === evse && item.state === "running");
}

/** Where a transaction goes: the EVSE that was said, or the only one there is. */
export function placeOf(state: StationState, evse: number | undefined): number | undefined {
  if (evse !== undefined && evse > 0) return evse;
  return state.evses.length === 1 ? state.evses[0]?.evse : undefined;
}

/** A transaction of which nothing more is known than that it is there.
 * @param startedAt our clock, when it began as far as is known */
export function newTransaction(id: string, evse: number, startedAt: number, frame: number): Transaction {
  return {
    id,
    state: "running",
    evse,
    startedAt,
    startFrame: frame,
    meter: {},
    energyWh: null,
    energyFrom: null,
    powerW: null,
    word: { at: startedAt, frame },
  };
}

/** Puts a transaction into the ledger, in place of what was known of it, and has each EVSE hold the one that stands there. An EVSE has
 * one that runs: who takes the place of another that runs has to say what became of it. */
export function putTransaction(state: StationState, changed: Transaction): StationState {
  const transaction = { ...changed, ...sessionEnergy(changed) };
  const at = state.transactions.findIndex((item) => item.id === transaction.id);
  const before = state.transactions[at];
  const transactions = bounded(
    before ? state.transactions.with(at, transaction) : [...state.transactions, transaction],
    transaction,
    state.evses,
  );
  let next: StationState = { ...state, transactions };
  if (before && before.evse !== transaction.evse) next = withStanding(next, before.evse);
  next = withEvse(next, transaction.evse, (evse) => learnConnector(evse, transaction.connector));
  return withStanding(next, transaction.evse);
}

function withStanding(state: StationState, evse: number): StationState {
  if (!findEvse(state, evse)) return state;
  const here = state.transactions.filter((item) => item.evse === evse);
  const standing = here.reduce<Transaction | undefined>(
    (best, item) => (standsBefore(item, best) ? item : best),
    undefined,
  );
  return withEvse(state, evse, (known) =>
    known.transaction === standing ? known : { ...known, transaction: standing },
  );
}

/** One that runs stands before those that do not, and of two the one that began, or ended, later. */
function standsBefore(item: Transaction, best: Transaction | undefined): boolean {
  if (!best) return true;
  const runs = item.state === "running";
  if (runs !== (best.state === "running")) return runs;
  return runs ? item.startedAt >= best.startedAt : overAt(item) >= overAt(best);
}

function overAt({ endedAt, notEnded, word }: Transaction): number {
  return endedAt ?? notEnded?.at ?? word.at;
}

/** Past the bound those that do not run and stand on no EVSE go, told of longest ago first; never the one that was told of just now. An
 * EVSE has one that runs, so those have their bound in the EVSEs. */
function bounded(transactions: Transaction[], kept: Transaction, evses: readonly EvseState[]): Transaction[] {
  if (transactions.length <= mostPastTransactions) return transactions;
  const standing = new Set(evses.map(({ transaction }) => transaction?.id));
  const past = transactions.filter((item) => item !== kept && item.state !== "running" && !standing.has(item.id));
  if (past.length < mostPastTransactions) return transactions;
  const oldest = past.reduce((old, item) => (item.word.frame < old.word.frame ? item : old));
  return transactions.filter((item) => item !== oldest);
}

/** The transaction as one that is over though its end was not told. */
export function asNotEnded(transaction: Transaction, notEnded: NotEnded): Transaction {
  const { chargingState: _over, displacedBy: _by, ...rest } = transaction;
  return { ...rest, state: "not-ended", notEnded };
}

/** The transaction as one that runs, whatever was thought of it. */
export function asRunning(transaction: Transaction): Transaction {
  const { notEnded: _notEnded, displacedBy: _by, historic: _historic, ...rest } = transaction;
  return { ...rest, state: "running" };
}

/** The state with the place of a transaction free: what runs there is displaced by it. */
export function displaceFor(state: StationState, evse: number, id: string): StationState {
  const held = runningOn(state, evse);
  return held && held.id !== id ? putTransaction(state, { ...held, state: "displaced", displacedBy: id }) : state;
}
