import { isJsonObject, type JsonObject, parseJson } from "../../lib/json.ts";
import { messageBounds } from "../../station/bounds.ts";
import type { EventBody } from "../../station/events.ts";
import { type Finding, finding } from "../../station/findings.ts";
import type { ChargingState, Place, StationState, Token, Transaction } from "../../station/model.ts";
import { words } from "../../station/phrases.ts";
import { findTransaction } from "../../station/transactions/ledger.ts";
import type { EventContext } from "../dialect.ts";
import { foundEvents } from "../found.ts";
import { flag, integer, object, text } from "../read.ts";
import { readTime } from "../times/times.ts";
import { tokenEvents } from "./authorization.ts";
import { costEvents } from "./display-and-cost.ts";
import { readMeterValues, registerAt } from "./metering.ts";
import type { Handlers } from "./notice.ts";
import { readEvse } from "./place.ts";
import { answeredStatus, readToken, type TokenForm, tokenInfo } from "./tokens.ts";

const action = "TransactionEvent";

/** Block E. A token in the request is answered with idTokenInfo; without one the answer is empty. */
export function transactionHandlers(form: TokenForm): Handlers {
  return {
    TransactionEvent: {
      reply(request, context): JsonObject {
        const token = readToken(request, action);
        return token ? { idTokenInfo: tokenInfo(token, context, form) } : {};
      },
      events: transactionEvents,
    },
  };
}

function transactionEvents(request: JsonObject, reply: JsonObject, context: EventContext): EventBody[] {
  const { groups, signed, findings } = readMeterValues(request, action, context.at);
  const time = readTime(request.timestamp, `${action} /timestamp`, context.at);
  if (time.findings.length > 0) findings.push(...time.findings);
  const token = readToken(request, action, findings);
  const place = readEvse(request, action, findings);
  const id = readId(request, findings);
  const type = readType(request);
  const known = id === undefined ? undefined : findTransaction(context.station, id);
  if (id !== undefined) judge(id, type, known, findings);

  const events = findings.length > 0 ? foundEvents(findings) : [];
  if (token) events.push(...tokenEvents(token, reply, action));
  const evse = place.evse ?? known?.evse ?? onlyEvse(context.station);
  const sampled: EventBody | undefined = groups.length > 0 ? { kind: "sampled", evse, groups } : undefined;
  if (sampled && id !== undefined) sampled.transaction = id;
  const connector = place.connector ?? known?.connector;
  if (sampled && connector !== undefined) sampled.connector = connector;
  if (sampled && flag(request, "offline")) sampled.offline = true;
  const seqNo = integer(request, "seqNo");
  if (sampled && seqNo !== undefined) sampled.seqNo = seqNo;

  // The start comes before its first values, the end after its last.
  if (sampled && type === "Ended") events.push(sampled);
  if (id !== undefined) {
    const said = { request, id, place, token, stationTime: time.text };
    if (type === "Started") events.push(started(said, evse, reply, registerAt(groups, "Transaction.Begin"), context));
    else if (type === "Ended") events.push(ended(said, registerAt(groups, "Transaction.End")));
    else events.push(updated(said));
  }
  if (sampled && type !== "Ended") events.push(sampled);
  for (const summary of signed) events.push({ kind: "noticed", action, summary });
  if (request.costDetails !== undefined) events.push(...costEvents(request, action, context.at));
  return events;
}

/** transactionInfo.transactionId, digits exact; a flat one, as 1.6 has it, is read with a finding. */
function readId(request: JsonObject, findings: Finding[]): string | undefined {
  const id = text(object(request, "transactionInfo"), "transactionId");
  if (id) return id;
  const flat = text(request, "transactionId");
  if (!flat) return undefined;
  findings.push(finding("other-version", `${action} /transactionInfo`, `transactionId ${flat}`, "transactionInfo"));
  return flat;
}

type EventType = "Started" | "Updated" | "Ended";

/** A word that is none of the three is read as Updated, which claims least. */
function readType(request: JsonObject): EventType {
  const word = text(request, "eventType");
  if (word === "Started" || word === "Ended" || word === "Updated") return word;
  const small = word?.toLowerCase();
  return small === "started" ? "Started" : small === "ended" ? "Ended" : "Updated";
}

function judge(id: string, type: EventType, known: Transaction | undefined, findings: Finding[]): void {
  if (type === "Started" && known && !known.foreign) {
    findings.push(finding("repeated-start", `${action} /transactionInfo/transactionId`, id));
  }
  if (type !== "Started" && !known) {
    findings.push(
      finding("unknown-transaction", `${action} /transactionInfo/transactionId`, id, words("started-before")),
    );
  }
}

/** A station may leave the EVSE out where it said it before (E01), or has but one. 0, the station as a whole, where it is not clear. */
function onlyEvse(station: StationState): number {
  return station.evses.length > 1 ? 0 : (station.evses[0]?.evse ?? 1);
}

type Said = { request: JsonObject; id: string; place: Partial<Place>; token?: Token; stationTime?: string };

function started(
  said: Said,
  evse: number,
  reply: JsonObject,
  meterStart: number | undefined,
  { station }: EventContext,
): EventBody {
  const { request, id } = said;
  const info = object(request, "transactionInfo");
  const event: EventBody = { kind: "transaction-started", id, evse };
  const tokenStatus = said.token && answeredStatus(reply);
  const reservationId = integer(request, "reservationId");
  const remoteStartId = integer(info, "remoteStartId");
  // The station may leave out the token that it was started with (F01, F02).
  const token = said.token ?? (remoteStartId === undefined ? undefined : startedWith(station, remoteStartId));
  const chargingState = readChargingState(info);
  if (tokenStatus) event.tokenStatus = tokenStatus;
  if (meterStart !== undefined) event.meterStart = meterStart;
  if (chargingState) event.chargingState = chargingState;
  if (reservationId !== undefined) event.reservationId = reservationId;
  if (remoteStartId !== undefined) event.remoteStartId = remoteStartId;
  return addCommon(event, { ...said, token });
}

/** The token of our request with this remoteStartId, by command or raw. */
function startedWith({ commands }: StationState, remoteStartId: number): Token | undefined {
  for (const { name, args } of commands.toReversed()) {
    if (name === "start" && args.remoteStartId === remoteStartId) return args.token as Token;
    if (name !== "raw" || args.action !== "RequestStartTransaction" || typeof args.payload !== "string") continue;
    const request = readObject(args.payload);
    if (integer(request, "remoteStartId") === remoteStartId) return readToken(request ?? {}, "RequestStartTransaction");
  }
  return undefined;
}

function readObject(text: string): JsonObject | undefined {
  try {
    const value = parseJson(text, messageBounds);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function updated(said: Said): EventBody {
  const event: EventBody = { kind: "transaction-updated", id: said.id };
  const chargingState = readChargingState(object(said.request, "transactionInfo"));
  if (said.place.evse !== undefined) event.evse = said.place.evse;
  if (chargingState) event.chargingState = chargingState;
  return addCommon(event, said);
}

/** A reason that is left out means Local (TransactionType); stations leave it out for a stop of ours as well, so nothing is made of it. */
function ended(said: Said, meterStop: number | undefined): EventBody {
  const reason = text(object(said.request, "transactionInfo"), "stoppedReason");
  const event: EventBody = { kind: "transaction-ended", id: said.id };
  if (reason) event.reason = reason;
  if (said.place.evse !== undefined) event.evse = said.place.evse;
  if (meterStop !== undefined) event.meterStop = meterStop;
  return addCommon(event, said);
}

type TransactionEventBody = Extract<
  EventBody,
  { kind: "transaction-started" | "transaction-updated" | "transaction-ended" }
>;

function addCommon(event: TransactionEventBody, { request, place, token, stationTime }: Said): EventBody {
  const trigger = text(request, "triggerReason");
  const offline = flag(request, "offline");
  const seqNo = integer(request, "seqNo");
  if (place.connector !== undefined) event.connector = place.connector;
  if (token) event.token = token;
  if (stationTime !== undefined) event.stationTime = stationTime;
  if (trigger !== undefined) event.trigger = trigger;
  if (offline !== undefined) event.offline = offline;
  if (seqNo !== undefined) event.seqNo = seqNo;
  return event;
}

function readChargingState(info: JsonObject | undefined): ChargingState | undefined {
  const word = text(info, "chargingState");
  switch (word) {
    case "Charging":
    case "EVConnected":
    case "SuspendedEV":
    case "SuspendedEVSE":
    case "Idle":
      return word;
    default:
      return undefined;
  }
}
