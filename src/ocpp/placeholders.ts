import type { JsonObject } from "../lib/json.ts";
import { type Finding, finding } from "../station/findings.ts";
import { words } from "../station/phrases.ts";
import { integer, text } from "./read.ts";

/** What a writer that has no value puts in its place: a null pointer printed (ABB), or a value never set. */
const nothing = /^(?:null|\(null\)|undefined)$/i;

/** A text that may be left out. One that only says that there is none is read as left out, with a finding.
 * @param where the action and the path of the object that holds it, e.g. "StatusNotification /" */
export function optionalText(
  from: JsonObject | undefined,
  key: string,
  where: string,
  findings: Finding[],
): string | undefined {
  const said = text(from, key);
  if (said === undefined || !nothing.test(said.trim())) return said;
  findings.push(finding("placeholder", `${where}${key}`, said, words("no-such-field")));
  return undefined;
}

/** The reservation that a transaction ends (1.6 6.45). Growatt says 0 where nothing was reserved: read as left out, with a finding.
 * @param where as for optionalText */
export function readReservation(from: JsonObject, where: string, findings: Finding[]): number | undefined {
  const id = integer(from, "reservationId");
  if (id === undefined || id > 0) return id;
  findings.push(finding("placeholder", `${where}reservationId`, id, words("no-such-field")));
  return undefined;
}
