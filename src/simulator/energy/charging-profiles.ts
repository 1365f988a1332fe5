import type { JsonObject } from "../../lib/json.ts";

/** A charging profile in one shape for all versions. Times are milliseconds since 1970 UTC. */
export type Profile = {
  id: number;
  /** 0 = the whole station. */
  evse: number;
  stackLevel: number;
  purpose: "station" | "default" | "transaction";
  kind: "Absolute" | "Recurring" | "Relative";
  recurrency?: "Daily" | "Weekly";
  validFrom?: number;
  validTo?: number;
  transaction?: string;
  schedule: Schedule;
  /** As it came, to be reported back. */
  source: JsonObject;
};

export type Schedule = {
  start?: number;
  /** Seconds. */
  duration?: number;
  unit: "A" | "W";
  periods: { start: number; limit: number; phases: number }[];
};

/** What an outlet may draw: A on each of `phases` phases. */
export type Limit = { current: number; phases: number };

/** Where and when a limit is asked for. */
export type Ask = { time: number; evse: number; transaction?: { id: string; startedAt: number } };

const volts = 230;
const msPerDay = 86_400_000;

/** The current that the profiles leave of what the station could offer (1.6 3.13.2: of each purpose the highest valid stack
 * level counts, TxProfile goes before TxDefaultProfile, and the station's maximum bounds both). */
export function limitAt(profiles: readonly Profile[], ask: Ask, ceiling: Limit): Limit {
  const station = strongest(profiles, ask, (profile) => profile.purpose === "station");
  const own =
    strongest(profiles, ask, (profile) => profile.purpose === "transaction" && belongs(profile, ask)) ??
    strongest(profiles, ask, (profile) => profile.purpose === "default" && profile.evse === ask.evse) ??
    strongest(profiles, ask, (profile) => profile.purpose === "default" && profile.evse === 0);
  return [station, own].reduce<Limit>((limit, next) => (next ? lesser(limit, next) : limit), ceiling);
}

/** The limits over a span as periods, in A or W; neighbours that are equal are one period.
 * @param duration seconds */
export function composite(
  profiles: readonly Profile[],
  ask: Ask,
  duration: number,
  unit: "A" | "W",
  ceiling: Limit,
): { start: number; limit: number; phases: number }[] {
  const end = ask.time + duration * 1000;
  const moments = [ask.time, ...boundaries(profiles, ask, end)].sort((one, other) => one - other);
  const periods: { start: number; limit: number; phases: number }[] = [];
  for (const time of moments) {
    const { current, phases } = limitAt(profiles, { ...ask, time }, ceiling);
    const limit = Number((unit === "A" ? current : current * volts * phases).toFixed(1));
    const last = periods.at(-1);
    if (last?.limit === limit && last.phases === phases) continue;
    periods.push({ start: Math.floor((time - ask.time) / 1000), limit, phases });
  }
  return periods;
}

/** Adds a profile; one of the same id, or of the same purpose, level and place, makes room (1.6 5.16). */
export function withProfile(profiles: readonly Profile[], added: Profile): Profile[] {
  const stays = (profile: Profile) =>
    profile.id !== added.id &&
    !(
      profile.purpose === added.purpose &&
      profile.stackLevel === added.stackLevel &&
      profile.evse === added.evse &&
      profile.transaction === added.transaction
    );
  return [...profiles.filter(stays), added];
}

function belongs(profile: Profile, ask: Ask): boolean {
  if (!ask.transaction || profile.evse !== ask.evse) return false;
  return profile.transaction === undefined || profile.transaction === ask.transaction.id;
}

function lesser(one: Limit, other: Limit): Limit {
  return { current: Math.min(one.current, other.current), phases: Math.min(one.phases, other.phases) };
}

function strongest(profiles: readonly Profile[], ask: Ask, fits: (profile: Profile) => boolean): Limit | null {
  const candidates = profiles.filter(fits).sort((one, other) => other.stackLevel - one.stackLevel);
  for (const profile of candidates) {
    const limit = limitOf(profile, ask);
    if (limit) return limit;
  }
  return null;
}

function limitOf(profile: Profile, ask: Ask): Limit | null {
  if (profile.validFrom !== undefined && ask.time < profile.validFrom) return null;
  if (profile.validTo !== undefined && ask.time >= profile.validTo) return null;
  const start = startOf(profile, ask);
  if (start === null) return null;
  const seconds = (ask.time - start) / 1000;
  const { duration, unit, periods } = profile.schedule;
  if (seconds < 0 || (duration !== undefined && seconds >= duration)) return null;
  const period = periods.filter((each) => each.start <= seconds).at(-1);
  if (!period) return null;
  return { current: unit === "A" ? period.limit : period.limit / (volts * period.phases), phases: period.phases };
}

/** When the schedule that covers this moment began; null where it has not. */
function startOf(profile: Profile, ask: Ask): number | null {
  // A relative schedule begins with the transaction; outside of one there is nothing for it to be relative to.
  if (profile.kind === "Relative") return ask.transaction?.startedAt ?? null;
  const start = profile.schedule.start ?? profile.validFrom ?? ask.transaction?.startedAt ?? 0;
  if (profile.kind === "Absolute") return start;
  const every = profile.recurrency === "Weekly" ? 7 * msPerDay : msPerDay;
  return ask.time < start ? null : start + Math.floor((ask.time - start) / every) * every;
}

function boundaries(profiles: readonly Profile[], ask: Ask, end: number): number[] {
  const found = new Set<number>();
  const add = (time: number | undefined) => {
    if (time !== undefined && time > ask.time && time < end) found.add(time);
  };
  for (const profile of profiles) {
    add(profile.validFrom);
    add(profile.validTo);
    const { schedule } = profile;
    const every = profile.kind === "Recurring" ? (profile.recurrency === "Weekly" ? 7 * msPerDay : msPerDay) : Infinity;
    let start = startOf(profile, ask) ?? schedule.start;
    for (; start !== undefined && start < end; start += every) {
      for (const period of schedule.periods) add(start + period.start * 1000);
      if (schedule.duration !== undefined) add(start + schedule.duration * 1000);
    }
  }
  return [...found];
}
