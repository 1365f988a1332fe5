import type { Sampled, StationEvent, TransactionEnded, TransactionStarted } from "./events.ts";
import { findEvse } from "./evses.ts";
import { type Finding, finding, observed } from "./findings.ts";
import { judgeBooted } from "./fold-boot.ts";
import { energyRegister, isRegister } from "./fold-samples.ts";
import { endedIds, findTransaction } from "./fold-transactions.ts";
import type { StationState, Transaction } from "./model.ts";
import { words } from "./phrases.ts";
import { readStationTime } from "./time.ts";

/** Judges an event against the state before it, for what no message shows by itself: registers that run backwards or start
 * over, and what is told again or too late. */
export function judgeEvent(state: StationState, event: StationEvent): Finding[] {
  switch (event.kind) {
    case "sampled":
      return judgeSampled(state, event);
    case "transaction-started":
      return judgeStart(state, event);
    case "transaction-ended":
      return judgeEnd(state, event);
    case "booted":
      return judgeBooted(state, event);
    default:
      return [];
  }
}

function judgeSampled(state: StationState, event: Sampled): Finding[] {
  const late = judgeLate(state, event);
  if (late) return [late];
  const held = event.evse > 0 ? findEvse(state, event.evse)?.transaction : undefined;
  const transaction = held ?? (event.transaction === undefined ? undefined : findTransaction(state, event.transaction));
  if (!transaction || transaction.endedAt !== undefined) return [];
  if (event.transaction !== undefined && event.transaction !== transaction.id) return [];
  const register = judgeRegister(state, transaction, event);
  const begin = judgeBegin(transaction, event);
  if (register === null) return begin ? [begin] : [];
  return begin ? [register, begin] : [register];
}

/** Values that name a transaction which has ended: Ocular sends the closing ones after StopTransaction. */
function judgeLate(state: StationState, event: Sampled): Finding | null {
  const id = event.transaction;
  if (id === undefined || event.offline) return null;
  const known = findTransaction(state, id);
  if (known ? known.endedAt === undefined : !endedIds(state).includes(id)) return null;
  return observed(
    "values-after-end",
    `transaction, EVSE ${event.evse}`,
    words("transaction", { id }),
    words("before-its-end"),
  );
}

/** The energy register of a running transaction never runs backwards. 1 Wh is let pass: meterStart is a whole number, and so
 * rounded. Below the start it counts something else. */
function judgeRegister(state: StationState, transaction: Transaction, event: Sampled): Finding | null {
  const { meterStart } = transaction;
  let last = transaction.meterNow ?? meterStart;
  for (const { stationTime, samples } of event.groups) {
    for (const sample of samples) {
      if (!isRegister(sample)) continue;
      const { value } = sample;
      if (last !== undefined && value < last - 1) {
        if (isPast(state, transaction, sample.context, stationTime)) continue;
        const over = meterStart !== undefined && last >= meterStart && value < meterStart - 1;
        return over ? startsOver(transaction.evse, value, meterStart) : backwards(transaction, value, last);
      }
      last = value;
    }
  }
  return null;
}

/** True for a value that is older than the last one: 1.6 tells the whole transaction again in StopTransaction. */
function isPast(state: StationState, transaction: Transaction, context?: string, stationTime?: string): boolean {
  if (context === "Transaction.Begin" && transaction.meterStart !== undefined) return true;
  const time = readStationTime(stationTime);
  const live = findEvse(state, transaction.evse)?.live.find(isRegister);
  const last = readStationTime(live?.stationTime);
  return time !== undefined && last !== undefined && time < last;
}

/** The values of a begin are measured at the begin, give or take what a station needs to write them. */
const beginMs = 60_000;

function judgeBegin(transaction: Transaction, event: Sampled): Finding | null {
  const start = readStationTime(transaction.stationStart);
  if (start === undefined) return null;
  for (const { stationTime, samples } of event.groups) {
    if (samples[0]?.context !== "Transaction.Begin") continue;
    const time = readStationTime(stationTime);
    if (time === undefined || time - start <= beginMs) continue;
    const where = `context, EVSE ${transaction.evse}`;
    const begun = words("begun-at", { time: transaction.stationStart ?? "" });
    return observed("repeated-begin", where, words("begin-at", { time: stationTime ?? "" }), begun);
  }
  return null;
}

/** A register that stands lower than at the end before counts each session by itself. */
function judgeStart(state: StationState, event: TransactionStarted): Finding[] {
  const historic = judgeHistoric(state, event, "start");
  const before = findEvse(state, event.evse)?.transaction;
  const stop = before?.endedAt === undefined ? undefined : before.meterStop;
  if (event.offline || before?.id === event.id || stop === undefined || event.meterStart === undefined) return historic;
  return event.meterStart < stop - 1 ? [...historic, startsOver(event.evse, event.meterStart, stop)] : historic;
}

function judgeEnd(state: StationState, event: TransactionEnded): Finding[] {
  const known = findTransaction(state, event.id);
  if (known ? known.endedAt !== undefined : endedIds(state).includes(event.id)) {
    return [observed("repeated-stop", "transaction", words("transaction", { id: event.id }))];
  }
  const findings = judgeHistoric(state, event, "end");
  if (!known || event.meterStop === undefined) return findings;
  const { meterStop } = event;
  const { meterStart } = known;
  const last = known.meterNow ?? meterStart;
  if (last !== undefined && meterStop < last - 1) {
    const over = meterStart !== undefined && last >= meterStart && meterStop < meterStart - 1;
    findings.push(over ? startsOver(known.evse, meterStop, meterStart) : backwards(known, meterStop, last));
  } else if (meterStart !== undefined && meterStop < meterStart) {
    // Huawei rounds the end down and the start up.
    const where = `${energyRegister}, EVSE ${known.evse}`;
    findings.push(finding("register-rounded", where, `${meterStop} Wh`, `>= ${meterStart} Wh`));
  }
  return findings;
}

/** Alfen and others send transactions from a time when somebody else was asked. */
function judgeHistoric(
  state: StationState,
  event: TransactionStarted | TransactionEnded,
  what: "start" | "end",
): Finding[] {
  const time = event.offline ? readStationTime(event.stationTime) : undefined;
  if (time === undefined || time >= state.firstSeenAt - beginMs) return [];
  const since = words("after-time", { time: new Date(state.firstSeenAt).toISOString() });
  const said = words("transaction-at", { id: event.id, time: event.stationTime ?? "" });
  return [observed("historic-transaction", `transaction ${what}`, said, since)];
}

function startsOver(evse: number, value: number, last: number): Finding {
  return finding("session-energy", `${energyRegister}, EVSE ${evse}`, `${value} Wh`, `>= ${last} Wh`);
}

function backwards(transaction: Transaction, value: number, last: number): Finding {
  return finding("register-backwards", `${energyRegister}, EVSE ${transaction.evse}`, `${value} Wh`, `>= ${last} Wh`);
}
