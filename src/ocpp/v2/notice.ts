import { isJsonObject, type Json, type JsonObject } from "../../lib/json.ts";
import type { EventBody } from "../../station/events.ts";
import type { Handler } from "../dialect.ts";
import { foundEvents } from "../found.ts";
import { asText } from "../read.ts";
import { readTime } from "../times/times.ts";

/** Handlers of one functional block, by action. */
export type Handlers = Readonly<Record<string, Handler>>;

/** Fields of a payload that tell something: a path such as "chargingNeeds.requestedEnergyTransfer" (through lists, too), or
 * "#chargingSchedule" for how many a list holds. */
export type Fields = readonly string[];

const maxValues = 8;
const maxSummary = 300;

/** Field values without prose: `evseId 1, chargingLimitSource EMS`. What is missing is left out. */
function summarize(from: JsonObject, fields: Fields): string {
  const parts: string[] = [];
  for (const field of fields) {
    const counts = field.startsWith("#");
    const path = (counts ? field.slice(1) : field).split(".");
    const found = follow(from, path);
    const label = path[path.length - 1];
    if (counts) {
      if (found.length > 0) parts.push(`${label} ${found.length}`);
      continue;
    }
    const values = found.flatMap((value) => asText(value) ?? []);
    if (values.length === 0) continue;
    const more = values.length > maxValues ? ` … ${values.length}` : "";
    parts.push(`${label} ${values.slice(0, maxValues).join(" ")}${more}`);
  }
  const summary = parts.join(", ");
  return summary.length > maxSummary ? `${summary.slice(0, maxSummary - 1)}…` : summary;
}

/** All values at the end of a path; lists on the way, and at its end, are gone through. */
function follow(from: JsonObject, path: string[]): Json[] {
  let at: Json[] = [from];
  for (const key of path) {
    at = at.flatMap((item) => {
      const next = isJsonObject(item) && Object.hasOwn(item, key) ? item[key] : undefined;
      return next ?? [];
    });
  }
  return at;
}

/** What a message tells, as a line of the history.
 * @param time the top-level field that holds the station's time */
export function noticed(action: string, from: JsonObject, fields: Fields, at: number, time?: string): EventBody[] {
  const read = readTime(time === undefined ? undefined : from[time], `${action} /${time}`, at);
  const event: EventBody = { kind: "noticed", action, summary: summarize(from, fields) };
  if (read.text !== undefined) event.stationTime = read.text;
  return [...foundEvents(read.findings), event];
}

/** A handler that notes what a message tells and answers it the same way each time.
 * @param time the top-level field that tells when the station wrote it: its clock is read from it */
export function notice(action: string, fields: Fields, time?: string, reply: JsonObject = {}): Handler {
  return {
    reply: () => reply,
    events: (request, _reply, context) => noticed(action, request, fields, context.at, time),
  };
}

/** The statusInfo of a request that this central system does not serve (reason codes: 2.0.1 part 2 appendices).
 * @param additionalInfo at most 512 characters */
export function unsupportedRequest(additionalInfo: string): JsonObject {
  return { reasonCode: "UnsupportedRequest", additionalInfo };
}

/** The same object without its undefined fields, so that nothing known is overwritten with nothing. */
export function present<T extends object>(fields: T): T {
  const result = { ...fields };
  for (const key of Object.keys(result) as (keyof T)[]) if (result[key] === undefined) delete result[key];
  return result;
}
