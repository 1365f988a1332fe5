import type { JsonObject } from "../../lib/json.ts";
import type { EventBody } from "../../station/events.ts";
import type { Finding } from "../../station/findings.ts";
import type { Token } from "../../station/model.ts";
import { foundEvents } from "../found.ts";
import { object, text } from "../read.ts";
import { type Handlers, notice, present, unsupportedRequest } from "./notice.ts";
import { answeredStatus, readToken, type TokenForm, tokenInfo } from "./tokens.ts";

const action = "Authorize";

/** Block C. Contract certificates are not checked here, so certificateStatus is left out. */
export function authorizationHandlers(form: TokenForm): Handlers {
  return {
    Authorize: {
      reply: (request, context) => ({ idTokenInfo: tokenInfo(readToken(request, action), context, form) }),
      events(request, reply) {
        const findings: Finding[] = [];
        const token = readToken(request, action, findings);
        return [...foundEvents(findings), ...tokenEvents(token, reply, action)];
      },
    },
  };
}

/** The card that was shown and what we answered; none for a start button, where nothing was shown. */
export function tokenEvents(token: Token | undefined, reply: JsonObject, source: string): EventBody[] {
  const decision = answeredStatus(reply);
  if (!token || !decision || token.type === "NoAuthorization") return [];
  const info = object(reply, "idTokenInfo");
  const group = text(object(info, "groupIdToken"), "idToken");
  const expiry = text(info, "cacheExpiryDateTime");
  return [present({ kind: "token", token, decision, source, group, expiry })];
}

/** 2.1 block C: payment at the station. No VAT register is asked from here. */
export const paymentHandlers: Handlers = {
  NotifySettlement: notice("NotifySettlement", [
    "transactionId",
    "pspRef",
    "status",
    "statusInfo",
    "settlementAmount",
    "receiptId",
    "receiptUrl",
    "vatNumber",
    "settlementTime",
  ]),
  VatNumberValidation: {
    ...notice("VatNumberValidation", ["vatNumber", "evseId"]),
    reply(request) {
      const reply: JsonObject = {
        vatNumber: (text(request, "vatNumber") ?? "").slice(0, 20),
        status: "Rejected",
        statusInfo: unsupportedRequest("No VAT register is asked by this central system."),
      };
      const evseId = request.evseId;
      if (typeof evseId === "number" && Number.isInteger(evseId) && evseId >= 0) reply.evseId = evseId;
      return reply;
    },
  },
};
