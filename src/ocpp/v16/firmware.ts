import type { FirmwareStatus } from "../../station/events.ts";
import type { Handler } from "../dialect.ts";
import { exactInteger, text } from "../read.ts";

/** FirmwareStatusNotification (1.6 4.5, 6.19) and SignedFirmwareStatusNotification (security whitepaper, L01), which names
 * the request that it belongs to. */
export const firmwareStatusNotification: Handler = {
  reply: () => ({}),
  events(request) {
    const event: FirmwareStatus = { kind: "firmware-status", status: text(request, "status") ?? "" };
    const requestId = exactInteger(request, "requestId");
    if (requestId !== undefined) event.requestId = requestId;
    return [event];
  },
};
