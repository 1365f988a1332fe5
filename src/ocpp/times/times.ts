import type { Json } from "../../lib/json.ts";
import { aheadMs } from "../../station/bounds.ts";
import { type Finding, finding } from "../../station/findings.ts";
import { words } from "../../station/phrases.ts";
import { readStationTime } from "../../station/time.ts";
import { asText } from "../read.ts";

/** A time as a station said it. `text` is what it sent and `ms` the same in milliseconds since 1970 UTC; both are absent when
 * nothing was sent or it cannot be read (then our own time is all there is). */
export type ReadTime = { text?: string; ms?: number; findings: Finding[] };

const zone = /(?:[Zz]|[+-]\d\d(?::?\d\d)?)$/;
const day = 86_400_000;
// No station that speaks OCPP over JSON is older; what says so has a clock that was never set.
const earliest = Date.UTC(2010, 0, 1);

/** How a time is written (1.6 3.14.1, XML Schema dateTime; 2.0.1 part 2, RFC 3339). A zone that is missing has a rule of its own. */
const form = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)?$/;

/** True for the two forms that nearly all use, with milliseconds and without: this runs for every sample group. */
function isUsual(said: string): boolean {
  return (said.length === 20 || said.length === 24) && said[10] === "T" && said[19] !== "," && said.endsWith("Z");
}

/** Reads an RFC 3339 time leniently (station/time.ts says how), and names what is wrong with it. Without a zone it is taken as UTC.
 * A missing value or null is no finding here.
 * @param where the action and path, e.g. "StatusNotification /timestamp"
 * @param now our clock, milliseconds since 1970 UTC */
export function readTime(value: Json | undefined, where: string, now: number): ReadTime {
  if (value === undefined || value === null) return { findings: [] };
  const said = asText(value) ?? "";
  const text = said.trim();
  const ms = readStationTime(text);
  if (ms === undefined) {
    return {
      findings: [finding("time-unreadable", where, value, words("for-example", { text: "2026-01-31T12:00:00Z" }))],
    };
  }
  const findings: Finding[] = [];
  if (!isUsual(said) && !form.test(said)) {
    findings.push(finding("bad-format", where, said, words("for-example", { text: "2026-01-31T12:00:00Z" })));
  }
  const zoned = text.endsWith("Z") || zone.test(text);
  if (!zoned) findings.push(finding("time-without-zone", where, text, `${text}Z`));
  // What has happened cannot lie ahead of us; in the past it may be what was queued while offline. Without a zone it may well be right where the station stands.
  if (ms < earliest || ms > now + (zoned ? aheadMs : day)) {
    findings.push(finding("time-implausible", where, text, words("about-time", { time: new Date(now).toISOString() })));
  }
  return { text, ms, findings };
}
