import type { JsonObject } from "../../lib/json.ts";
import { isoTime } from "../../lib/units.ts";
import type { TokenPresented } from "../../station/events.ts";
import type { TokenStatus } from "../../station/model.ts";
import type { AnswerContext, Handler } from "../dialect.ts";
import { foundEvents } from "../found.ts";
import { object, text } from "../read.ts";
import { judgeIdTag } from "../token-text.ts";

/** Authorize (1.6 4.1, 6.1). A request without a card is answered Invalid, without asking anyone. */
export const authorize: Handler = {
  reply: (request, context) => ({ idTagInfo: idTagInfo(request, context) ?? { status: "Invalid" } }),
  events: (request, reply) => [
    ...tokenEvents("Authorize", request, reply),
    ...foundEvents(judgeIdTag(text(request, "idTag"), "Authorize /idTag")),
  ],
};

/** IdTagInfo (1.6 7.27) for the request's idTag; undefined when it has none. */
export function idTagInfo(request: JsonObject, context: AnswerContext): JsonObject | undefined {
  const value = text(request, "idTag");
  if (!value) return undefined;
  const decision = context.decide({ value });
  const info: JsonObject = { status: decision.status };
  const expiry = decision.expiry === undefined ? Number.NaN : Date.parse(decision.expiry);
  if (!Number.isNaN(expiry)) info.expiryDate = isoTime(expiry);
  // A parent of another version may be longer than 1.6 can say (IdToken, CiString20).
  if (decision.group && decision.group.value.length <= 20) info.parentIdTag = decision.group.value;
  return info;
}

/** The card of a request and what our answer said about it. */
export function tokenEvents(source: string, request: JsonObject, reply: JsonObject): TokenPresented[] {
  const value = text(request, "idTag");
  const info = object(reply, "idTagInfo");
  const decision = text(info, "status") as TokenStatus | undefined;
  if (!value || !decision) return [];
  const event: TokenPresented = { kind: "token", token: { value }, decision, source };
  const group = text(info, "parentIdTag");
  const expiry = text(info, "expiryDate");
  if (group) event.group = group;
  if (expiry) event.expiry = expiry;
  return [event];
}
