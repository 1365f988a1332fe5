import { isJsonObject, type JsonObject } from "../../lib/json.ts";
import { isoTime } from "../../lib/units.ts";
import { type Finding, finding } from "../../station/findings.ts";
import type { Token, TokenStatus } from "../../station/model.ts";
import { words } from "../../station/phrases.ts";
import type { AnswerContext, TokenDecision } from "../dialect.ts";
import { asText, object, text } from "../read.ts";
import { judgeToken } from "../token-text.ts";

/** What an IdTokenType may hold in one version. */
export type TokenForm = { maxLength: number; types: ReadonlySet<string> };

const types201 = ["Central", "eMAID", "ISO14443", "ISO15693", "KeyCode", "Local", "MacAddress", "NoAuthorization"];

/** 2.0.1 IdTokenType and IdTokenEnumType. */
export const tokenForm201: TokenForm = { maxLength: 36, types: new Set(types201) };

/** 2.1 makes the type an open text; these are the words its appendix names. */
export const tokenForm21: TokenForm = {
  maxLength: 255,
  types: new Set([...types201, "DirectPayment", "EVCCID", "VIN"]),
};

/** The token of a request. A bare text, or 1.6's idTag, is read with a finding. */
export function readToken(request: JsonObject, where: string, findings?: Finding[]): Token | undefined {
  const from = request.idToken;
  if (isJsonObject(from)) {
    const value = text(from, "idToken");
    if (value === undefined) return undefined;
    findings?.push(...judgeToken(value, `${where} /idToken/idToken`));
    const type = text(from, "type");
    if (findings && type?.startsWith("ISO1") && !/^[0-9a-f]+$/i.test(value)) {
      findings.push(finding("token-not-hex", `${where} /idToken/idToken`, value, words("form-hex")));
    }
    return type === undefined ? { value } : { value, type };
  }
  const value = asText(from) ?? text(request, "idTag");
  if (value === undefined) return undefined;
  findings?.push(finding("other-version", `${where} /idToken`, value, "idToken: {idToken, type}"));
  return { value };
}

/** idTokenInfo for a token (C01). A start button says type NoAuthorization: nobody showed a card, so there is nothing to
 * decide, and the answer is Accepted (C02). Without a token: Invalid. */
export function tokenInfo(token: Token | undefined, context: AnswerContext, form: TokenForm): JsonObject {
  if (!token) return { status: "Invalid" };
  if (token.type === "NoAuthorization") return { status: "Accepted" };
  const decision = context.decide(token);
  const info: JsonObject = { status: decision.status };
  const expiry = decision.expiry === undefined ? Number.NaN : Date.parse(decision.expiry);
  if (Number.isFinite(expiry)) info.cacheExpiryDateTime = isoTime(expiry);
  const group = groupToken(decision, form);
  if (group) info.groupIdToken = group;
  return info;
}

/** A group is ours, so its type is Central unless the list says otherwise. One that does not fit is left out: a shortened
 * group would be another group. */
function groupToken({ group }: TokenDecision, form: TokenForm): JsonObject | undefined {
  if (!group || group.value === "" || group.value.length > form.maxLength) return undefined;
  return { idToken: group.value, type: group.type && form.types.has(group.type) ? group.type : "Central" };
}

const statuses: readonly string[] = [
  "Accepted",
  "Blocked",
  "Expired",
  "Invalid",
  "ConcurrentTx",
] satisfies TokenStatus[];

/** What our recorded reply says about the token; undefined when it says nothing. */
export function answeredStatus(reply: JsonObject): TokenStatus | undefined {
  const status = text(object(reply, "idTokenInfo"), "status");
  return status !== undefined && statuses.includes(status) ? (status as TokenStatus) : undefined;
}

/** A card's number in hexadecimal: UIDs have 4, 7 or 10 bytes (ISO 14443-3). */
const cardNumber = /^(?:[0-9a-f]{8}|[0-9a-f]{14}|[0-9a-f]{20})$/i;

/** The type to send for a token: the one that was named, whatever its letter case; where none was, ISO14443 for what looks like a
 * card's number, and Central, which is what a central system calls a token it made up, for everything else. Undefined for a
 * type that the version does not have: another one in its place would be another card. */
export function typeOf(token: Token, form: TokenForm): string | undefined {
  if (!token.type) return cardNumber.test(token.value) ? "ISO14443" : "Central";
  const named = token.type.toLowerCase();
  for (const type of form.types) if (type.toLowerCase() === named) return type;
  return undefined;
}
