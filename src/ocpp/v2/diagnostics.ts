import type { JsonObject } from "../../lib/json.ts";
import { redactNamed } from "../../redaction/redact.ts";
import type { LogCommand, LogKind } from "../../station/commands.ts";
import type { EventBody } from "../../station/events.ts";
import type { Finding } from "../../station/findings.ts";
import { words } from "../../station/phrases.ts";
import type { EventContext, Plan } from "../dialect.ts";
import { foundEvents } from "../found.ts";
import { planGetLog } from "../log-request.ts";
import { flag, integer, object, objects, text } from "../read.ts";
import { readTime } from "../times/times.ts";
import { readStatus } from "./availability.ts";
import { progressEvents } from "./firmware.ts";
import { type Handlers, notice, present } from "./notice.ts";
import { nameOf, placeNumber } from "./place.ts";

/** Block N: logs, monitoring and what it found. */
export const diagnosticsHandlers: Handlers = {
  LogStatusNotification: { reply: () => ({}), events: (request) => progressEvents("diagnostics-status", request) },
  NotifyCustomerInformation: notice("NotifyCustomerInformation", ["requestId", "seqNo", "data", "tbc"], "generatedAt"),
  NotifyEvent: { reply: () => ({}), events: deviceEvents },
  NotifyMonitoringReport: notice(
    "NotifyMonitoringReport",
    [
      "requestId",
      "seqNo",
      "#monitor",
      "monitor.component.name",
      "monitor.variable.name",
      "monitor.variableMonitoring.type",
      "monitor.variableMonitoring.value",
      "tbc",
    ],
    "generatedAt",
  ),
};

/** 2.1 block N: values streamed without an answer. Each message is a line of the history. */
export const eventStreamsAdded: Handlers = {
  OpenPeriodicEventStream: notice(
    "OpenPeriodicEventStream",
    [
      "constantStreamData.id",
      "constantStreamData.variableMonitoringId",
      "constantStreamData.params.interval",
      "constantStreamData.params.values",
    ],
    undefined,
    { status: "Accepted" },
  ),
  ClosePeriodicEventStream: notice("ClosePeriodicEventStream", ["id"]),
  NotifyPeriodicEventStream: {
    ...notice("NotifyPeriodicEventStream", ["id", "pending", "basetime", "data.v"]),
    unanswered: true,
  },
};

function deviceEvents(request: JsonObject, _reply: JsonObject, context: EventContext): EventBody[] {
  const findings: Finding[] = [];
  const events: EventBody[] = [];
  findings.push(...readTime(request.generatedAt, "NotifyEvent /generatedAt", context.at).findings);
  for (const data of objects(request, "eventData")) {
    const time = readTime(data.timestamp, "NotifyEvent /eventData/*/timestamp", context.at);
    findings.push(...time.findings);
    events.push(...readEventData(data, time.text));
  }
  return [...foundEvents(findings), ...events];
}

/** EventDataType (2.1 adds severity). Nothing is told where neither component nor variable has a name. */
function readEventData(data: JsonObject, stationTime: string | undefined): EventBody[] {
  const component = object(data, "component");
  const variable = object(data, "variable");
  const componentName = text(component, "name");
  const variableName = text(variable, "name");
  if (componentName === undefined && variableName === undefined) return [];
  const place = object(component, "evse");
  const evse = placeNumber(place, "id");
  const connector = placeNumber(place, "connectorId");
  const value = text(data, "actualValue") ?? "";
  const event: EventBody = present({
    kind: "device-event",
    component: nameOf(component, componentName, text(component, "instance")),
    variable: nameOf(variable, variableName, text(variable, "instance")),
    value: redactNamed(variableName, value),
    trigger: text(data, "trigger") ?? "",
    evse,
    connector,
    cleared: flag(data, "cleared"),
    techCode: text(data, "techCode"),
    techInfo: text(data, "techInfo"),
    severity: integer(data, "severity"),
    stationTime,
  });
  if (variableName !== "AvailabilityState") return [event];
  return [event, ...availabilityEvents(componentName, evse, connector, value, stationTime)];
}

/** A connector's AvailabilityState is its status: 2.0.1 allows it in place of StatusNotification, and 2.1 prefers it (G01). */
function availabilityEvents(
  component: string | undefined,
  evse: number | undefined,
  connector: number | undefined,
  value: string,
  stationTime: string | undefined,
): EventBody[] {
  const status = readStatus(value);
  if (!status) return [];
  if (component === "Connector" && evse && connector) {
    return [present({ kind: "status", evse, connector, status, stationTime })];
  }
  if (component === "ChargingStation") return [present({ kind: "status", evse: 0, connector: 0, status, stationTime })];
  return [];
}

export const logs201: ReadonlySet<LogKind> = new Set<LogKind>(["diagnostics", "security"]);
export const logs21: ReadonlySet<LogKind> = new Set<LogKind>([...logs201, "data-collector"]);

/** N01 GetLog, and the variable that tells how files can go up.
 * @param kinds the logs that the version has */
export function planLog2(command: LogCommand, kinds: ReadonlySet<LogKind>): Plan {
  if (command.name === "read-file-protocols") {
    const asked = { component: { name: "OCPPCommCtrlr" }, variable: { name: "FileTransferProtocols" } };
    return { action: "GetVariables", payload: { getVariableData: [asked] } };
  }
  if (command.way > 0) return { unsupported: words("no-other-way") };
  if (!kinds.has(command.kind)) return { unsupported: words("no-such-log") };
  return planGetLog(command);
}
