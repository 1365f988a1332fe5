import type { JsonObject } from "../../lib/json.ts";
import type { LogCommand } from "../../station/commands.ts";
import type { DiagnosticsStatus } from "../../station/events.ts";
import { words } from "../../station/phrases.ts";
import type { Handler, Plan } from "../dialect.ts";
import { planGetLog, retriesOf } from "../log-request.ts";
import { exactInteger, text } from "../read.ts";

/** DiagnosticsStatusNotification (1.6 4.4, 6.17) and LogStatusNotification (security whitepaper, log upload), which names
 * the request that it belongs to. */
export const diagnosticsStatusNotification: Handler = {
  reply: () => ({}),
  events(request) {
    const event: DiagnosticsStatus = { kind: "diagnostics-status", status: text(request, "status") ?? "" };
    const requestId = exactInteger(request, "requestId");
    if (requestId !== undefined) event.requestId = requestId;
    return [event];
  },
};

/** 1.6 5.9 GetDiagnostics; in a second way, and for the log of security, GetLog of the security whitepaper. */
export function planLog16(command: LogCommand): Plan {
  if (command.name === "read-file-protocols")
    return { action: "GetConfiguration", payload: { key: ["SupportedFileTransferProtocols"] } };
  const { kind, way, location, from, to } = command;
  if (kind === "data-collector") return { unsupported: words("no-such-log") };
  if (kind === "security") return way === 0 ? planGetLog(command) : { unsupported: words("no-other-way") };
  if (way === 1) return planGetLog(command);
  const payload: JsonObject = { location, ...retriesOf(command) };
  if (from !== undefined) payload.startTime = from;
  if (to !== undefined) payload.stopTime = to;
  return { action: "GetDiagnostics", payload };
}
