import type { DiagnosticsStatus } from "../../station/events.ts";
import type { Handler } from "../dialect.ts";
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
