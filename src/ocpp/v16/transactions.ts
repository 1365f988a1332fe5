import type { JsonObject } from "../../lib/json.ts";
import type { EventBody, Sampled, TransactionEnded, TransactionStarted } from "../../station/events.ts";
import { findEvse } from "../../station/evses.ts";
import { type Finding, finding, observed } from "../../station/findings.ts";
import type { Place, SampleGroup, StationState, TokenStatus, Transaction } from "../../station/model.ts";
import { words } from "../../station/phrases.ts";
import type { EventContext, Handler } from "../dialect.ts";
import { foundEvents } from "../found.ts";
import { readReservation } from "../placeholders.ts";
import { integer, number, object, text } from "../read.ts";
import { readSample } from "../samples.ts";
import { type ReadTime, readTime } from "../times/times.ts";
import { judgeIdTag, judgeToken } from "../token-text.ts";
import { idTagInfo, tokenEvents } from "./authorization.ts";
import { toChargingState } from "./availability.ts";
import { readMeterValues } from "./metering.ts";
import { judgeTransaction, readPlace, readTransactionId, transactionNumber } from "./place.ts";

const start = "StartTransaction";
const stop = "StopTransaction";

/** StartTransaction (1.6 4.8, 6.45). The same start again (1.6 3.7.1: repeated until answered) gets the id of the first. A refused
 * card gets a transaction too: the station tells what has happened, and ends it by its own rules. */
export const startTransaction: Handler = {
  once: ["transactionId"],
  reply(request, context) {
    const before = sameStart(context.station, request);
    const known = before && transactionNumber(before.id);
    return {
      idTagInfo: idTagInfo(request, context) ?? { status: "Invalid" },
      transactionId: known ?? context.newTransactionId(),
    };
  },
  events(request, reply, { at, station }) {
    const findings: Finding[] = judgeIdTag(text(request, "idTag"), `${start} /idTag`);
    const id = readTransactionId(reply);
    const place = startPlace(request, findings);
    const time = readTime(request.timestamp, `${start} /timestamp`, at);
    findings.push(...time.findings);
    const events: EventBody[] = [...tokenEvents(start, request, reply)];
    const before = sameStart(station, request);
    if (id !== undefined && before?.id === id) {
      findings.push(observed("repeated-start", start, words("transaction", { id })));
    } else if (id !== undefined) {
      events.push(started(request, reply, id, place, time, { at, station }, findings));
      const group = registerGroup(request, "meterStart", start, "Transaction.Begin", time.text, findings);
      if (group) events.push({ kind: "sampled", ...place, transaction: id, groups: [group] });
    }
    return [...events, ...foundEvents(findings)];
  },
};

/** StopTransaction (1.6 4.10, 6.49). Without a card there is nothing to say about one. */
export const stopTransaction: Handler = {
  reply(request, context) {
    const info = idTagInfo(request, context);
    const reply: JsonObject = {};
    if (info) reply.idTagInfo = info;
    return reply;
  },
  events(request, reply, context) {
    const findings: Finding[] = judgeToken(text(request, "idTag"), `${stop} /idTag`);
    const time = readTime(request.timestamp, `${stop} /timestamp`, context.at);
    findings.push(...time.findings);
    const events: EventBody[] = [...tokenEvents(stop, request, reply)];
    const id = readTransactionId(request);
    if (id === undefined) {
      events.push({ kind: "noticed", action: stop, summary: words("told-no-transaction"), stationTime: time.text });
    } else {
      const known = judgeTransaction(context.station, id, stop, findings);
      if (known && sameStop(known, request, time)) {
        events.push({
          kind: "noticed",
          action: stop,
          summary: words("told-transaction-again", { id }),
          stationTime: time.text,
        });
        findings.push(observed("repeated-stop", "transaction", words("transaction", { id })));
      } else {
        const place = known ? placeOf(known) : onlyPlace(context.station);
        events.push(...lastSamples(request, id, place, time, context.at, findings));
        events.push(ended(request, id, known && placeOf(known), time, context));
      }
    }
    return [...events, ...foundEvents(findings)];
  },
};

function started(
  request: JsonObject,
  reply: JsonObject,
  id: string,
  place: Place,
  time: ReadTime,
  context: EventContext,
  findings: Finding[],
): TransactionStarted {
  const event: TransactionStarted = { kind: "transaction-started", id, ...place };
  const value = text(request, "idTag");
  const tokenStatus = text(object(reply, "idTagInfo"), "status") as TokenStatus | undefined;
  const meterStart = number(request, "meterStart");
  const reservationId = readReservation(request, `${start} /`, findings);
  const status = findEvse(context.station, place.evse)?.connectors[0]?.status;
  const chargingState = toChargingState(status);
  if (value) event.token = { value };
  if (value && tokenStatus) event.tokenStatus = tokenStatus;
  if (meterStart !== undefined) event.meterStart = meterStart;
  if (time.text) event.stationTime = time.text;
  if (chargingState) event.chargingState = chargingState;
  if (reservationId !== undefined) event.reservationId = reservationId;
  if (isHistoric(time, context)) event.offline = true;
  return event;
}

function ended(
  request: JsonObject,
  id: string,
  place: Place | undefined,
  time: ReadTime,
  context: EventContext,
): TransactionEnded {
  const event: TransactionEnded = { kind: "transaction-ended", id, ...place };
  const value = text(request, "idTag");
  const meterStop = number(request, "meterStop");
  if (value) event.token = { value };
  if (meterStop !== undefined) event.meterStop = meterStop;
  if (time.text) event.stationTime = time.text;
  // One that is left out means Local (1.6 6.49); stations leave it out for a stop of ours as well, so nothing is made of it.
  const reason = text(request, "reason");
  if (reason) event.reason = reason;
  if (isHistoric(time, context)) event.offline = true;
  return event;
}

/** transactionData and meterStop. Where two EVSEs or more could be meant the values have no place, and are told in words only. */
function lastSamples(
  request: JsonObject,
  id: string,
  place: Place | undefined,
  time: ReadTime,
  at: number,
  findings: Finding[],
): EventBody[] {
  const read = readMeterValues(request, "transactionData", stop, at, findings);
  const register = registerGroup(request, "meterStop", stop, "Transaction.End", time.text, findings);
  if (register) read.groups.push(register);
  const events: EventBody[] = [];
  if (read.groups.length > 0 && place) {
    const event: Sampled = { kind: "sampled", ...place, transaction: id, groups: read.groups };
    events.push(event);
  } else if (read.groups.length > 0) {
    const count = read.groups.reduce((sum, group) => sum + group.samples.length, 0);
    events.push({ kind: "noticed", action: stop, summary: words("told-values-nowhere", { id, count }) });
  }
  for (const summary of read.signed) events.push({ kind: "noticed", action: stop, summary });
  return events;
}

/** meterStart and meterStop (Wh) as a sample of the register. A missing one is named by the schema. */
function registerGroup(
  request: JsonObject,
  field: "meterStart" | "meterStop",
  action: string,
  context: string,
  stationTime: string | undefined,
  findings: Finding[],
): SampleGroup | undefined {
  const value = request[field];
  if (value === undefined || value === null) return undefined;
  const sample = readSample({ value, context }, `${action} /${field}`, findings);
  if (!sample) return undefined;
  return stationTime === undefined ? { samples: [sample] } : { stationTime, samples: [sample] };
}

/** The transaction that this start has begun before: same connector, time, card and register. */
function sameStart(station: StationState, request: JsonObject): Transaction | undefined {
  const { evse } = startPlace(request, []);
  const time = readTime(request.timestamp, start, 0).text;
  if (time === undefined) return undefined;
  const token = text(request, "idTag");
  const meterStart = number(request, "meterStart");
  return station.transactions.find(
    (before) =>
      before.evse === evse &&
      before.stationStart === time &&
      before.token?.value === token &&
      before.meterStart === meterStart,
  );
}

/** The same end told again, because our answer was lost. */
function sameStop(known: Transaction, request: JsonObject, time: ReadTime): boolean {
  if (known.endedAt === undefined || time.text === undefined) return false;
  return known.stationEnd === time.text && known.meterStop === number(request, "meterStop");
}

/** connectorId is 1 or more here (1.6 6.45); what is not is taken as the first. */
function startPlace(request: JsonObject, findings: Finding[]): Place {
  const place = readPlace(request, start, findings);
  if (place && place.evse > 0) return place;
  if (integer(request, "connectorId") === 0) {
    findings.push(finding("odd-place", `${start} /connectorId`, 0, ">= 1"));
  }
  return { evse: 1, connector: 1 };
}

function placeOf(transaction: Transaction): Place {
  const { evse, connector } = transaction;
  return connector === undefined ? { evse } : { evse, connector };
}

function onlyPlace(station: StationState): Place | undefined {
  const evses = station.evses.filter((each) => each.evse > 0);
  if (evses.length > 1) return undefined;
  return { evse: evses[0]?.evse ?? 1, connector: 1 };
}

// A station that is online tells a start or stop within seconds; retries after a lost answer come within a minute.
const historicMs = 60_000;

/** Told after the fact. Only a time that is beyond doubt can say so: not one without a zone, nor one of a clock never set; and
 * a clock that is known to be slow is allowed for. */
function isHistoric(time: ReadTime, { at, station }: EventContext): boolean {
  const slow = Math.max(0, -(station.clock?.offsetMs ?? 0));
  return time.ms !== undefined && time.findings.length === 0 && at - time.ms > historicMs + slow;
}
