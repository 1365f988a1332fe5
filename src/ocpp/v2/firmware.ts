import type { JsonObject } from "../../lib/json.ts";
import type { EventBody } from "../../station/events.ts";
import { exactInteger, text } from "../read.ts";
import { type Handlers, notice, present } from "./notice.ts";

/** Block L. Publishing is a local controller's service to the stations behind it. */
export const firmwareHandlers: Handlers = {
  FirmwareStatusNotification: { reply: () => ({}), events: (request) => progressEvents("firmware-status", request) },
  PublishFirmwareStatusNotification: notice("PublishFirmwareStatusNotification", [
    "status",
    "location",
    "requestId",
    "statusInfo.reasonCode",
    "statusInfo.additionalInfo",
  ]),
};

/** How far a transfer has come; nothing without a status. The request id may be missing for Idle (L01). */
export function progressEvents(kind: "firmware-status" | "diagnostics-status", request: JsonObject): EventBody[] {
  const status = text(request, "status");
  return status === undefined ? [] : [present({ kind, status, requestId: exactInteger(request, "requestId") })];
}
