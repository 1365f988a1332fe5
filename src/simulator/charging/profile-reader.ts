import type { JsonObject } from "../../lib/json.ts";
import { integer, number, object, objects, text } from "../../ocpp/read.ts";
import { type Limit, type Profile, type Schedule, withProfile } from "../energy/charging-profiles.ts";
import type { Machine, Outlet } from "../model.ts";
import { transactionId } from "./outlet.ts";

/** What a virtual station takes at most; told in its configuration. */
export const profileLimits = { stackLevel: 8, periods: 24, profiles: 20 } as const;

const purposes: Record<string, Profile["purpose"]> = {
  ChargePointMaxProfile: "station",
  ChargingStationMaxProfile: "station",
  TxDefaultProfile: "default",
  TxProfile: "transaction",
};

/** A profile of any version: they differ in the name of the id and in one schedule or a list, of which an AC station uses
 * the first. A text says why it cannot be used. */
export function readProfile(json: JsonObject, evse: number): Profile | string {
  const purpose = purposes[text(json, "chargingProfilePurpose") ?? ""];
  const kind = text(json, "chargingProfileKind");
  const schedule = objects(json, "chargingSchedule")[0];
  if (!purpose) return "purpose not supported";
  if (!schedule) return "no schedule";
  if (kind !== "Absolute" && kind !== "Recurring" && kind !== "Relative") return "kind not supported";
  const recurrency = text(json, "recurrencyKind");
  if (kind === "Recurring" && recurrency !== "Daily" && recurrency !== "Weekly") return "recurring without a rhythm";
  const read = readSchedule(schedule);
  if (typeof read === "string") return read;
  return {
    id: integer(json, "chargingProfileId") ?? integer(json, "id") ?? 0,
    evse,
    stackLevel: integer(json, "stackLevel") ?? 0,
    purpose,
    kind,
    recurrency: recurrency === "Daily" || recurrency === "Weekly" ? recurrency : undefined,
    validFrom: time(json, "validFrom"),
    validTo: time(json, "validTo"),
    transaction: text(json, "transactionId"),
    schedule: read,
    source: json,
  };
}

function readSchedule(json: JsonObject): Schedule | string {
  const unit = text(json, "chargingRateUnit");
  if (unit !== "A" && unit !== "W") return "unit not supported";
  const periods: Schedule["periods"] = [];
  for (const period of objects(json, "chargingSchedulePeriod")) {
    const limit = number(period, "limit");
    if (limit === undefined) return "a period without a limit";
    if (limit < 0) return "a limit below nothing";
    periods.push({ start: integer(period, "startPeriod") ?? 0, limit, phases: integer(period, "numberPhases") ?? 3 });
  }
  if (periods[0]?.start !== 0) return "the first period does not start at 0";
  if (periods.length > profileLimits.periods) return "too many periods";
  if (periods.some(({ phases }) => phases < 1 || phases > 3)) return "phases out of range";
  return { start: time(json, "startSchedule"), duration: integer(json, "duration"), unit, periods };
}

function time(json: JsonObject, key: string): number | undefined {
  const value = Date.parse(text(json, key) ?? "");
  return Number.isNaN(value) ? undefined : value;
}

/** Takes a profile into use, or says why not (1.6 5.16; 2.0.1 K01). */
export function installProfile(machine: Machine, profile: Profile): string | null {
  const outlet = machine.outlets.find((each) => each.evse === profile.evse);
  if (profile.evse !== 0 && !outlet) return "no such EVSE";
  if (profile.stackLevel > profileLimits.stackLevel) return "stack level too high";
  if (profile.purpose === "station" && profile.evse !== 0) return "a station's maximum is set on EVSE 0";
  if (profile.purpose === "transaction") {
    const why = notForTransaction(outlet, profile);
    if (why) return why;
  }
  const next = withProfile(machine.profiles, profile);
  if (next.length > profileLimits.profiles) return "too many profiles";
  machine.profiles = next;
  return null;
}

function notForTransaction(outlet: Outlet | undefined, profile: Profile): string | null {
  if (!outlet?.transaction) return "no transaction there";
  const other = profile.transaction !== undefined && profile.transaction !== transactionId(outlet.transaction);
  return other ? "another transaction runs there" : null;
}

/** Removes the profiles that fit all that is asked for.
 * @returns how many */
export function clearProfiles(
  machine: Machine,
  wanted: { id?: number; evse?: number; purpose?: string; stackLevel?: number },
): number {
  const purpose = wanted.purpose === undefined ? undefined : (purposes[wanted.purpose] ?? "other");
  const before = machine.profiles.length;
  machine.profiles = machine.profiles.filter((profile) => {
    if (wanted.id !== undefined) return profile.id !== wanted.id;
    const fits =
      (wanted.evse === undefined || wanted.evse === profile.evse) &&
      (purpose === undefined || purpose === profile.purpose) &&
      (wanted.stackLevel === undefined || wanted.stackLevel === profile.stackLevel);
    return !fits;
  });
  return before - machine.profiles.length;
}

/** What bounds a place: an outlet's hardware, or for the station (EVSE 0) all of them together, under its own profiles. */
export function scopeOf(machine: Machine, evse: number): { profiles: Profile[]; ceiling: Limit } {
  const each = machine.speaker.knobs().maxCurrent;
  if (evse !== 0) return { profiles: machine.profiles, ceiling: { current: each, phases: 3 } };
  return {
    profiles: machine.profiles.filter((profile) => profile.purpose === "station"),
    ceiling: { current: each * machine.outlets.length, phases: 3 },
  };
}

/** The inner object of a request, for requests whose schema demands it. */
export function inner(request: JsonObject, key: string): JsonObject {
  return object(request, key) ?? {};
}
