import { type JsonObject, stringifyJson } from "../lib/json.ts";
import type { Logger } from "../lib/logger.ts";
import { isoTime } from "../lib/units.ts";
import type { AnswerContext, Dialect, EventContext, Handler } from "../ocpp/dialect.ts";
import { type CallFrame, type Frame, writeError, writeResult } from "../ocpp/frame.ts";
import { answerUnserved, refusalOf } from "../ocpp/refusal.ts";
import type { Schemas } from "../ocpp/schemas.ts";
import type { EventBody } from "../station/events.ts";
import { type Finding, finding, ownFault } from "../station/findings.ts";
import type { StationState } from "../station/model.ts";
import type { FrameEntry } from "../store/recorder.ts";
import { handlerOf, hearerOf, readReply, split } from "./exchange.ts";
import type { Policy } from "./policy.ts";
import type { StationEntry } from "./station-entry.ts";
import type { Strictness } from "./strictness.ts";

export type AnswererOptions = {
  entry: StationEntry;
  dialect: Dialect;
  schemas: Schemas;
  policy: Policy;
  strictness: (identity: string) => Strictness;
  log: Logger;
  newTransactionId: () => number;
};

/** A CALL of the station that is on record and waits for its answer. `again`: it came before and was answered then. */
export type Asked = { frame: CallFrame; row: FrameEntry; again: boolean };

/** Our answer to a CALL, and what both together mean. `anew`: the call came before, and was answered otherwise then. */
export type Answer = { reply: string | undefined; events: EventBody[]; findings: Finding[]; anew?: boolean };

/** How a CALL is answered. `offsetMs`: how far off the time that we tell is, on purpose. `before`: our answer, where the very same
 * call came before. */
export type AnswerWish = { offsetMs?: number; before?: string };

/** What is wrong with a CALL, as a request of its version. */
export function judgeCall({ entry, dialect, schemas }: AnswererOptions, frame: CallFrame): Finding[] {
  const { action } = frame;
  if (!handlerOf(dialect, action)) {
    return [finding(schemas.has(action) ? "wrong-direction" : "unknown-action", action, action)];
  }
  if (!hearerOf(dialect, frame)) return [finding("unanswered-call", action, "6", "2")];
  const judged = schemas.judge("request", action, frame.plain, frame.payload);
  const early = !entry.state.boot && action !== "BootNotification";
  return early ? [finding("early-call", action, action), ...judged] : judged;
}

/** Answers a CALL as the central system does; 2.1's SEND has no reply. A strict one refuses what deviates, and what is refused
 * means nothing. The same call again is told time and card as they are now, and gets what is given once as it was given; it means
 * something once more where that is another answer. Never throws.
 * @param at our clock, when it came */
export function answerCall(
  options: AnswererOptions,
  frame: CallFrame,
  at: number,
  { offsetMs = 0, before }: AnswerWish = {},
): Answer {
  const { entry, dialect, schemas, log } = options;
  const { action, payload, echo } = frame;
  const asked = frame.type === "call";
  const { strict, emptyAnswers } = options.strictness(entry.identity);
  const handler = hearerOf(dialect, frame);
  if (!handler) {
    const reply = asked ? answerUnserved(frame, schemas.has(action), emptyAnswers) : undefined;
    return { reply, events: [], findings: [] };
  }
  let reply: string | undefined;
  try {
    const given = before === undefined ? undefined : readReply(before);
    // A SEND has no answer: what it means rests on none, then and when it is read again from the record.
    const answer = asked ? withGiven(handler.reply(payload, new Context(options, at, offsetMs)), handler, given) : {};
    if (asked) reply = writeResult(echo, answer);
    if (given && sameAnswer(given, answer)) return { reply, events: [], findings: [] };
    const anew = before !== undefined;
    const { events, findings } = split(handler.events?.(payload, answer, { at, station: entry.state }) ?? [], action);
    const judged = strict && asked ? [...frame.findings, ...judgeCall(options, frame), ...findings] : [];
    const refusal = refusalOf(judged, dialect.errorCodes);
    if (refusal) {
      const refused = writeError(echo, refusal.code, refusal.description);
      return refused === before
        ? { reply: refused, events: [], findings: [] }
        : { reply: refused, events: [], findings };
    }
    return { reply, events, findings, anew };
  } catch (error) {
    log.bug("a message could not be handled", { station: entry.identity, action, error });
    if (asked) reply ??= writeError(echo, "InternalError", "The central system failed.");
    return { reply, events: [], findings: [ownFault(action, error)] };
  }
}

/** An answer with what the one before gave away, of that which is given once. */
function withGiven(reply: JsonObject, { once = [] }: Handler, given: JsonObject | undefined): JsonObject {
  if (!given) return reply;
  const fields = once.filter((field) => Object.hasOwn(given, field));
  return { ...reply, ...Object.fromEntries(fields.map((field) => [field, given[field] ?? null])) };
}

/** True for answers that tell the same but for the time. */
function sameAnswer(before: JsonObject, now: JsonObject): boolean {
  const told = ({ currentTime: _currentTime, ...rest }: JsonObject) => stringifyJson(rest);
  return told(before) === told(now);
}

/** What a reply may depend on, looked up when it is asked for: MeterValues come by the thousand and ask for nothing. */
class Context implements AnswerContext {
  readonly now: number;
  readonly #at: number;
  readonly #options: AnswererOptions;

  constructor(options: AnswererOptions, at: number, offsetMs: number) {
    this.now = at + offsetMs;
    this.#at = at;
    this.#options = options;
  }

  get boot(): AnswerContext["boot"] {
    return this.#options.policy.boot(this.#options.entry.identity);
  }

  get currentTime(): string {
    return isoTime(this.now, this.#options.policy.timeMilliseconds());
  }

  get station(): StationState {
    return this.#options.entry.state;
  }

  // A handler may take these out of the context.
  get decide(): AnswerContext["decide"] {
    return (token) => this.#options.policy.decide(token, this.#at, this.#options.entry.state);
  }

  get signs(): AnswerContext["signs"] {
    return (csr) => this.#options.policy.signs(csr);
  }

  get newTransactionId(): AnswerContext["newTransactionId"] {
    return this.#options.newTransactionId;
  }
}

/** What the station's answer to a CALL of anybody's tells. Never throws. */
export function factsOf(
  { entry, dialect, log }: Pick<AnswererOptions, "entry" | "dialect" | "log">,
  action: string,
  request: JsonObject,
  answer: JsonObject,
  at: number,
): { events: EventBody[]; findings: Finding[] } {
  try {
    return split(dialect.readAnswer(action, request, answer, { at, station: entry.state }), action);
  } catch (error) {
    log.bug("an answer could not be read", { station: entry.identity, action, error });
    return { events: [], findings: [ownFault(action, error)] };
  }
}

/** What a CALL and somebody else's answer to it mean. An error, or none where one is due, means nothing. Never throws.
 * @param reply the answer as it went to the station; null for a SEND */
export function meaningOf(
  { entry, dialect, log }: Pick<AnswererOptions, "entry" | "dialect" | "log">,
  frame: CallFrame,
  reply: Frame | null,
  at: number,
): { events: EventBody[]; findings: Finding[] } {
  const handler = hearerOf(dialect, frame);
  if (!handler?.events || (reply ? reply.type !== "result" : frame.type === "call")) return nothing();
  const context: EventContext = { at, station: entry.state };
  try {
    return split(handler.events(frame.payload, reply?.type === "result" ? reply.payload : {}, context), frame.action);
  } catch (error) {
    log.bug("an answer from above could not be read", { station: entry.identity, action: frame.action, error });
    return { events: [], findings: [ownFault(frame.action, error)] };
  }
}

function nothing(): { events: EventBody[]; findings: Finding[] } {
  return { events: [], findings: [] };
}
