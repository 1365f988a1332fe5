import type { TransactionEnded, TransactionStarted, TransactionUpdated } from "./events.ts";
import { findEvse, learnConnector, withEvse } from "./evses.ts";
import type { StationState, Transaction } from "./model.ts";

/** An event's body with when it came and on which frame's word. */
export type Stamped<Body> = Body & { at: number; seq: number };

const rememberedEnds = 20;

/** Ids of the transactions that ended last. */
export function endedIds(state: StationState): readonly string[] {
  return state.ended ?? [];
}

/** The transaction of this id, running or last on its EVSE. */
export function findTransaction(state: StationState, id: string): Transaction | undefined {
  return state.evses.find((item) => item.transaction?.id === id)?.transaction;
}

/** Where a transaction goes: the EVSE that was said, or the only one there is. */
export function placeOf(state: StationState, evse: number | undefined): number | undefined {
  if (evse !== undefined && evse > 0) return evse;
  return state.evses.length === 1 ? state.evses[0]?.evse : undefined;
}

/** Puts a transaction on its EVSE: away from where it was, and in place of what was there. */
export function putTransaction(state: StationState, transaction: Transaction): StationState {
  const { id, evse, connector } = transaction;
  let next = state;
  for (const other of state.evses) {
    if (other.evse === evse || other.transaction?.id !== id) continue;
    next = withEvse(next, other.evse, (known) => ({ ...known, transaction: undefined }));
  }
  const displaced = findEvse(next, evse)?.transaction;
  if (displaced && displaced.id !== id) next = rememberEnd(next, displaced.id);
  next = withEvse(next, evse, (known) => ({ ...learnConnector(known, connector), transaction }));
  if (transaction.endedAt !== undefined) return rememberEnd(next, id);
  if (!endedIds(next).includes(id)) return next;
  return { ...next, ended: endedIds(next).filter((item) => item !== id) };
}

function rememberEnd(state: StationState, id: string): StationState {
  const ended = endedIds(state);
  return ended.includes(id) ? state : { ...state, ended: [...ended, id].slice(-rememberedEnds) };
}

/** Folds a start. The same start told again changes nothing; one that we only knew from its values gets its beginning. */
export function foldStarted(state: StationState, event: Stamped<TransactionStarted>): StationState {
  const evse = placeOf(state, event.evse);
  const known = findTransaction(state, event.id);
  if (evse === undefined || isRepeatedStart(state, known, event)) return state;
  const running = known?.endedAt === undefined ? known : undefined;
  const base: Transaction = running ?? { id: event.id, evse, startedAt: event.at, startFrame: event.seq };
  // Values of the very frame that starts it may be folded before it.
  const first = base.startFrame === event.seq ? base.meterNow : undefined;
  const meterStart = event.meterStart ?? base.meterStart ?? first;
  return putTransaction(state, {
    ...base,
    evse,
    connector: event.connector ?? base.connector,
    token: base.token ?? event.token,
    startFrame: base.foreign ? event.seq : base.startFrame,
    stationStart: base.stationStart ?? event.stationTime,
    meterStart,
    meterNow: base.meterNow ?? meterStart,
    chargingState: event.chargingState ?? base.chargingState,
    offline: event.offline || base.offline || undefined,
    remoteStartId: event.remoteStartId ?? base.remoteStartId,
    foreign: undefined,
  });
}

/** A start that comes again after the end: its first answer was lost, or a queue is sent anew. */
function isRepeatedStart(state: StationState, known: Transaction | undefined, event: TransactionStarted): boolean {
  if (!known) return event.offline === true && endedIds(state).includes(event.id);
  if (known.endedAt === undefined) return false;
  return event.offline === true || event.stationTime === undefined || event.stationTime === known.stationStart;
}

/** Folds what a station tells of a transaction under way; an unknown id makes a foreign one. */
export function foldUpdated(state: StationState, event: Stamped<TransactionUpdated>): StationState {
  const known = findTransaction(state, event.id);
  if (known ? known.endedAt !== undefined : endedIds(state).includes(event.id)) return state;
  const base = known ?? foreign(state, event, event.offline === true);
  if (!base) return state;
  return putTransaction(state, {
    ...base,
    evse: event.evse || base.evse,
    connector: event.connector ?? base.connector,
    token: base.token ?? event.token,
    chargingState: event.chargingState ?? base.chargingState,
  });
}

/** Folds an end. The transaction stays on its EVSE as the last one. */
export function foldEnded(state: StationState, event: Stamped<TransactionEnded>): StationState {
  const known = findTransaction(state, event.id);
  if (!known && endedIds(state).includes(event.id)) return state;
  const base = known ?? foreign(state, event, true);
  // An end from before does not take the place of what is running.
  if (!base) return rememberEnd(state, event.id);
  const again = base.endedAt !== undefined;
  const evse = event.evse || base.evse;
  const meterStop = base.meterStop ?? event.meterStop ?? registerOf(state, evse, event.seq);
  return putTransaction(state, {
    ...base,
    evse,
    connector: event.connector ?? base.connector,
    token: base.token ?? event.token,
    endedAt: base.endedAt ?? event.at,
    endFrame: base.endFrame ?? event.seq,
    stationEnd: base.stationEnd ?? event.stationTime,
    meterStop,
    meterNow: meterStop ?? base.meterNow,
    endReason: base.endReason ?? event.reason,
    offline: (!again && event.offline) || base.offline || undefined,
    chargingState: undefined,
  });
}

/** A transaction nobody told us of, if there is a place for it. `yields`: not where another one is running. */
function foreign(
  state: StationState,
  event: Stamped<{ id: string; evse?: number }>,
  yields: boolean,
): Transaction | undefined {
  const evse = placeOf(state, event.evse);
  if (evse === undefined) return undefined;
  const held = findEvse(state, evse)?.transaction;
  if (yields && held && held.endedAt === undefined) return undefined;
  return { id: event.id, evse, startedAt: event.at, startFrame: event.seq, foreign: true };
}

/** The register that the frame of this number told, Wh. */
function registerOf(state: StationState, evse: number, seq: number): number | undefined {
  const live = findEvse(state, evse)?.live.find(
    (item) => item.measurand === "Energy.Active.Import.Register" && item.phase === undefined && item.frame === seq,
  );
  return live?.value;
}
