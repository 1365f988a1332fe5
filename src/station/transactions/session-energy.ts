import { mostWatts } from "../bounds.ts";
import type { EnergySource, Reading, Sample, SessionMeter, Transaction } from "../model.ts";

/** The measurand that counts a transaction's energy, Wh (1.6 7.32; 2.0.1 3.59). */
export const energyRegister = "Energy.Active.Import.Register";

/** What a register shows that could not hold its value: the ends of 32-bit counters, and anything below 0. */
const overflown: ReadonlySet<number> = new Set([2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1]);

/** True for a register that has overflown, or says that it has no value. */
export function isOverflown(value: number | undefined): boolean {
  return value !== undefined && (overflown.has(value) || value < 0);
}

/** The session's energy and where it comes from; nulls where it is not known. */
export type SessionEnergy = { energyWh: number | null; energyFrom: EnergySource | null };

type Session = Pick<Transaction, "meterStart" | "meterStop" | "meter" | "startedAt" | "powerW" | "endedAt">;

/** The energy of a session, Wh, by the one register that its first value decides on:
 * a first value below the start is of a counter of the session, and stays so until a stop at or above the start;
 * a start that has overflown, or that the first value cannot have come from in the time, is of no use: then the first value counts.
 * 1 Wh is rounding: meterStart and meterStop are whole numbers. Pure. */
export function sessionEnergy(session: Session): SessionEnergy {
  const { first, last, phases } = session.meter;
  const start = isOverflown(session.meterStart) ? undefined : session.meterStart;
  const stop = isOverflown(session.meterStop) ? undefined : session.meterStop;
  const byRegister: EnergySource = phases ? "phase-sum" : "register";
  if (countsSession(session)) {
    const soFar = last?.value ?? stop ?? 0;
    if (stop === undefined) return told(soFar, "session-counter");
    // The stop is of the meter again, unless that makes less than the session has counted.
    const net = start === undefined ? 0 : stop - start;
    if (start !== undefined && stop >= start - 1 && net >= soFar * 0.9 - 100) return told(net, "register");
    return told(Math.max(soFar, stop), "session-counter");
  }
  const base = first && !startFits(session) ? first.value : start;
  // A stop below what the session has told is no end of it.
  const ends = stop !== undefined && (!last || session.meter.named === undefined || stop >= last.value - 1);
  const net = start !== undefined && stop !== undefined && ends && stop >= start - 1 ? stop - start : undefined;
  if (net !== undefined && (!last || base === start || net < wattHours(last.at - session.startedAt))) {
    return told(net, "register");
  }
  if (!first || !last) {
    // The start is a value of the register as well, until power or an interval shows that it has moved.
    const moved = session.powerW || session.meter.flowed || session.endedAt !== undefined;
    return start === undefined || moved ? unknown : told(0, byRegister);
  }
  const from: EnergySource = base === start ? byRegister : "first-register";
  const end = stop !== undefined && stop >= last.value - 1 ? stop : last.value;
  return told(end - (base ?? first.value), phases && from === "first-register" ? "phase-sum" : from);
}

const unknown: SessionEnergy = { energyWh: null, energyFrom: null };

function told(energyWh: number, energyFrom: EnergySource): SessionEnergy {
  // Watt-hours in thousandths: a difference of two decimals is a hair beside them.
  const rounded = Math.max(0, Math.round(energyWh * 1000) / 1000);
  // Registers at the end of what a double holds are readable, and their difference is no number.
  return Number.isFinite(rounded) ? { energyWh: rounded, energyFrom } : unknown;
}

/** True when the register counts this session alone: it stands below the start, and did not jump to the meter's height later. */
export function countsSession({
  meterStart,
  meterStop,
  meter,
}: Pick<Session, "meterStart" | "meterStop" | "meter">): boolean {
  if (meterStart === undefined || isOverflown(meterStart)) return false;
  const { first, last } = meter;
  if (!first || !last) return meterStop !== undefined && !isOverflown(meterStop) && meterStop < meterStart - 1;
  if (first.value >= meterStart - 1) return false;
  return last.value < meterStart || last.value - first.value <= wattHours(last.at - first.at);
}

/** False when the first value cannot have come from the start in the time: the start is of another register, or of none. */
export function startFits({
  meterStart,
  meter: { first },
  startedAt,
}: Pick<Session, "meterStart" | "meter" | "startedAt">): boolean {
  if (meterStart === undefined || isOverflown(meterStart)) return false;
  return !first || first.value - meterStart <= wattHours(first.at - startedAt);
}

/** The most that any station delivers in a time, and in a minute at least, Wh. */
function wattHours(ms: number): number {
  return (mostWatts * Math.max(60_000, ms)) / 3_600_000;
}

/** The meter with one more value of the session, in whatever order they come. A value that names the session takes the place of those
 * that do not; those are of the mains meter, once it has come. */
export function withReading(
  meter: SessionMeter,
  told: { reading: Reading; named: boolean; otherName?: boolean; phases?: number },
  start: { value?: number; at: number },
): SessionMeter {
  const { reading, named } = told;
  if (isOverflown(reading.value)) return meter;
  if (!named && (meter.named || !follows(meter, reading, start, told.otherName === true))) return meter;
  const held: SessionMeter =
    named && !meter.named ? { ...meter, named: true, first: undefined, last: undefined } : meter;
  const { first, last, phases } = held;
  // Beside a total, or of fewer phases than before, a sum is no register.
  if (told.phases !== undefined && (phases === undefined ? last !== undefined : told.phases < phases)) return held;
  const next: SessionMeter = { ...held };
  if (!first || reading.at < first.at) next.first = reading;
  if (!last || reading.value > last.value) next.last = reading;
  else if (reading.value === last.value && reading.at > last.at) next.last = reading;
  if (told.phases !== undefined) next.phases = told.phases;
  return next;
}

/** What names no session counts for one only where it goes on from what stands; a session's own counter may begin below the start, but
 * not what names another. */
function follows(
  { last }: SessionMeter,
  { value, at }: Reading,
  start: { value?: number; at: number },
  otherName: boolean,
): boolean {
  const known =
    start.value === undefined || isOverflown(start.value) ? undefined : { value: start.value, at: start.at };
  const from = last ?? known;
  if (!from) return !otherName;
  if (value < from.value) return !otherName;
  return value - from.value <= wattHours(at - from.at);
}

/** A register told in a group: the total, or the sum of the phases where there is no total. */
export type GroupRegister = { value: number; context?: string; phases?: number };

/** The energy registers of the outlet among the values of one instant, one for each context (Growatt tells begin and now in one). */
export function registersOf(samples: readonly Sample[]): GroupRegister[] {
  const found: GroupRegister[] = [];
  let byPhase: Sample[] | undefined;
  for (const sample of samples) {
    if (sample.measurand !== energyRegister) continue;
    if (isRegister(sample))
      found.push(
        sample.context === undefined ? { value: sample.value } : { value: sample.value, context: sample.context },
      );
    else if (sample.phase && /^L[123](-N)?$/.test(sample.phase) && isRegister({ ...sample, phase: undefined })) {
      byPhase ??= [];
      byPhase.push(sample);
    }
  }
  if (!byPhase) return found;
  for (const [context, parts] of Map.groupBy(byPhase, (sample) => sample.context)) {
    if (found.some((register) => register.context === context)) continue;
    const value = parts.reduce((sum, sample) => sum + sample.value, 0);
    found.push(context === undefined ? { value, phases: parts.length } : { value, context, phases: parts.length });
  }
  return found;
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
export function isReadable(sample: Sample): boolean {
  return Number.isFinite(sample.value) && (sample.signed === undefined || sample.said !== "");
}
