import type { JsonObject } from "../../lib/json.ts";
import type { EventBody } from "../../station/events.ts";
import { type Finding, finding } from "../../station/findings.ts";
import type { Sample, SampleGroup } from "../../station/model.ts";
import { registersOf } from "../../station/transactions/session-energy.ts";
import type { EventContext } from "../dialect.ts";
import { foundEvents } from "../found.ts";
import { integer, object, objects, text } from "../read.ts";
import { rightGroup } from "../sample-quirks.ts";
import { readSample, signedSummary } from "../samples.ts";
import { readTime } from "../times/times.ts";
import type { Handlers } from "./notice.ts";
import { readPlaceNumber } from "./place.ts";

const action = "MeterValues";

/** Block J: values outside a transaction, of an EVSE or (EVSE 0) of the station's own meter. */
export const meteringHandlers: Handlers = {
  MeterValues: { reply: () => ({}), events: meterEvents },
};

function meterEvents(request: JsonObject, _reply: JsonObject, context: EventContext): EventBody[] {
  const { groups, signed, findings } = readMeterValues(request, action, context.at);
  const { evse, transaction } = readPlace(request, findings);
  const events = findings.length > 0 ? foundEvents(findings) : [];
  if (groups.length > 0) {
    const sampled: EventBody = { kind: "sampled", evse, groups };
    if (transaction !== undefined) sampled.transaction = transaction;
    events.push(sampled);
  }
  for (const summary of signed) events.push({ kind: "noticed", action, summary });
  return events;
}

/** evseId, or what a message in 1.6's shape says: connectorId and transactionId. */
function readPlace(request: JsonObject, findings: Finding[]): { evse: number; transaction?: string } {
  const evse = readPlaceNumber(request, "evseId", `${action} /`, findings);
  if (evse !== undefined) return { evse };
  const connector = readPlaceNumber(request, "connectorId", `${action} /`, findings);
  if (connector === undefined) return { evse: 0 };
  findings.push(finding("other-version", `${action} /evseId`, `connectorId ${connector}`, "evseId"));
  return { evse: connector, transaction: text(request, "transactionId") };
}

type ReadMeterValues = {
  /** One for each time of measuring; those without a readable value are left out. */
  groups: SampleGroup[];
  /** Signed values that say no number beside the signed data, in words. */
  signed: string[];
  findings: Finding[];
};

/** Reads the list of MeterValueType that MeterValues and TransactionEvent share. */
export function readMeterValues(request: JsonObject, action: string, at: number): ReadMeterValues {
  const read: ReadMeterValues = { groups: [], signed: [], findings: [] };
  const where = `${action} /meterValue/*/sampledValue/*`;
  for (const meterValue of objects(request, "meterValue")) {
    const time = readTime(meterValue.timestamp, `${action} /meterValue/*/timestamp`, at);
    if (time.findings.length > 0) read.findings.push(...time.findings);
    const samples: Sample[] = [];
    for (const sampledValue of objects(meterValue, "sampledValue")) {
      const sample = readSampledValue(sampledValue, where, read);
      if (sample) samples.push(sample);
    }
    rightGroup(samples, where, read.findings);
    if (samples.length > 0)
      read.groups.push(time.text === undefined ? { samples } : { stationTime: time.text, samples });
  }
  return read;
}

/** SampledValueType. A unit beside the value, as in 1.6, is read with a finding. */
function readSampledValue(from: JsonObject, where: string, read: ReadMeterValues): Sample | undefined {
  const measure = object(from, "unitOfMeasure");
  const bareUnit = measure ? undefined : text(from, "unit");
  if (bareUnit !== undefined) {
    read.findings.push(finding("other-version", `${where}/unit`, bareUnit, "unitOfMeasure: {unit, multiplier}"));
  }
  const signed = readSigned(from);
  const measurand = text(from, "measurand");
  const said = {
    value: from.value,
    measurand,
    phase: text(from, "phase"),
    location: text(from, "location"),
    context: text(from, "context"),
    unit: measure ? text(measure, "unit") : bareUnit,
  };
  const multiplier = measure ? integer(measure, "multiplier") : undefined;
  const sample = readSample(said, where, read.findings, { multiplier, signed });
  if (!sample && signed) read.signed.push(signedSummary(measurand, signed));
  return sample;
}

/** SignedMeterValueType, its data byte for byte. publicKey may be "". */
function readSigned(from: JsonObject): Sample["signed"] {
  const signed = object(from, "signedMeterValue");
  const data = text(signed, "signedMeterData");
  if (!signed || data === undefined) return undefined;
  const result: NonNullable<Sample["signed"]> = { format: "SignedMeterValue", data };
  const encodingMethod = text(signed, "encodingMethod");
  const publicKey = text(signed, "publicKey");
  const signingMethod = text(signed, "signingMethod");
  if (encodingMethod !== undefined) result.encodingMethod = encodingMethod;
  if (publicKey !== undefined) result.publicKey = publicKey;
  if (signingMethod !== undefined) result.signingMethod = signingMethod;
  return result;
}

/** The energy register at the outlet in Wh: the value that says it is of the start or the end of the transaction, or else the
 * first or last one in the message. Where only phases are told, their sum. */
export function registerAt(
  groups: SampleGroup[],
  context: "Transaction.Begin" | "Transaction.End",
): number | undefined {
  const registers = groups.flatMap(({ samples }) => registersOf(samples));
  const marked = registers.find((register) => register.context === context);
  return (marked ?? registers.at(context === "Transaction.End" ? -1 : 0))?.value;
}
