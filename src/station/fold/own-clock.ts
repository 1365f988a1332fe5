import { aheadMs } from "../bounds.ts";
import type { OwnClockSet } from "../events.ts";
import type { Finding } from "../findings.ts";
import type { ClockState, ConnectorState, LiveSample, Reading, StationState, Transaction } from "../model.ts";
import { readStationTime } from "../time.ts";
import type { Stamped } from "../transactions/ledger.ts";

/** Our own clock was set. What the state says of now is said by the clock as it is now, so that what lasts goes on to be as long as it
 * is, and the station's clock stands to ours as it does; what is over keeps its times in the record. Where the computer may have slept
 * instead, nothing moves: its clock went on. */
export function foldOwnClock(state: StationState, { byMs, orSlept, at, seq }: Stamped<OwnClockSet>): StationState {
  const movedMs = (state.ownClock?.movedMs ?? 0) + byMs;
  const ownClock = { movedMs, at, frame: seq };
  return { ...(orSlept ? state : moved(state, byMs)), ownClock };
}

/** How far the station's clock is off, and how far that is our own doing: a station that agrees with our clock as it was before we set
 * it is not off. Null where it never told the time. */
export function clockOff({
  clock,
  ownClock,
}: Pick<StationState, "clock" | "ownClock">): { stationMs: number; ownMs: number } | null {
  if (!clock) return null;
  const before = clock.offsetMs + (ownClock?.movedMs ?? 0);
  return ownClock && Math.abs(before) < Math.abs(clock.offsetMs)
    ? { stationMs: before, ownMs: ownClock.movedMs }
    : { stationMs: clock.offsetMs, ownMs: 0 };
}

/** Whether a time seems to lie ahead only because our own clock was set back.
 * @param at our clock, when it was told */
export function isOfOwnClock({ ownClock }: StationState, { rule, said }: Finding, at: number): boolean {
  if (rule !== "time-implausible" || !ownClock || typeof said !== "string") return false;
  const time = readStationTime(said);
  return time !== undefined && time > at && time <= at - ownClock.movedMs + aheadMs;
}

function moved(state: StationState, by: number): StationState {
  const transactions = state.transactions.map((transaction) => movedTransaction(transaction, by));
  const clock = (known: ClockState | undefined) =>
    known && { ...known, offsetMs: known.offsetMs - by, at: known.at + by };
  return {
    ...state,
    // The earlier of the two: what was first is told of by frames on record.
    firstSeenAt: Math.min(state.firstSeenAt, state.firstSeenAt + by),
    lastSeenAt: state.lastSeenAt + by,
    link: { ...state.link, since: later(state.link.since, by) },
    boot: state.boot && {
      ...state.boot,
      at: state.boot.at + by,
      ...(state.boot.before && { before: state.boot.before.map((at) => at + by) }),
    },
    clock: clock(state.clock),
    clockDoubt: clock(state.clockDoubt),
    station: state.station && movedConnector(state.station, by),
    live: movedSamples(state.live, by),
    evses: state.evses.map((evse) => ({
      ...evse,
      connectors: evse.connectors.map((connector) => movedConnector(connector, by)),
      live: movedSamples(evse.live, by),
      transaction: evse.transaction && transactions.find(({ id }) => id === evse.transaction?.id),
    })),
    transactions,
    reports: state.reports?.map((report) => movedMark(report, by)),
    firmware: state.firmware && movedMark(state.firmware, by),
    diagnostics: state.diagnostics && movedMark(state.diagnostics, by),
    certificates: state.certificates && movedMark(state.certificates, by),
    asked: state.asked && {
      ...state.asked,
      boot: later(state.asked.boot, by),
      status: later(state.asked.status, by),
    },
    commands: state.commands.map((command) => ({
      ...command,
      sentAt: command.sentAt + by,
      doneAt: later(command.doneAt, by),
      ...(command.effect && { effect: movedMark(command.effect, by) }),
    })),
  };
}

function movedTransaction(transaction: Transaction, by: number): Transaction {
  const { meter } = transaction;
  const reading = (known: Reading | undefined) => known && movedMark(known, by);
  return {
    ...transaction,
    startedAt: transaction.startedAt + by,
    powerAt: later(transaction.powerAt, by),
    endedAt: later(transaction.endedAt, by),
    word: movedMark(transaction.word, by),
    meter: {
      ...meter,
      first: reading(meter.first),
      last: reading(meter.last),
      flow: meter.flow && { ...meter.flow, since: meter.flow.since + by },
    },
    notEnded: transaction.notEnded && movedMark(transaction.notEnded, by),
  };
}

function movedMark<T extends { at: number }>(mark: T, by: number): T {
  return { ...mark, at: mark.at + by };
}

function movedConnector(connector: ConnectorState, by: number): ConnectorState {
  const { statusAt, at, problems } = connector;
  return {
    ...connector,
    statusAt: later(statusAt, by),
    at: later(at, by),
    ...(problems && { problems: problems.map((one) => ({ ...one, since: one.since + by })) }),
  };
}

function movedSamples(samples: readonly LiveSample[], by: number): LiveSample[] {
  return samples.map((sample) => ({ ...sample, at: sample.at + by, measuredAt: sample.measuredAt + by }));
}

function later(at: number | undefined, by: number): number | undefined {
  return at === undefined ? undefined : at + by;
}
