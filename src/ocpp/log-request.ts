import { isJsonObject, type JsonObject, parseJson } from "../lib/json.ts";
import type { LogCommand, LogKind } from "../station/commands.ts";
import { words } from "../station/phrases.ts";
import type { Plan } from "./dialect.ts";
import { text } from "./read.ts";

type GetLog = Extract<LogCommand, { name: "get-log" }>;

/** LogEnumType. */
const logTypes: Record<LogKind, string> = {
  diagnostics: "DiagnosticsLog",
  security: "SecurityLog",
  "data-collector": "DataCollectorLog",
};
const longestLocation = 512;

/** GetLog, the same in the security whitepaper of 1.6 and in 2.x (N01). */
export function planGetLog(command: GetLog): Plan {
  const { location, requestId, from, to } = command;
  if (location.length > longestLocation)
    return { unsupported: words("field-too-long", { field: "remoteLocation", limit: longestLocation }) };
  const log: JsonObject = { remoteLocation: location };
  if (from !== undefined) log.oldestTimestamp = from;
  if (to !== undefined) log.latestTimestamp = to;
  const payload: JsonObject = { logType: logTypes[command.kind], requestId, log, ...retriesOf(command) };
  return { action: "GetLog", payload };
}

/** How often a station is to try again by itself, where that is asked for. */
export function retriesOf({ retries, retrySeconds }: GetLog): JsonObject {
  return {
    ...(retries !== undefined && { retries }),
    ...(retrySeconds !== undefined && { retryInterval: retrySeconds }),
  };
}

/** What the answer to a request for a log tells beyond its outcome: the file's name, and whether an upload that ran was given up.
 * @param answer JSON text; what cannot be read tells nothing */
export function readLogAnswer(answer: string): { fileName?: string; canceled?: true } {
  let read: unknown;
  try {
    read = parseJson(answer, { depth: 10, values: 100 });
  } catch {
    return {};
  }
  if (!isJsonObject(read)) return {};
  const fileName = text(read, "fileName") ?? text(read, "filename");
  return {
    ...(fileName ? { fileName } : {}),
    ...(text(read, "status") === "AcceptedCanceled" ? { canceled: true as const } : {}),
  };
}
