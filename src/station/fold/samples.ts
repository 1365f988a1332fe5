import type { Sampled } from "../events.ts";
import { learnConnector, withEvse } from "../evses.ts";
import type { LiveSample, Reading, Sample, StationState, Transaction } from "../model.ts";
import { powerOf } from "../power.ts";
import { readStationTime } from "../time.ts";
import { flowWith } from "../transactions/flow.ts";
import {
  asRunning,
  displaceFor,
  findTransaction,
  putTransaction,
  runningOn,
  type Stamped,
} from "../transactions/ledger.ts";
import { isOlder, type PlacedGroup, placeGroups } from "../transactions/own-time.ts";
import { isReadable, registersOf, withReading } from "../transactions/session-energy.ts";
import { isBegin, isLate, isOf, isWithin, type Subject, subjectOf } from "../transactions/subject.ts";

/** Folds measured values: the latest of each series, and what they say of the transaction they belong to. What was told late or is
 * older than what stands is on record, and moves nothing. */
export function foldSampled(state: StationState, event: Stamped<Sampled>): StationState {
  const groups = placeGroups(state, event);
  const subject = subjectOf(state, event, groups);
  const late = subject !== undefined && isLate(subject.transaction, event);
  const current = late ? [] : groups.filter((group) => !group.late);
  let next = state;
  if (event.evse < 1) next = { ...state, live: mergeLive(state.live, event, current) };
  else {
    next = withEvse(state, event.evse, (known) => {
      const evse = learnConnector(known, event.connector);
      return { ...evse, live: mergeLive(evse.live, event, current) };
    });
  }
  return subject
    ? foldSession(next, event, subject, late ? groups.map((group) => ({ ...group, late })) : groups)
    : next;
}

function foldSession(
  state: StationState,
  event: Stamped<Sampled>,
  subject: Subject,
  groups: readonly PlacedGroup[],
): StationState {
  const { transaction, named } = subject;
  let session = transaction;
  for (const group of groups) {
    if (isOf(subject, group)) session = withGroup(session, group, subject, event.seq);
  }
  if (named && groups.some(({ late }) => !late)) session = { ...session, valueFrame: event.seq };
  if (named && bringsBack(state, session, groups)) {
    session = asRunning(session);
    return putTransaction(displaceFor(state, session.evse, session.id), session);
  }
  const isNew = findTransaction(state, session.id) === undefined;
  return session === transaction && !isNew ? state : putTransaction(state, session);
}

/** Values of now that name a transaction show that it runs: not one after whose place another began. */
function bringsBack(state: StationState, session: Transaction, groups: readonly PlacedGroup[]): boolean {
  const { notEnded, evse } = session;
  if (session.state !== "displaced" && session.state !== "not-ended") return false;
  if (notEnded && (notEnded.because === "next-start" || runningOn(state, evse))) return false;
  return groups.some(
    ({ late, measuredAt, samples }) =>
      !late && measuredAt > (notEnded?.at ?? 0) && samples.some(({ context }) => !marksBorder(context)),
  );
}

function marksBorder(context: string | undefined): boolean {
  return context === "Transaction.Begin" || context === "Transaction.End";
}

function withGroup(
  transaction: Transaction,
  group: PlacedGroup,
  { named, otherName }: Subject,
  frame: number,
): Transaction {
  const next = { ...transaction };
  for (const { value, context, phases } of registersOf(group.samples)) {
    const reading: Reading = { value, at: group.measuredAt, frame };
    if (context === "Transaction.Begin" && named && isBegin(next, reading, value)) {
      if (next.meterStart === undefined) next.meterStart = value;
      next.meterNow ??= value;
      continue;
    }
    if (context === "Transaction.End" && named) {
      if (next.state === "ended") {
        next.meterStop ??= value;
        next.meterNow = next.meterStop;
      }
      continue;
    }
    if (isEndTold(next)) continue;
    if (next.meterStart === undefined && named && frame === next.startFrame && !next.foreign) next.meterStart = value;
    next.meter = withReading(
      next.meter,
      { reading, named, otherName, phases },
      { value: next.meterStart, at: next.startedAt },
    );
    if (next.state === "ended" && named && frame === next.endFrame) next.meterStop = value;
    next.meterNow = next.meterStop ?? next.meter.last?.value ?? next.meterNow;
  }
  if (!next.meter.flowed && isWithin(next, group) && group.samples.some(isFlow))
    next.meter = { ...next.meter, flowed: true };
  const watts = named || !next.meter.named ? powerOf(group.samples) : undefined;
  if (watts !== undefined && isWithin(next, group) && group.measuredAt >= (next.powerAt ?? 0)) {
    next.meter = flowWith(next, group.measuredAt);
    next.powerW = watts;
    next.powerAt = group.measuredAt;
  }
  return next;
}

function isFlow({ measurand, value, location }: Sample): boolean {
  return measurand === "Energy.Active.Import.Interval" && value > 0 && (location ?? "Outlet") === "Outlet";
}

/** An end that named its register stands: what comes after it is of after it. */
function isEndTold({ state, meterStop }: Transaction): boolean {
  return state === "ended" && meterStop !== undefined;
}

/** The list with the latest value of each measurand, phase and location. */
function mergeLive(live: readonly LiveSample[], event: Stamped<Sampled>, groups: readonly PlacedGroup[]): LiveSample[] {
  const merged = live.slice();
  // Stations repeat their values in one order: the next one is mostly the one after the last.
  let hint = 0;
  for (const { stationTime, measuredAt, samples } of groups) {
    for (const sample of samples) {
      if (!isReadable(sample)) continue;
      const value = toLive(sample, event, measuredAt, stationTime);
      const likely = merged[hint];
      const at = likely && isSameSeries(likely, sample) ? hint : merged.findIndex((item) => isSameSeries(item, sample));
      const standing = merged[at];
      if (!standing) merged.push(value);
      else if (!isOverBy(value, standing)) merged[at] = value;
      hint = at < 0 ? merged.length : at + 1;
      if (hint >= merged.length) hint = 0;
    }
  }
  return merged;
}

/** Field by field: a spread of so many costs three times as much. */
function toLive(
  { measurand, unit, value, said, saidUnit, phase, location, context, signed }: Sample,
  { at, seq: frame }: Stamped<Sampled>,
  measuredAt: number,
  stationTime: string | undefined,
): LiveSample {
  return {
    measurand,
    unit,
    value,
    said,
    saidUnit,
    phase,
    location,
    context,
    signed,
    at,
    measuredAt,
    stationTime,
    frame,
  };
}

/** True for a value that does not move what stands: an older one, or a register's begin told again. */
function isOverBy(value: LiveSample, standing: LiveSample): boolean {
  if (value.measuredAt < standing.measuredAt) {
    const time = readStationTime(value.stationTime);
    const before = readStationTime(standing.stationTime);
    if (isOlder({ ownAt: value.measuredAt, time }, { ownAt: standing.measuredAt, time: before })) return true;
  }
  return value.context === "Transaction.Begin" && value.measurand.endsWith(".Register") && value.value < standing.value;
}

function isSameSeries(a: Sample, b: Sample): boolean {
  return a.measurand === b.measurand && a.phase === b.phase && (a.location ?? "Outlet") === (b.location ?? "Outlet");
}
