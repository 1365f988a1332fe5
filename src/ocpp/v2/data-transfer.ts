import { stringifyJson } from "../../lib/json.ts";
import { redactNamed } from "../../redaction/redact.ts";
import { asText, text } from "../read.ts";
import { type Handlers, present } from "./notice.ts";

/** Block P. We know no vendor's messages, and say so (P02); what came is kept with its exact digits, its secrets in the frame
 * alone. */
export const dataTransferHandlers: Handlers = {
  DataTransfer: {
    reply: () => ({ status: "UnknownVendorId" }),
    events(request, reply) {
      const { data } = request;
      const messageId = text(request, "messageId");
      return [
        present({
          kind: "vendor-message",
          vendorId: text(request, "vendorId") ?? "",
          messageId,
          data: data === undefined ? undefined : redactNamed(messageId, asText(data) ?? stringifyJson(data)),
          answered: text(reply, "status") ?? "",
        }),
      ];
    },
  },
};
