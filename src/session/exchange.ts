import { isJsonObject, type Json, type JsonObject, parseJson } from "../lib/json.ts";
import { isReading, readingEvents } from "../modbus/reading-frame.ts";
import type { Dialect, EventContext, Handler } from "../ocpp/dialect.ts";
import { type CallFrame, readFrame } from "../ocpp/frame.ts";
import { asRead } from "../ocpp/json/tolerant-frame.ts";
import { isRepetition } from "../ocpp/peer.ts";
import { dialectOf } from "../ocpp/versions.ts";
import { messageBounds } from "../station/bounds.ts";
import type { EventBody } from "../station/events.ts";
import { failure } from "../station/failure.ts";
import type { Finding } from "../station/findings.ts";
import type { OcppVersion } from "../station/model.ts";
import { words } from "../station/phrases.ts";
import { boundEvents } from "../station/reading/bound-events.ts";
import type { StoredFrame } from "../store/frames.ts";
import type { Rule } from "../words/en/findings.ts";

/** The handler of a station-initiated action; undefined when the version has none. */
export function handlerOf(dialect: Dialect, action: string): Handler | undefined {
  return Object.hasOwn(dialect.handlers, action) ? dialect.handlers[action] : undefined;
}

/** The handler of a message of the station, where it means something: a SEND of an action that is answered does not. */
export function hearerOf(dialect: Dialect, { type, action }: CallFrame): Handler | undefined {
  const handler = handlerOf(dialect, action);
  return type === "call" || handler?.unanswered ? handler : undefined;
}

/** A stored exchange as the record holds it: question and answer as texts. */
export type RecordedExchange = {
  direction: "in" | "out";
  text: string;
  /** Our answer to a CALL of the station. */
  answer: string | null;
  /** Our CALL that this text answers. */
  question: { action: string; text: string } | null;
};

/** Makes the events of a recorded exchange anew; findings are not among them, they are on record beside the frame. */
function replay(dialect: Dialect, exchange: RecordedExchange, context: EventContext): EventBody[] {
  if (exchange.direction === "out") return [];
  const frame = readFrame(exchange.text);
  if (frame.type === "call" || frame.type === "send") {
    const reply = readReply(exchange.answer);
    const handler = hearerOf(dialect, frame);
    if (!handler?.events || (frame.type === "call" && !reply)) return [];
    return split(handler.events(frame.payload, reply ?? {}, context), frame.action).events;
  }
  if (frame.type === "result" && exchange.question) {
    const request = readRequest(exchange.question.text);
    return split(
      dialect.readAnswer(exchange.question.action, request, frame.payload, context),
      exchange.question.action,
    ).events;
  }
  return [];
}

/** Makes the events of a row of the record anew: of what a station said in its version, or of a reading of a device.
 * @param version undefined: none is known */
export function replayRow(
  row: Pick<StoredFrame, "action">,
  exchange: RecordedExchange,
  version: OcppVersion | undefined,
  context: EventContext,
): EventBody[] {
  if (isReading(row.action)) return readingEvents(exchange.text, context.station);
  return version ? replay(dialectOf(version), exchange, context) : [];
}

/** The exchange that a row of the record completes, and when the station spoke; null where it completes none. An answer with a row of
 * its own (passed down from above, or late on purpose) completes the question that it names.
 * @param holding the row of a number */
export function exchangeOf(
  row: StoredFrame,
  holding: (seq: number) => StoredFrame | undefined,
): { exchange: RecordedExchange; at: number } | null {
  const text = row.lane ? null : meaningfulText(row);
  if (text === null) return null;
  const asked = row.question === null ? undefined : holding(row.question);
  if (row.direction === "in") {
    const question = asked?.action ? { action: asked.action, text: textOf(asked.data) } : null;
    return { exchange: { direction: "in", text, answer: row.answer?.text ?? null, question }, at: row.at };
  }
  const question = asked?.direction === "in" ? meaningfulText(asked) : null;
  if (!asked || question === null) return null;
  return { exchange: { direction: "in", text: question, answer: text, question: null }, at: asked.at };
}

/** A message as text; broken letters are replaced. */
export function textOf(data: string | Uint8Array): string {
  return typeof data === "string" ? data : Buffer.from(data).toString("utf8");
}

/** What was found in a row that meant nothing when it came. */
const meaningless = new Set<Rule>(["binary-frame", "over-limit", "slow-frame", "protocol-error"]);

/** The text of a row of the record as it was understood when it came; null for what meant nothing then: a binary frame, one that did
 * not come whole, and the same call again. Text that is not UTF-8 was read with its broken letters replaced. */
function meaningfulText({
  data,
  findings,
}: {
  data: string | Uint8Array;
  findings: readonly Finding[];
}): string | null {
  if (findings.some(({ rule }) => meaningless.has(rule))) return null;
  const text = asRead(textOf(data), findings);
  return findings.some(isRepetition) && readFrame(text).type === "call" ? null : text;
}

/** Parts what a message means into events, within bounds, and findings.
 * @param action the message's, or the question's that it answers */
export function split(bodies: readonly EventBody[], action: string): { events: EventBody[]; findings: Finding[] } {
  const found: Finding[] = [];
  for (const body of bodies) if (body.kind === "found") found.push(body.finding);
  const told = found.length > 0 ? bodies.filter(({ kind }) => kind !== "found") : bodies;
  const { events, findings } = boundEvents(told, action);
  return { events: [...events], findings: found.concat(findings) };
}

/** The payload of a recorded CALLRESULT of ours; undefined for a CALLERROR or none. */
export function readReply(text: string | null): JsonObject | undefined {
  if (text === null) return undefined;
  const frame = readFrame(text);
  return frame.type === "result" ? frame.payload : undefined;
}

function readRequest(text: string): JsonObject {
  const frame = readFrame(text);
  return frame.type === "call" ? frame.payload : {};
}

/** The time that a payload claims for itself, as text: what the station's clock said. */
export function claimedTime(payload: JsonObject): string | null {
  if (typeof payload.timestamp === "string") return payload.timestamp;
  const groups = payload.meterValue;
  const first = Array.isArray(groups) ? groups[0] : undefined;
  return isJsonObject(first) && typeof first.timestamp === "string" ? first.timestamp : null;
}

/** Reads a raw payload.
 * @throws FailureError `invalid-input` when it is not JSON, or JSON but no object */
export function readPayloadText(text: string): JsonObject {
  let value: Json;
  try {
    value = parseJson(text, messageBounds);
  } catch (error) {
    throw failure("invalid-input", words("parser-says", { error: error instanceof Error ? error.message : "" }));
  }
  if (!isJsonObject(value)) throw failure("invalid-input", words("not-an-object"));
  return value;
}
