import { stringifyJson } from "../../lib/json.ts";
import { redactNamed } from "../../redaction/redact.ts";
import type { VendorMessage } from "../../station/events.ts";
import type { Handler } from "../dialect.ts";
import { asText, text } from "../read.ts";

/** DataTransfer (1.6 4.3, 6.15). We speak no vendor's own language, and say so; the message is on record all the same,
 * its secrets in the frame alone. */
export const dataTransfer: Handler = {
  reply: () => ({ status: "UnknownVendorId" }),
  events(request, reply) {
    const event: VendorMessage = {
      kind: "vendor-message",
      vendorId: text(request, "vendorId") ?? "",
      answered: text(reply, "status") ?? "",
    };
    const messageId = text(request, "messageId");
    if (messageId) event.messageId = messageId;
    // The data is a text; some send an object in its place.
    const data = request.data;
    if (data !== undefined && data !== null) event.data = redactNamed(messageId, asText(data) ?? stringifyJson(data));
    return [event];
  },
};
