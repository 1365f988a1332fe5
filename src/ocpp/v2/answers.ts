import type { JsonObject } from "../../lib/json.ts";
import type { EventBody } from "../../station/events.ts";
import type { EventContext } from "../dialect.ts";
import { type Fields, noticed } from "./notice.ts";
import { readVariables } from "./provisioning.ts";
import { readCertificates2 } from "./security/certificates.ts";

/** Answers that tell more than their status, and the fields that do. Reports are not among them: they arrive by messages of their own. */
const telling: Readonly<Record<string, Fields>> = {
  DataTransfer: ["status", "data"],
  GetCompositeSchedule: [
    "status",
    "schedule.evseId",
    "schedule.scheduleStart",
    "schedule.duration",
    "schedule.chargingRateUnit",
    "schedule.chargingSchedulePeriod.startPeriod",
    "schedule.chargingSchedulePeriod.limit",
  ],
  GetLocalListVersion: ["versionNumber"],
  GetLog: ["status", "filename"],
  GetPeriodicEventStream: ["constantStreamData.id", "constantStreamData.variableMonitoringId"],
  GetTariffs: ["status", "tariffAssignments.tariffId", "tariffAssignments.tariffKind", "tariffAssignments.evseIds"],
  GetTransactionStatus: ["ongoingIndicator", "messagesInQueue"],
  RequestStartTransaction: ["status", "transactionId"],
};

/** Fields without which an answer tells nothing beyond its outcome. */
const wanted: Readonly<Record<string, string>> = {
  DataTransfer: "data",
  GetCompositeSchedule: "schedule",
  GetLog: "filename",
  GetPeriodicEventStream: "constantStreamData",
  GetTariffs: "tariffAssignments",
  RequestStartTransaction: "transactionId",
};

/** What the station's answer to one of our requests tells beyond the outcome. */
export function readAnswer(
  action: string,
  request: JsonObject,
  answer: JsonObject,
  context: EventContext,
): EventBody[] {
  if (action === "GetVariables") return readVariables(request, answer);
  if (action === "GetInstalledCertificateIds") return [readCertificates2(request, answer)];
  const fields = Object.hasOwn(telling, action) ? telling[action] : undefined;
  if (!fields) return [];
  const key = wanted[action];
  if (key !== undefined && (answer[key] === undefined || answer[key] === null)) return [];
  return noticed(action, answer, fields, context.at);
}
