import { type Finding, finding, observed } from "../findings.ts";
import type { SessionMeter, Transaction } from "../model.ts";
import { words } from "../phrases.ts";
import { powerOf } from "../power.ts";
import { flowDoubt, flowWith } from "./flow.ts";
import type { PlacedGroup } from "./own-time.ts";
import { countsSession, energyRegister, isOverflown, registersOf, startFits, withReading } from "./session-energy.ts";
import { isBegin, isOf, type Subject } from "./subject.ts";

/** Judges the registers that a running transaction's values tell, each against those before it: it never runs backwards, stands at or
 * above the start, holds its value, and agrees with power over time. 1 Wh is let pass: meterStart is a whole number, and so rounded.
 * Values of another meter, older ones and repeats are passed over. */
export function judgeRegisters(subject: Subject, groups: readonly PlacedGroup[], frame: number): Finding[] {
  const { transaction, named, otherName } = subject;
  const { evse, meterStart, startedAt } = transaction;
  const where = `${energyRegister}, EVSE ${evse}`;
  const findings: Finding[] = [];
  let meter = transaction.meter;
  for (const group of groups) {
    if (!isOf(subject, group) || (!named && meter.named)) continue;
    for (const { value, context, phases } of registersOf(group.samples)) {
      const reading = { value, at: group.measuredAt, frame };
      if (context === "Transaction.Begin" && named && isBegin(transaction, reading, value)) continue;
      // The end is judged with what ends it.
      if (context === "Transaction.End" && named) continue;
      if (isOverflown(value)) {
        findings.push(finding("register-overflow", where, `${value} Wh`));
        continue;
      }
      const next = withReading(meter, { reading, named, otherName, phases }, { value: meterStart, at: startedAt });
      if (next === meter) continue;
      const found = judgeReading(transaction, next.named === meter.named ? meter : {}, next, reading);
      if (found) findings.push(found);
      meter = next;
    }
  }
  const doubt = judgeUnit(transaction, meter, groups);
  return doubt ? [...findings, doubt] : findings;
}

function judgeReading(
  transaction: Transaction,
  before: SessionMeter,
  next: SessionMeter,
  { value, at }: { value: number; at: number },
): Finding | null {
  const where = `${energyRegister}, EVSE ${transaction.evse}`;
  const { meterStart } = transaction;
  const { last } = before;
  if (last) {
    const back = at >= last.at && value < last.value - 1;
    return back ? finding("register-backwards", where, `${value} Wh`, `>= ${last.value} Wh`) : null;
  }
  if (meterStart === undefined || isOverflown(meterStart) || !next.first) return null;
  if (value < meterStart - 1) return finding("session-energy", where, `${value} Wh`, `>= ${meterStart} Wh`);
  if (startFits({ ...transaction, meter: next })) return null;
  return observed("other-register", where, words("start-and-first", { start: meterStart, first: value }));
}

/** Power over time that has come to differ from the register by a unit. */
function judgeUnit(transaction: Transaction, meter: SessionMeter, groups: readonly PlacedGroup[]): Finding | null {
  const last = groups.at(-1);
  if (!meter.flow || !last || powerOf(last.samples) === undefined || flowDoubt(transaction)) return null;
  const flowed = flowWith(transaction, last.measuredAt, meter);
  const doubt = flowDoubt({ meter: flowed, meterStop: transaction.meterStop });
  return doubt && unitDoubt(transaction.evse, doubt);
}

function unitDoubt(evse: number, { wh, register }: { wh: number; register: number }): Finding {
  const said = words("power-and-register", { flow: wh, register });
  return observed("unit-doubt", `${energyRegister}, EVSE ${evse}`, said, words("the-same-energy"));
}

/** Judges the register at the end against the start and the values in between. */
export function judgeStop(known: Transaction, meterStop: number): Finding[] {
  const { meterStart, meter, evse } = known;
  const where = `${energyRegister}, EVSE ${evse}`;
  const start = isOverflown(meterStart) ? undefined : meterStart;
  const last = meter.last?.value;
  const doubt = flowDoubt(known) ? null : flowDoubt({ ...known, meterStop });
  const findings = doubt && !countsSession(known) ? [unitDoubt(evse, doubt)] : [];
  if (last !== undefined && countsSession(known) && start !== undefined && meterStop >= start - 1) return findings;
  if (last !== undefined && meterStop < last - 1) {
    findings.push(finding("register-backwards", where, `${meterStop} Wh`, `>= ${last} Wh`));
  } else if (start !== undefined && meterStop < start - 1 && last === undefined) {
    findings.push(finding("session-energy", where, `${meterStop} Wh`, `>= ${start} Wh`));
  } else if (start !== undefined && meterStop < start && !countsSession(known)) {
    // Huawei rounds the end down and the start up.
    findings.push(finding("register-rounded", where, `${meterStop} Wh`, `>= ${start} Wh`));
  }
  return findings;
}
