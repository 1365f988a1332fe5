import type { Json, JsonObject } from "../../lib/json.ts";
import type { EventBody, Sampled } from "../../station/events.ts";
import { type Finding, finding } from "../../station/findings.ts";
import type { Sample, SampleGroup } from "../../station/model.ts";
import { words } from "../../station/phrases.ts";
import type { Handler } from "../dialect.ts";
import { foundEvents } from "../found.ts";
import { objects, text } from "../read.ts";
import { rightGroup } from "../sample-quirks.ts";
import { readSample, type SaidSample, signedSummary } from "../samples.ts";
import { readTime } from "../times/times.ts";
import { judgeTransaction, readPlace, readTransactionId } from "./place.ts";

/** MeterValues (1.6 4.7, 6.31). */
export const meterValues: Handler = {
  reply: () => ({}),
  events(request, _reply, { at, station }) {
    const findings: Finding[] = [];
    const place = readPlace(request, "MeterValues", findings) ?? { evse: 0 };
    const id = readTransactionId(request);
    const known = id === undefined ? undefined : judgeTransaction(station, id, "MeterValues", findings);
    const read = readMeterValues(request, "meterValue", "MeterValues", at, findings);
    const events: EventBody[] = [];
    if (read.groups.length > 0) {
      const event: Sampled = { kind: "sampled", evse: place.evse, groups: read.groups };
      if (place.connector !== undefined) event.connector = place.connector;
      // 0 and -1 say "none" on many makes; only a transaction that has such an id makes it one.
      if (id !== undefined && (known || (id !== "0" && id !== "-1"))) event.transaction = id;
      events.push(event);
    }
    for (const summary of read.signed) events.push({ kind: "noticed", action: "MeterValues", summary });
    return findings.length > 0 ? [...events, ...foundEvents(findings)] : events;
  },
};

/** Values by the instant they were measured, and in words what came signed and unread. */
type ReadMeterValues = { groups: SampleGroup[]; signed: string[] };

/** Reads a list of MeterValue (1.6 7.33): MeterValues' `meterValue` and StopTransaction's `transactionData`.
 * @param at our clock, milliseconds since 1970 UTC */
export function readMeterValues(
  request: JsonObject,
  field: "meterValue" | "transactionData",
  action: string,
  at: number,
  findings: Finding[],
): ReadMeterValues {
  const result: ReadMeterValues = { groups: [], signed: [] };
  const where = `${action} /${field}/*/sampledValue/*`;
  const list = request[field];
  if (Array.isArray(list) && list.length === 0 && field === "meterValue") {
    findings.push(finding("empty-list", `${action} /${field}`, list, words("at-least-entries", { limit: 1 })));
  }
  for (const meterValue of objects(request, field)) {
    const samples: Sample[] = [];
    const values = objects(meterValue, "sampledValue");
    // The official schema lets this pass; 1.6 7.33 does not (Vestel, Webasto).
    if (values.length === 0 && Array.isArray(meterValue.sampledValue)) {
      findings.push(
        finding("empty-list", `${action} /${field}/*/sampledValue`, [], words("at-least-entries", { limit: 1 })),
      );
    }
    for (const value of values) readValue(value, where, samples, result.signed, findings);
    rightGroup(samples, where, findings);
    const time = readTime(meterValue.timestamp, `${action} /${field}/*/timestamp`, at);
    for (const found of time.findings) findings.push(found);
    if (samples.length === 0) continue;
    result.groups.push(time.text === undefined ? { samples } : { stationTime: time.text, samples });
  }
  return result;
}

function readValue(value: JsonObject, where: string, samples: Sample[], signed: string[], findings: Finding[]): void {
  if (value.format === "SignedData") {
    // The value is the signed data itself (1.6 ValueFormat): nothing in it is a plain number, even if it is all digits.
    const data = text(value, "value") ?? "";
    signed.push(
      signedSummary(text(value, "measurand"), { format: data.startsWith("OCMF|") ? "OCMF" : "SignedData", data }),
    );
    return;
  }
  const sample = readSample(isReadable(value) ? value : inTexts(value), where, findings, unitsListed);
  if (sample) samples.push(sample);
}

const unitsListed = { unitsListed: true };

/** True for a value whose fields are texts, as nearly all are: it is read as it stands. */
function isReadable(value: JsonObject): value is JsonObject & SaidSample {
  const { measurand, phase, location, context, unit } = value;
  return isText(measurand) && isText(phase) && isText(location) && isText(context) && isText(unit);
}

function isText(value: Json | undefined): boolean {
  return typeof value === "string" || value === undefined;
}

function inTexts(value: JsonObject): SaidSample {
  return {
    value: value.value,
    measurand: text(value, "measurand"),
    phase: text(value, "phase"),
    location: text(value, "location"),
    context: text(value, "context"),
    unit: text(value, "unit"),
  };
}
