import type { JsonObject } from "../../lib/json.ts";
import { isoTime } from "../../lib/units.ts";
import { redactNamed } from "../../redaction/redact.ts";
import type { EventBody, ReportedVariable } from "../../station/events.ts";
import { type Finding, finding, observed } from "../../station/findings.ts";
import type { RegistrationStatus, StationInfo } from "../../station/model.ts";
import { words } from "../../station/phrases.ts";
import type { EventContext } from "../dialect.ts";
import { foundEvents } from "../found.ts";
import { optionalText } from "../placeholders.ts";
import { exactInteger, flag, integer, object, objects, text } from "../read.ts";
import { readTime } from "../times/times.ts";
import { type Handlers, present } from "./notice.ts";
import { placeNumber } from "./place.ts";

/** Block B: boot, heartbeat and the device model. */
export const provisioningHandlers: Handlers = {
  BootNotification: {
    reply: (_request, context) => ({
      currentTime: context.currentTime ?? isoTime(context.now),
      interval: Math.max(0, Math.round(context.boot.intervalSeconds)),
      status: context.boot.status,
    }),
    events: bootEvents,
  },
  Heartbeat: {
    reply: (_request, context) => ({ currentTime: context.currentTime ?? isoTime(context.now) }),
    events: () => [{ kind: "heartbeat" }],
  },
  NotifyReport: { reply: () => ({}), events: reportEvents },
};

function bootEvents(request: JsonObject, reply: JsonObject): EventBody[] {
  const findings: Finding[] = [];
  const answered = text(reply, "status");
  const booted: EventBody = present({
    kind: "booted",
    info: readInfo(request, findings),
    reason: text(request, "reason"),
    answered: answered === "Pending" || answered === "Rejected" ? answered : ("Accepted" satisfies RegistrationStatus),
    intervalSeconds: integer(reply, "interval"),
  });
  return [...foundEvents(findings), booted];
}

/** B01: ChargingStationType. The flat fields of 1.6 are read with a finding. */
function readInfo(request: JsonObject, findings: Finding[]): StationInfo {
  const station = object(request, "chargingStation");
  if (!station && (request.chargePointModel !== undefined || request.chargePointVendor !== undefined)) {
    const said = Object.keys(request).join(", ");
    findings.push(finding("other-version", "BootNotification /chargingStation", said, "chargingStation, reason"));
    return present({
      vendor: text(request, "chargePointVendor"),
      model: text(request, "chargePointModel"),
      serialNumber: text(request, "chargePointSerialNumber"),
      boxSerialNumber: text(request, "chargeBoxSerialNumber"),
      firmwareVersion: text(request, "firmwareVersion"),
      iccid: text(request, "iccid"),
      imsi: text(request, "imsi"),
      meterType: text(request, "meterType"),
      meterSerialNumber: text(request, "meterSerialNumber"),
    });
  }
  const modem = object(station, "modem");
  const where = "BootNotification /chargingStation/";
  return present({
    vendor: text(station, "vendorName"),
    model: text(station, "model"),
    serialNumber: optionalText(station, "serialNumber", where, findings),
    firmwareVersion: optionalText(station, "firmwareVersion", where, findings),
    iccid: optionalText(modem, "iccid", `${where}modem/`, findings),
    imsi: optionalText(modem, "imsi", `${where}modem/`, findings),
  });
}

function reportEvents(request: JsonObject, _reply: JsonObject, context: EventContext): EventBody[] {
  const { findings } = readTime(request.generatedAt, "NotifyReport /generatedAt", context.at);
  findings.push(...judgeInventory(request));
  const event: EventBody = present({
    kind: "variables",
    requestId: exactInteger(request, "requestId"),
    part: integer(request, "seqNo"),
    last: flag(request, "tbc") !== true,
    variables: objects(request, "reportData").flatMap(readReportData),
  });
  return [...foundEvents(findings), event];
}

/** A whole report in one message that has EVSEs and no connector (FoxESS). Of a part nothing can be said, nor of one that does not tell
 * what an inventory tells of each EVSE: a summary (B07, SummaryInventory) tells AvailabilityState of what is in trouble alone. */
function judgeInventory(request: JsonObject): Finding[] {
  if (integer(request, "seqNo") !== 0 || flag(request, "tbc") === true) return [];
  const told = objects(request, "reportData").map((data) => ({
    component: text(object(data, "component"), "name"),
    variable: text(object(data, "variable"), "name"),
  }));
  if (told.some(({ component }) => component === "Connector")) return [];
  if (!told.some(({ component, variable }) => component === "EVSE" && variable === "Available")) return [];
  return [observed("no-connectors", "NotifyReport /reportData", words("no-connector"), words("a-connector-each"))];
}

/** One variable for each of its attributes (ReportDataType); a variable without any is still one that the station has. */
function readReportData(data: JsonObject): ReportedVariable[] {
  const characteristics = object(data, "variableCharacteristics");
  const unit = text(characteristics, "unit");
  const dataType = text(characteristics, "dataType");
  const attributes = objects(data, "variableAttribute");
  return (attributes.length > 0 ? attributes : [{}]).flatMap((attribute) => {
    const mutability = text(attribute, "mutability");
    return readVariable(data, text(attribute, "type"), { value: text(attribute, "value"), mutability, unit, dataType });
  });
}

/** A component's variable, or nothing when it has no name. The attribute is Actual unless said otherwise. Secrets stay in
 * the frame. */
function readVariable(
  from: JsonObject,
  attribute: string | undefined,
  known: Partial<ReportedVariable>,
): ReportedVariable[] {
  const component = object(from, "component");
  const variable = object(from, "variable");
  const name = text(component, "name");
  const variableName = text(variable, "name");
  if (name === undefined || variableName === undefined) return [];
  const evse = object(component, "evse");
  return [
    present({
      component: name,
      componentInstance: text(component, "instance"),
      evse: placeNumber(evse, "id"),
      connector: placeNumber(evse, "connectorId"),
      variable: variableName,
      instance: text(variable, "instance"),
      attribute: attribute ?? "Actual",
      ...known,
      value: known.value === undefined ? undefined : redactNamed(variableName, known.value),
    }),
  ];
}

/** The values that GetVariables brought (B06). What was refused is in the outcome. */
export function readVariables(_request: JsonObject, answer: JsonObject): EventBody[] {
  const variables = objects(answer, "getVariableResult")
    .filter((result) => text(result, "attributeStatus") === "Accepted")
    .flatMap((result) =>
      readVariable(result, text(result, "attributeType"), { value: text(result, "attributeValue") }),
    );
  return variables.length > 0 ? [{ kind: "variables", last: true, variables }] : [];
}
