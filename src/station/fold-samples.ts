import type { Sampled } from "./events.ts";
import { findEvse, learnConnector, withEvse } from "./evses.ts";
import { endedIds, findTransaction, placeOf, putTransaction, type Stamped } from "./fold-transactions.ts";
import type { LiveSample, Sample, StationState, Transaction } from "./model.ts";

/** The measurand that counts a transaction's energy, Wh (1.6 7.32; 2.0.1 3.59). */
export const energyRegister = "Energy.Active.Import.Register";

// What stations write for "no transaction" where the field has to hold something.
const noTransaction = new Set(["", "0", "-1"]);

/** Folds measured values: the latest of each series, and the register of the transaction they belong to. */
export function foldSampled(state: StationState, event: Stamped<Sampled>): StationState {
  if (event.evse < 1) {
    return foldRegisterById({ ...state, live: mergeLive(state.live, event) }, event);
  }
  let counted = event.transaction === undefined;
  const next = withEvse(state, event.evse, (known) => {
    const evse = learnConnector(known, event.connector);
    const transaction = evse.transaction;
    const live = mergeLive(evse.live, event);
    if (!transaction || !takesRegister(transaction, event)) return { ...evse, live };
    counted = true;
    return { ...evse, live, transaction: withRegisters(transaction, event) };
  });
  return counted ? next : foldRegisterById(next, event);
}

/** A running transaction takes what its EVSE measures, an ended one only what names it. */
function takesRegister(transaction: Transaction, event: Sampled): boolean {
  return transaction.endedAt === undefined || transaction.id === event.transaction;
}

/** For values that name a transaction which their EVSE does not hold: it is elsewhere, or it is a foreign one. */
function foldRegisterById(state: StationState, event: Stamped<Sampled>): StationState {
  const id = event.transaction;
  if (id === undefined || noTransaction.has(id)) return state;
  const known = findTransaction(state, id);
  if (known) return putTransaction(state, withRegisters(known, event));
  const place = placeOf(state, event.evse);
  if (place === undefined || endedIds(state).includes(id)) return state;
  const held = findEvse(state, place)?.transaction;
  if (held && held.endedAt === undefined) return state;
  const foreign: Transaction = { id, evse: place, startedAt: event.at, startFrame: event.seq, foreign: true };
  if (event.connector !== undefined) foreign.connector = event.connector;
  return putTransaction(state, withRegisters(foreign, event));
}

function withRegisters(transaction: Transaction, event: Stamped<Sampled>): Transaction {
  const named = event.transaction === undefined || event.transaction === transaction.id;
  const ended = transaction.endedAt !== undefined;
  if (ended && transaction.meterStop !== undefined) return transaction;
  let { meterStart, meterNow, meterStop } = transaction;
  for (const group of event.groups) {
    for (const sample of group.samples) {
      if (!isRegister(sample)) continue;
      const { value, context } = sample;
      // Under another id it is a stale id on a current value, or an old value: only what counts on is taken.
      if (!named && value < (meterNow ?? meterStart ?? value)) continue;
      if (meterStart === undefined && named && marksStart(transaction, context, event.seq)) meterStart = value;
      if (ended && (context === "Transaction.End" || event.seq === transaction.endFrame)) meterStop = value;
      meterNow = value;
    }
  }
  if (
    meterNow === transaction.meterNow &&
    meterStart === transaction.meterStart &&
    meterStop === transaction.meterStop
  ) {
    return transaction;
  }
  return { ...transaction, meterStart, meterNow, meterStop };
}

function marksStart(transaction: Transaction, context: string | undefined, seq: number): boolean {
  return context === "Transaction.Begin" || (seq === transaction.startFrame && !transaction.foreign);
}

/** True for a value of the register that counts a transaction: imported energy, all phases, at the outlet. */
export function isRegister(sample: Sample): boolean {
  return (
    sample.measurand === energyRegister &&
    sample.phase === undefined &&
    (sample.location === undefined || sample.location === "Outlet") &&
    isReadable(sample)
  );
}

/** False for a signed value whose digits are inside the signature: it has no number to show. */
function isReadable(sample: Sample): boolean {
  return Number.isFinite(sample.value) && (sample.signed === undefined || sample.said !== "");
}

/** The list with the latest value of each measurand, phase and location. */
function mergeLive(live: readonly LiveSample[], event: Stamped<Sampled>): LiveSample[] {
  const merged = live.slice();
  // Stations repeat their values in one order: the next one is mostly the one after the last.
  let hint = 0;
  for (const group of event.groups) {
    const { stationTime } = group;
    for (const sample of group.samples) {
      if (!isReadable(sample)) continue;
      const value: LiveSample = { ...sample, at: event.at, stationTime, frame: event.seq };
      const likely = merged[hint];
      const at = likely && isSameSeries(likely, sample) ? hint : merged.findIndex((item) => isSameSeries(item, sample));
      if (at < 0) merged.push(value);
      else merged[at] = value;
      hint = at < 0 ? merged.length : at + 1;
      if (hint >= merged.length) hint = 0;
    }
  }
  return merged;
}

function isSameSeries(a: Sample, b: Sample): boolean {
  return a.measurand === b.measurand && a.phase === b.phase && (a.location ?? "Outlet") === (b.location ?? "Outlet");
}
