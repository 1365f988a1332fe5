import { beginMs, powerFlowsW, staysMs } from "../bounds.ts";
import type { Sampled, StationEvent, TransactionEnded, TransactionStarted, VariablesReported } from "../events.ts";
import { findEvse } from "../evses.ts";
import { type Finding, finding, observed } from "../findings.ts";
import type { NotEnded, StationState, Transaction } from "../model.ts";
import { words } from "../phrases.ts";
import { powerOf } from "../power.ts";
import { readStationTime } from "../time.ts";
import { judgeRegisters, judgeStop } from "../transactions/judge-register.ts";
import { findTransaction, runningOn, type Stamped } from "../transactions/ledger.ts";
import { numbersTold } from "../transactions/order.ts";
import { ownTime, type PlacedGroup, placeGroups } from "../transactions/own-time.ts";
import { rangesText } from "../transactions/ranges.ts";
import { energyRegister, isOverflown, registersOf } from "../transactions/session-energy.ts";
import { isLate, subjectOf } from "../transactions/subject.ts";
import { judgeBooted } from "./boot.ts";
import { foldClock } from "./clock.ts";
import { isAnew, withPart } from "./reports.ts";

/** Judges an event against the state before it, for what no message shows by itself: registers that run backwards or start
 * over, what is missing, and what is told again or too late. */
export function judgeEvent(state: StationState, event: StationEvent): Finding[] {
  switch (event.kind) {
    case "sampled":
      return judgeSampled(foldClock(state, event), event);
    case "transaction-started":
      return judgeStart(foldClock(state, event), event);
    case "transaction-updated":
      return judgeNumbers(foldClock(state, event), event);
    case "transaction-ended":
      return judgeEnd(foldClock(state, event), event);
    case "booted":
      return judgeBooted(state, event);
    case "variables":
      return judgeReport(state, event);
    default:
      return [];
  }
}

function judgeSampled(state: StationState, event: Stamped<Sampled>): Finding[] {
  const groups = placeGroups(state, event);
  const after = judgeAfterEnd(state, event, groups);
  if (after) return [after];
  const subject = subjectOf(state, event, groups);
  if (!subject || subject.transaction.state === "ended" || isLate(subject.transaction, event)) return [];
  if (event.transaction !== undefined && event.transaction !== subject.transaction.id) return [];
  const begin = judgeBegin(subject.transaction, event);
  const registers = judgeRegisters(subject, groups, event.seq);
  return begin ? [...registers, begin] : registers;
}

/** Values from after the end of a transaction: Ocular sends the closing ones after StopTransaction. Where power goes on to flow, they
 * are none. Queued ones of before the end are what they are. */
function judgeAfterEnd(state: StationState, event: Stamped<Sampled>, groups: readonly PlacedGroup[]): Finding | null {
  const over = endedBefore(state, event);
  if (!over || event.offline || isLate(over, event)) return null;
  const endedAt = over.endedAt ?? 0;
  const last = groups.filter(({ measuredAt }) => measuredAt >= endedAt).at(-1);
  if (!last) return null;
  const flows = judgeFlow(over, last, endedAt);
  if (flows || event.transaction === undefined) return flows;
  const named = words("transaction", { id: over.id });
  return observed("values-after-end", `transaction, EVSE ${event.evse}`, named, words("before-its-end"));
}

/** The ended transaction that values are of: the one that they name, or the last one where none runs. */
function endedBefore(state: StationState, { transaction, evse }: Sampled): Transaction | undefined {
  const standing = evse > 0 && !runningOn(state, evse) ? findEvse(state, evse)?.transaction : undefined;
  const over = transaction === undefined ? standing : findTransaction(state, transaction);
  return over?.state === "ended" ? over : undefined;
}

/** Power that flows on, or a register that goes on, after the end. */
function judgeFlow(over: Transaction, group: PlacedGroup, endedAt: number): Finding | null {
  const power = powerOf(group.samples);
  const stop = over.meterStop ?? over.meter.last?.value;
  const [register] = registersOf(group.samples);
  const energy = register === undefined || stop === undefined || isOverflown(stop) ? undefined : register.value - stop;
  const later = group.measuredAt - endedAt > staysMs;
  const flows = power !== undefined && power >= powerFlowsW && later;
  // Energy that no power told makes of it, beside a stop of the same register.
  const runs = energy !== undefined && energy >= 50 && over.energyFrom !== "session-counter" && (power ?? 1) > 0;
  if (!flows && !runs) return null;
  const said = words("power-after-end", {
    id: over.id,
    power: power === undefined ? "?" : Math.round(power),
    energy: energy === undefined || energy < 0 ? "?" : Math.round(energy * 10) / 10,
  });
  return observed(
    "power-after-end",
    `power, EVSE ${over.evse}`,
    said,
    words("no-power-after", { frame: over.endFrame ?? 0 }),
  );
}

function judgeBegin(transaction: Transaction, event: Sampled): Finding | null {
  if (!event.groups.some(({ samples }) => samples[0]?.context === "Transaction.Begin")) return null;
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

function judgeStart(state: StationState, event: Stamped<TransactionStarted>): Finding[] {
  const findings = [...judgeHistoric(state, event, "start"), ...judgeNumbers(state, event)];
  const { meterStart } = event;
  if (isOverflown(meterStart)) findings.push(overflow(`meterStart, EVSE ${event.evse}`, meterStart));
  const before = findEvse(state, event.evse)?.transaction;
  if (!before || before.id === event.id || event.offline) return findings;
  const isNext = ownTime(state, event.stationTime, event.at) >= before.startedAt;
  const owes =
    before.state === "running" || (before.state === "not-ended" && before.notEnded?.because !== "next-start");
  if (isNext && owes) findings.push(missingStop(before, { because: "next-start", at: event.at, frame: event.seq }));
  // A register that stands lower than at the end before counts each session by itself.
  const stop = before.endedAt === undefined || isOverflown(before.meterStop) ? undefined : before.meterStop;
  if (isNext && stop !== undefined && meterStart !== undefined && !isOverflown(meterStart) && meterStart < stop - 1) {
    const where = `${energyRegister}, EVSE ${event.evse}`;
    findings.push(finding("session-energy", where, `${meterStart} Wh`, `>= ${stop} Wh`));
  }
  return findings;
}

/** A transaction that is over, and whose end the station owes. */
export function missingStop({ id, evse, startFrame }: Transaction, { because, frame }: NotEnded): Finding {
  const told = { id, from: startFrame, frame };
  const said =
    because === "next-start"
      ? words("not-ended-start", told)
      : because === "boot"
        ? words("not-ended-boot", told)
        : words("not-ended-free", told);
  return observed("missing-stop", `transaction, EVSE ${evse}`, said, words("an-end-of", { id }));
}

function judgeEnd(state: StationState, event: Stamped<TransactionEnded>): Finding[] {
  const known = findTransaction(state, event.id);
  if (known?.state === "ended") {
    return [observed("repeated-stop", "transaction", words("transaction", { id: event.id }))];
  }
  const findings = [...judgeHistoric(state, event, "end"), ...judgeNumbers(state, event)];
  if (known) findings.push(...judgeSpan(known, event));
  if (known && event.meterStop !== undefined) {
    if (isOverflown(event.meterStop)) findings.push(overflow(`meterStop, EVSE ${known.evse}`, event.meterStop));
    else findings.push(...judgeStop(known, event.meterStop));
  }
  return findings;
}

/** A session of less than no time, by the station's own clock; one that tells whole seconds may round. */
function judgeSpan({ evse, stationStart }: Transaction, { stationTime }: TransactionEnded): Finding[] {
  const start = readStationTime(stationStart);
  const end = readStationTime(stationTime);
  if (start === undefined || end === undefined || end > start - 1000) return [];
  return [finding("end-before-start", `transaction, EVSE ${evse}`, stationTime, `>= ${stationStart}`)];
}

function overflow(where: string, value: number | undefined): Finding {
  return finding("register-overflow", where, `${value} Wh`);
}

/** seqNo of a transaction (2.x E01): what is missing, what came late, and numbers that do not count. */
function judgeNumbers(
  state: StationState,
  event: Stamped<{ id: string; seqNo?: number; stationTime?: string }>,
): Finding[] {
  const known = findTransaction(state, event.id);
  const { id, seqNo, stationTime, at, seq: frame } = event;
  if (!known || seqNo === undefined) return [];
  const ownAt = ownTime(state, stationTime, at);
  const { missing, again, late } = numbersTold(known, { seqNo, stationTime, at, ownAt, frame });
  const where = "TransactionEvent /seqNo";
  const findings: Finding[] = [];
  if (again)
    findings.push(
      observed("numbers-do-not-count", where, words("number-again", { id, number: seqNo }), words("next-number")),
    );
  if (late)
    findings.push(observed("out-of-order", where, words("number-late", { id, numbers: late }), words("next-number")));
  if (missing)
    findings.push(
      observed("missing-part", where, words("numbers-missing", { id, numbers: missing }), words("every-number")),
    );
  return findings;
}

/** seqNo of a report (2.x B08). */
function judgeReport(state: StationState, event: Stamped<VariablesReported>): Finding[] {
  if (event.requestId === undefined) return [];
  const requestId = String(event.requestId);
  const known = state.reports?.find((report) => report.requestId === requestId);
  const next = withPart(known, requestId, event);
  const where = "NotifyReport /seqNo";
  const findings: Finding[] = [];
  const { part } = event;
  const id = requestId;
  if (part !== undefined && next.seqNoStuck && !known?.seqNoStuck) {
    findings.push(
      observed("numbers-do-not-count", where, words("part-again", { id, number: part }), words("next-number")),
    );
  }
  const highest = known && !isAnew(known, part) ? known.parts.at(-1)?.[1] : undefined;
  if (part !== undefined && highest !== undefined && part < highest && !next.seqNoStuck) {
    const numbers = `${part} after ${highest}`;
    findings.push(observed("out-of-order", where, words("part-late", { id, numbers }), words("next-number")));
  }
  if (next.missing && rangesText(next.missing) !== rangesText(known?.missing ?? [])) {
    findings.push(
      observed(
        "missing-part",
        where,
        words("parts-missing", { id, numbers: rangesText(next.missing) }),
        words("every-number"),
      ),
    );
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
