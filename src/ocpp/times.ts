import type { Json } from "../lib/json.ts";
import { type Finding, finding } from "../station/findings.ts";
import { asText } from "./read.ts";

/** A time as a station said it. `text` is what it sent and `ms` the same in milliseconds since 1970 UTC; both are absent when
 * nothing was sent or it cannot be read (then our own time is all there is). */
export type ReadTime = { text?: string; ms?: number; findings: Finding[] };

const form = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)? ?([Zz]|[+-]\d\d(?::?\d\d)?)?$/;
const day = 86_400_000;
// No station that speaks OCPP over JSON is older; what says so has a clock that was never set.
const earliest = Date.UTC(2010, 0, 1);

/** Reads an RFC 3339 time leniently: any number of decimals, a space for the T, no seconds. Without a zone it is taken as UTC.
 * A missing value or null is no finding here.
 * @param where the action and path, e.g. "StatusNotification /timestamp"
 * @param now our clock, milliseconds since 1970 UTC */
export function readTime(value: Json | undefined, where: string, now: number): ReadTime {
  if (value === undefined || value === null) return { findings: [] };
  const text = asText(value)?.trim() ?? "";
  const parts = form.exec(text);
  const ms = parts ? toMilliseconds(parts) : undefined;
  if (!parts || ms === undefined) {
    return { findings: [finding("time-unreadable", where, value, "e.g. 2026-01-31T12:00:00Z")] };
  }
  const findings: Finding[] = [];
  if (parts[8] === undefined) findings.push(finding("time-without-zone", where, text, `${text}Z`));
  if (ms < earliest || ms > now + day) {
    findings.push(finding("time-implausible", where, text, `about ${new Date(now).toISOString()}`));
  }
  return { text, ms, findings };
}

/** Undefined for a day or hour that no calendar has, such as 0000-00-00. */
function toMilliseconds(parts: RegExpExecArray): number | undefined {
  const year = Number(parts[1]);
  const month = Number(parts[2]);
  const date = Number(parts[3]);
  const hour = Number(parts[4]);
  const minute = Number(parts[5]);
  const second = Number(parts[6] ?? 0);
  // 60 is a leap second, and 24:00 the end of a day (ISO 8601); both roll over.
  if (year < 1 || hour > 24 || minute > 59 || second > 60) return undefined;
  const midnight = Date.UTC(year, month - 1, date);
  const back = new Date(midnight);
  if (back.getUTCMonth() !== month - 1 || back.getUTCDate() !== date) return undefined;
  const fraction = parts[7] === undefined ? 0 : Math.trunc(Number(`0.${parts[7]}`) * 1000);
  return midnight + ((hour * 60 + minute) * 60 + second) * 1000 + fraction - zoneOffset(parts[8] ?? "Z");
}

function zoneOffset(zone: string): number {
  if (zone.length === 1) return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3).replace(":", ""));
  return (zone.startsWith("-") ? -minutes : minutes) * 60_000;
}
