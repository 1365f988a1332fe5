import { isBeforeBoot, transactionFrame } from "../age.ts";
import type { StatusReported, TransactionEnded, TransactionStarted, TransactionUpdated } from "../events.ts";
import { findEvse } from "../evses.ts";
import type { ConnectorState, StationState, Transaction } from "../model.ts";
import {
  asNotEnded,
  asRunning,
  displaceFor,
  findTransaction,
  newTransaction,
  placeOf,
  putTransaction,
  type Stamped,
} from "../transactions/ledger.ts";
import { missingBefore, placeIn, type Told, withTold } from "../transactions/order.ts";
import { ownTime } from "../transactions/own-time.ts";

/** Folds a start. The same start told again changes nothing; one that we only knew from its values gets its beginning. A start that is
 * older than another on its EVSE is told late: it goes on record and takes no place. */
export function foldStarted(state: StationState, event: Stamped<TransactionStarted>): StationState {
  const evse = placeOf(state, event.evse);
  const known = findTransaction(state, event.id);
  if (evse === undefined || isRepeatedStart(known, event)) return state;
  const told = toldOf(state, event);
  const held = known && (known.state !== "ended" || known.foreign) ? known : undefined;
  const base = held ? withTold(held, told) : withTold(newTransaction(event.id, evse, told.ownAt, event.seq), told);
  const late = held !== undefined && placeIn(held, told) === "late";
  const started: Transaction = {
    ...base,
    evse,
    connector: event.connector ?? base.connector,
    token: base.token ?? event.token,
    startedAt: held?.foreign ? Math.min(held.startedAt, told.ownAt) : base.startedAt,
    startFrame: base.foreign ? event.seq : base.startFrame,
    stationStart: base.stationStart ?? event.stationTime,
    meterStart: event.meterStart ?? base.meterStart ?? registerOf(base, event.seq),
    chargingState: late ? base.chargingState : (event.chargingState ?? base.chargingState),
    offline: event.offline || base.offline || undefined,
    remoteStartId: event.remoteStartId ?? base.remoteStartId,
    foreign: undefined,
  };
  started.meterNow = base.meterNow ?? started.meterStart;
  if (started.state !== "running") return putTransaction(state, started);
  const later = laterOn(state, started);
  if (later) {
    const because = { because: "next-start", at: later.startedAt, frame: later.startFrame } as const;
    return putTransaction(state, { ...asNotEnded(started, because), historic: true });
  }
  return putTransaction(withPlaceFor(state, started), started);
}

/** Another transaction on the EVSE that began later by the station's own order. */
function laterOn(state: StationState, { id, evse, startedAt }: Transaction): Transaction | undefined {
  return state.transactions.find((other) => other.evse === evse && other.id !== id && other.startedAt > startedAt);
}

/** Those that ran where another has begun are over: an EVSE has one at a time. */
function withPlaceFor(state: StationState, { id, evse, startedAt: at, startFrame: frame }: Transaction): StationState {
  const held = state.transactions.filter(
    (item) => item.evse === evse && item.id !== id && (item.state === "running" || item.displacedBy === id),
  );
  return held.reduce(
    (next, item) => putTransaction(next, asNotEnded(item, { because: "next-start", at, frame })),
    state,
  );
}

/** A start that comes again after the end: its first answer was lost, or a queue is sent anew. */
function isRepeatedStart(known: Transaction | undefined, event: TransactionStarted): boolean {
  if (!known || known.endedAt === undefined || known.foreign) return false;
  return event.offline === true || event.stationTime === undefined || event.stationTime === known.stationStart;
}

/** Folds what a station tells of a transaction under way; an unknown id makes a foreign one. What is late moves nothing; what is of
 * now and of one that was thought to be over brings it back. */
export function foldUpdated(state: StationState, event: Stamped<TransactionUpdated>): StationState {
  const known = findTransaction(state, event.id);
  const told = toldOf(state, event);
  if (known?.state === "ended")
    return known.seqNoStuck ? state : putTransaction(state, { ...withTold(known, told), word: known.word });
  const base = known ?? foreign(state, event, told);
  if (!base) return state;
  const next: Transaction = {
    ...(known ? withTold(base, told) : base),
    evse: event.evse || base.evse,
    connector: event.connector ?? base.connector,
    token: base.token ?? event.token,
  };
  if (known && placeIn(known, told) === "late") return putTransaction(state, next);
  const running = { ...asRunning(next), chargingState: event.chargingState ?? base.chargingState };
  if (isOfNow(state, next, told, event.offline === true)) {
    return putTransaction(displaceFor(state, running.evse, running.id), running);
  }
  if (known) return putTransaction(state, next);
  return putTransaction(state, { ...next, state: "displaced", historic: true });
}

/** True for a message that shows that its transaction runs: not one from before what shows that it is over, or from before another began
 * there. */
function isOfNow(state: StationState, { id, evse, notEnded }: Transaction, { ownAt }: Told, offline: boolean): boolean {
  if (notEnded && ownAt <= notEnded.at) return false;
  const other = state.transactions.find((item) => item.evse === evse && item.id !== id && item.state === "running");
  return !other || (!offline && ownAt >= other.startedAt);
}

/** Folds an end. A late first end is the first and ends it, whatever was thought of it; the end told again changes nothing but what
 * was missing. */
export function foldEnded(state: StationState, event: Stamped<TransactionEnded>): StationState {
  const known = findTransaction(state, event.id);
  const told = toldOf(state, event);
  const base = known ?? foreign(state, event, told);
  if (!base) return state;
  const again = base.state === "ended";
  const evse = event.evse || base.evse;
  const { chargingState: _over, notEnded: _thought, displacedBy: _by, ...rest } = again ? base : withTold(base, told);
  const ended: Transaction = {
    ...rest,
    state: "ended",
    evse,
    connector: event.connector ?? base.connector,
    token: base.token ?? event.token,
    endedAt: base.endedAt ?? told.ownAt,
    endFrame: base.endFrame ?? event.seq,
    stationEnd: base.stationEnd ?? event.stationTime,
    meterStop: base.meterStop ?? event.meterStop ?? registerOf(base, event.seq),
    endReason: base.endReason ?? event.reason,
    offline: (!again && event.offline) || base.offline || undefined,
  };
  ended.meterNow = ended.meterStop ?? base.meterNow;
  if (!again && event.reason === undefined && wasStoppedByUs(state, event)) ended.ownStop = true;
  return putTransaction(state, ended);
}

/** The register that the frame of this number told, Wh: values of the very frame that starts or ends it may be folded before it. */
function registerOf({ meter: { last } }: Transaction, frame: number): number | undefined {
  return last?.frame === frame ? last.value : undefined;
}

/** How long an end may come after our stop for that to be its cause, ms. */
const stopTakesMs = 600_000;

function wasStoppedByUs({ commands }: StationState, { id, at }: Stamped<TransactionEnded>): boolean {
  return commands.some(
    ({ name, args, sentAt, outcome }) =>
      name === "stop" &&
      args.transaction === id &&
      at - sentAt <= stopTakesMs &&
      (outcome === undefined || outcome.result === "accepted" || outcome.result === "scheduled"),
  );
}

/** What a status says of the transaction on its connector: a free connector has none, one that charges after a restart has the one
 * that it had.
 * @param before the connector as it was */
export function foldConnector(
  state: StationState,
  event: Stamped<StatusReported>,
  before: ConnectorState | undefined,
): StationState {
  const held = findEvse(state, event.evse)?.transaction;
  if (!held || (held.connector !== undefined && held.connector !== Math.max(event.connector, 1))) return state;
  const at = ownTime(state, event.stationTime, event.at);
  if (event.status === "Available" && held.state === "running" && isOver(state, held, before, at)) {
    const because = isBeforeBoot(state, transactionFrame(held)) ? "boot" : "free";
    return putTransaction(state, asNotEnded(held, { because, at, frame: event.seq }));
  }
  const back = held.state === "not-ended" && held.notEnded?.because === "boot" && chargingWords.has(event.status);
  return back ? putTransaction(state, asRunning(held)) : state;
}

const chargingWords: ReadonlySet<string> = new Set(["Charging", "SuspendedEV", "SuspendedEVSE"]);

/** A connector that becomes free. One that was free from the beginning, as after a card before the plug, says nothing; nor does one
 * whose station says itself that the transaction goes on without a car (2.x, Idle). */
function isOver(state: StationState, held: Transaction, before: ConnectorState | undefined, at: number): boolean {
  if (at < held.startedAt || held.chargingState === "Idle") return false;
  if (isBeforeBoot(state, transactionFrame(held))) return true;
  return before?.status !== undefined && before.status !== "Available";
}

function toldOf(
  state: StationState,
  { seqNo, stationTime, at, seq }: Stamped<{ seqNo?: number; stationTime?: string }>,
): Told {
  return { seqNo, stationTime, at, ownAt: ownTime(state, stationTime, at), frame: seq };
}

/** A transaction nobody told us of, if it is known where. */
function foreign(
  state: StationState,
  event: Stamped<{ id: string; evse?: number; seqNo?: number }>,
  told: Told,
): Transaction | undefined {
  const evse = placeOf(state, event.evse);
  if (evse === undefined) return undefined;
  const made = withTold(newTransaction(event.id, evse, told.ownAt, event.seq), told);
  const missing = missingBefore(event.seqNo);
  return missing.length > 0 ? { ...made, missing, foreign: true } : { ...made, foreign: true };
}
