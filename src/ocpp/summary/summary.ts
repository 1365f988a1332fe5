import type { JsonObject } from "../../lib/json.ts";
import { mask } from "../../lib/shown-text.ts";
import { cutText } from "../../lib/text.ts";
import { redact } from "../../redaction/redact.ts";
import { isSecretName } from "../../redaction/secret-names.ts";
import { longestText } from "../../station/bounds.ts";
import { type SummaryField, type SummaryLabel, summaryLabels } from "../../station/model.ts";
import { object, objects, text, texts } from "../read.ts";
import { measured } from "./summary-values.ts";

const maxFields = 4;
const maxLength = 80;

/** The two to four fields that matter in a message, a question or an answer, of any version and any action.
 * Secrets are never among them.
 * @param action of the message, or of the question that it answers; null when it is not known */
export function summarise(action: string | null, payload: JsonObject): SummaryField[] {
  const labels = (action !== null && Object.hasOwn(ordered, action) && ordered[action]) || summaryLabels;
  const fields: SummaryField[] = [];
  for (const label of labels) {
    const value = readers[label](payload);
    if (value === undefined || value === "") continue;
    fields.push({ label, value: shorten(redact(cutText(value, longestText))) });
    if (fields.length === maxFields) break;
  }
  return fields;
}

/** Actions whose fields matter in another order than usual, or that say more than matters. */
const ordered: Readonly<Record<string, readonly SummaryLabel[]>> = {
  StatusNotification: ["evse", "connector", "status", "errorCode", "vendorError", "info"],
  TransactionEvent: [
    "event",
    "status",
    "evse",
    "chargingState",
    "reason",
    "power",
    "energy",
    "token",
    "transaction",
    "trigger",
    "cost",
  ],
  BootNotification: ["status", "reason", "vendor", "model", "firmware", "serial", "interval", "reasonCode", "time"],
  StopTransaction: ["transaction", "status", "reason", "energy", "token"],
  DataTransfer: ["status", "vendorId", "messageId", "data", "reasonCode"],
};

const readers: Readonly<Record<SummaryLabel, (payload: JsonObject) => string | undefined>> = {
  event: (payload) => text(payload, "eventType"),
  evse: (payload) => text(payload, "evseId") ?? text(object(payload, "evse"), "id"),
  connector: (payload) => text(payload, "connectorId") ?? text(object(payload, "evse"), "connectorId"),
  status: readStatus,
  errorCode: (payload) => unless("NoError", text(payload, "errorCode")),
  vendorError: (payload) => text(payload, "vendorErrorCode"),
  reasonCode: (payload) => text(object(payload, "statusInfo"), "reasonCode"),
  transaction: (payload) => text(payload, "transactionId") ?? text(object(payload, "transactionInfo"), "transactionId"),
  chargingState: (payload) => text(object(payload, "transactionInfo"), "chargingState"),
  reason: (payload) => text(payload, "reason") ?? text(object(payload, "transactionInfo"), "stoppedReason"),
  trigger: (payload) => text(payload, "triggerReason"),
  token: (payload) => text(payload, "idTag") ?? text(payload, "idToken") ?? cardOf(object(payload, "idToken")),
  power: (payload) => measured(payload, "Power.Active.Import"),
  energy: readEnergy,
  current: (payload) => measured(payload, "Current.Import"),
  soc: (payload) => measured(payload, "SoC"),
  key: (payload) => shortList(entries(payload).map(({ name }) => name)),
  value: readValue,
  unknownKey: (payload) => shortList(texts(payload, "unknownKey")),
  count: readCount,
  type: (payload) =>
    first(payload, ["type", "operationalStatus", "certificateType", "logType", "reportBase", "updateType"]),
  message: (payload) => text(payload, "requestedMessage"),
  vendor: (payload) => text(payload, "chargePointVendor") ?? text(object(payload, "chargingStation"), "vendorName"),
  model: (payload) => text(payload, "chargePointModel") ?? text(object(payload, "chargingStation"), "model"),
  firmware: (payload) =>
    text(payload, "firmwareVersion") ?? text(object(payload, "chargingStation"), "firmwareVersion"),
  serial: (payload) =>
    first(payload, ["chargePointSerialNumber", "chargeBoxSerialNumber"]) ??
    text(object(payload, "chargingStation"), "serialNumber"),
  interval: (payload) => withUnit(text(payload, "interval"), "s"),
  purpose: (payload) => text(profileOf(payload), "chargingProfilePurpose") ?? text(payload, "chargingProfilePurpose"),
  limit: readLimit,
  vendorId: (payload) => text(payload, "vendorId"),
  messageId: (payload) => text(payload, "messageId"),
  data: (payload) => (isSecretName(text(payload, "messageId")) ? mask : text(payload, "data")),
  location: (payload) =>
    text(payload, "location") ??
    text(object(payload, "firmware"), "location") ??
    text(object(payload, "log"), "remoteLocation") ??
    text(object(payload, "connectionData"), "ocppCsmsUrl"),
  version: (payload) => first(payload, ["listVersion", "versionNumber"]),
  request: (payload) => text(payload, "requestId"),
  reservation: (payload) => unless("0", text(payload, "reservationId")),
  expiry: (payload) => first(payload, ["expiryDate", "expiryDateTime"]),
  duration: (payload) => withUnit(text(payload, "duration"), "s"),
  cost: (payload) => text(payload, "totalCost"),
  info: (payload) => unless("null", first(payload, ["info", "techInfo"])),
  time: (payload) => text(payload, "currentTime"),
};

function readStatus(payload: JsonObject): string | undefined {
  return (
    first(payload, ["status", "connectorStatus"]) ??
    text(object(payload, "idTagInfo"), "status") ??
    text(object(payload, "idTokenInfo"), "status") ??
    shortList([...new Set(entries(payload).flatMap(({ status }) => status ?? []))])
  );
}

function readEnergy(payload: JsonObject): string | undefined {
  return (
    withUnit(first(payload, ["meterStop", "meterStart"]), "Wh") ?? measured(payload, "Energy.Active.Import.Register")
  );
}

/** A pin is no card (2.x C04.FR.04). */
function cardOf(idToken: JsonObject | undefined): string | undefined {
  const value = text(idToken, "idToken");
  return value !== undefined && text(idToken, "type") === "KeyCode" ? mask : value;
}

/** The value of the one setting a message is about. */
function readValue(payload: JsonObject): string | undefined {
  const [entry, more] = entries(payload);
  if (!entry || more || entry.value === undefined) return undefined;
  return isSecretName(entry.name) ? mask : entry.value;
}

/** How many entries a long list has. */
function readCount(payload: JsonObject): string | undefined {
  const count = entries(payload).length;
  return count > 1 ? String(count) : undefined;
}

type Entry = { name: string; value?: string; status?: string };

const variableLists = [
  "getVariableData",
  "setVariableData",
  "getVariableResult",
  "setVariableResult",
  "reportData",
  "eventData",
  "monitor",
];

/** The settings, variables or events that a message is about. */
function entries(payload: JsonObject): Entry[] {
  const key = text(payload, "key");
  if (key !== undefined) return [{ name: key, value: text(payload, "value") }];
  const keys = texts(payload, "key");
  if (keys.length > 0) return keys.map((name) => ({ name }));
  const configuration = objects(payload, "configurationKey");
  if (configuration.length > 0) {
    return configuration.map((item) => ({ name: text(item, "key") ?? "", value: text(item, "value") }));
  }
  return variableLists.flatMap((list) => objects(payload, list).map(readVariable));
}

function readVariable(item: JsonObject): Entry {
  const component = text(object(item, "component"), "name");
  const variable = text(object(item, "variable"), "name");
  const value = first(item, ["attributeValue", "actualValue"]) ?? text(objects(item, "variableAttribute")[0], "value");
  return {
    name: [component, variable].filter((part) => part !== undefined).join("."),
    value,
    status: text(item, "attributeStatus"),
  };
}

/** 1.6 csChargingProfiles, 2.x chargingProfile: one, or the first of a list. */
function profileOf(payload: JsonObject): JsonObject | undefined {
  return objects(payload, "csChargingProfiles")[0] ?? objects(payload, "chargingProfile")[0];
}

/** The first limit of a profile or schedule, e.g. "16 A". */
function readLimit(payload: JsonObject): string | undefined {
  const schedule =
    objects(profileOf(payload), "chargingSchedule")[0] ??
    objects(payload, "chargingSchedule")[0] ??
    objects(payload, "schedule")[0];
  const limit = text(objects(schedule, "chargingSchedulePeriod")[0], "limit");
  return withUnit(limit, text(schedule, "chargingRateUnit") ?? "");
}

function first(payload: JsonObject, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const value = text(payload, key);
    if (value !== undefined) return value;
  }
  return undefined;
}

function unless(nothing: string, value: string | undefined): string | undefined {
  return value === nothing ? undefined : value;
}

function withUnit(value: string | undefined, unit: string): string | undefined {
  return value === undefined ? undefined : `${value} ${unit}`.trim();
}

/** Two names, and how many more. */
function shortList(names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  return names.length > 2 ? `${names.slice(0, 2).join(", ")} +${names.length - 2}` : names.join(", ");
}

function shorten(value: string): string {
  const line = value.replace(/\s+/g, " ").trim();
  return line.length > maxLength ? `${line.slice(0, maxLength - 1)}…` : line;
}
