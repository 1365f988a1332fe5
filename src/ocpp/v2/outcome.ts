import type { JsonObject } from "../../lib/json.ts";
import type { CommandOutcome } from "../../station/commands.ts";
import { words } from "../../station/phrases.ts";
import { object, objects, text } from "../read.ts";

type Outcome = Pick<CommandOutcome, "result" | "why">;

/** Actions whose answer has no status: to be answered is all there is to it. */
const plain: ReadonlySet<string> = new Set([
  "CostUpdated",
  "GetLocalListVersion",
  "GetPeriodicEventStream",
  "GetTransactionStatus",
  "NotifyWebPaymentStarted",
]);

/** Actions that answer for each thing asked. `read`: what came counts; a change is only done when all of it is. */
const lists: Readonly<Record<string, { list: string; status: string; info: string; read?: boolean }>> = {
  ClearTariffs: { list: "clearTariffsResult", status: "status", info: "statusInfo" },
  ClearVariableMonitoring: { list: "clearMonitoringResult", status: "status", info: "statusInfo" },
  GetVariables: { list: "getVariableResult", status: "attributeStatus", info: "attributeStatusInfo", read: true },
  SetVariableMonitoring: { list: "setMonitoringResult", status: "status", info: "statusInfo" },
  SetVariables: { list: "setVariableResult", status: "attributeStatus", info: "attributeStatusInfo" },
};

const results = new Map<string, Outcome["result"]>([
  ["accepted", "accepted"],
  ["acceptedcanceled", "accepted"],
  ["unlocked", "accepted"],
  ["unpublished", "accepted"],
  ["scheduled", "scheduled"],
  ["rebootrequired", "accepted"],
  ["notimplemented", "unsupported"],
  ["notsupported", "unsupported"],
]);

/** Words that mean "asked and answered: there is none", by action; elsewhere the same words refuse. */
const nothingThere: Readonly<Record<string, string>> = {
  GetBaseReport: "EmptyResultSet",
  GetChargingProfiles: "NoProfiles",
  GetDERControl: "NotFound",
  GetDisplayMessages: "Unknown",
  GetInstalledCertificateIds: "NotFound",
  GetMonitoringReport: "EmptyResultSet",
  GetReport: "EmptyResultSet",
  GetTariffs: "NoTariff",
};

/** What the station's answer to one of our requests means. `why` holds its own words: the status where that is not simply Accepted, and
 * statusInfo's reasonCode and additionalInfo. Letter case is forgiven, and so is `"statusInfo": null`. */
export function readOutcome(action: string, answer: JsonObject): Outcome {
  const list = Object.hasOwn(lists, action) ? lists[action] : undefined;
  if (list) return readList(answer, list);
  const status = text(answer, "status");
  if (status === undefined) {
    return plain.has(action) ? { result: "accepted" } : { result: "rejected", why: words("no-status") };
  }
  const why = told(status, object(answer, "statusInfo"));
  if (Object.hasOwn(nothingThere, action) && nothingThere[action] === status) return { result: "accepted", why };
  if (action === "DataTransfer" && status.startsWith("Unknown")) return { result: "unsupported", why };
  const result = resultOf(status);
  return result === "accepted" && why.toLowerCase() === "accepted" ? { result } : { result, why };
}

function resultOf(status: string): Outcome["result"] {
  return results.get(status.toLowerCase()) ?? "rejected";
}

function told(status: string, info: JsonObject | undefined): string {
  return [status, text(info, "reasonCode"), text(info, "additionalInfo")].filter(Boolean).join(": ");
}

const maxNamed = 5;

function readList(answer: JsonObject, { list, status, info, read }: (typeof lists)[string]): Outcome {
  const said = objects(answer, list).map((one) => {
    const word = text(one, status) ?? "?";
    const why = [told(word, object(one, info)), subject(one)].filter(Boolean).join(" ");
    return { result: resultOf(word), why };
  });
  if (said.length === 0) return { result: "rejected", why: words("no-list", { list }) };
  const refused = said.filter((one) => one.result === "rejected" || one.result === "unsupported");
  if (refused.length > 0) {
    const why = name(refused);
    return { result: read && refused.length < said.length ? "accepted" : "rejected", why };
  }
  const others = said.filter((one) => one.why.split(" ")[0]?.toLowerCase() !== "accepted");
  return others.length === 0 ? { result: "accepted" } : { result: "accepted", why: name(others) };
}

function name(results: { why: string }[]): string {
  const named = results.slice(0, maxNamed).map((one) => one.why);
  return [...named, ...(results.length > maxNamed ? [`… ${results.length}`] : [])].join("; ");
}

/** What a result is about: a component's variable, a monitor or a tariff. */
function subject(one: JsonObject): string {
  const component = text(object(one, "component"), "name");
  const variable = text(object(one, "variable"), "name");
  if (component !== undefined || variable !== undefined) return [component, variable].filter(Boolean).join(".");
  return text(one, "id") ?? text(one, "tariffId") ?? "";
}
