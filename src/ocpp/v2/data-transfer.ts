import { stringifyJson } from "../../lib/json.ts";
import { asText, text } from "../read.ts";
import { type Handlers, present } from "./notice.ts";

/** Block P. We know no vendor's messages, and say so (P02); what came is kept with its exact digits. */
export const dataTransferHandlers: Handlers = {
  DataTransfer: {
    reply: () => ({ status: "UnknownVendorId" }),
    events(request, reply) {
      const { data } = request;
      return [
        present({
          kind: "vendor-message",
          vendorId: text(request, "vendorId") ?? "",
          messageId: text(request, "messageId"),
          data: data === undefined ? undefined : (asText(data) ?? stringifyJson(data)),
          answered: text(reply, "status") ?? "",
        }),
      ];
    },
  },
};
