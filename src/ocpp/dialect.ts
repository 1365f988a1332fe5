import type { JsonObject } from "../lib/json.ts";
import type { Words } from "../lib/words.ts";
import type {
  CommandOutcome,
  OwnCommand,
  SecurityCommand,
  SecurityFacts,
  StationCommand,
} from "../station/commands.ts";
import type { EventBody } from "../station/events.ts";
import type { OcppVersion, RegistrationStatus, StationState, Token, TokenStatus } from "../station/model.ts";

/** Our decision on a token. */
export type TokenDecision = {
  status: TokenStatus;
  /** ISO 8601, UTC. */
  expiry?: string;
  group?: Token;
};

/** What a reply may depend on; everything a handler may ask, and nothing that can call the station. */
export type AnswerContext = {
  /** Our clock, milliseconds since 1970 UTC. */
  now: number;
  boot: { status: RegistrationStatus; intervalSeconds: number };
  /** Our time as it is told, ISO 8601 in UTC; by default with milliseconds. */
  currentTime?: string;
  /** The station as folded so far. */
  station: StationState;
  decide(token: Token): TokenDecision;
  /** Whether this request for a certificate, as text, is looked at. */
  signs(csr: string): boolean;
  /** A fresh transaction id, for 1.6 (there the central system gives it). */
  newTransactionId(): number;
};

/** One station-initiated action of one version. `events` rests on the request and our recorded reply alone, so that a
 * replay of the record makes the same events. Payloads are as they came: read them leniently (read.ts). */
export type Handler = {
  /** Must fit the official schema whatever the request. */
  reply(request: JsonObject, context: AnswerContext): JsonObject;
  /** Fields of the reply that give something away: the very same message again gets them as they were, and the rest anew. */
  once?: readonly string[];
  events?(request: JsonObject, reply: JsonObject, context: EventContext): EventBody[];
  /** It comes as 2.1's SEND, which has no answer. Another action that comes so means nothing: part of what it would mean is our answer. */
  unanswered?: true;
};

/** What reading an exchange may depend on. `at` is our clock when the frame came. */
export type EventContext = { at: number; station: StationState };

/** What goes out for a command, or why it cannot. `told`: what the record tells of it beside its arguments. */
export type Plan = { action: string; payload: JsonObject; told?: Record<string, unknown> } | { unsupported: Words };

/** One version of OCPP: pure functions, no link, no clock, no state of its own. */
export type Dialect = {
  version: OcppVersion;
  /** Station-initiated actions, by name; what is missing here is answered NotImplemented. */
  handlers: Readonly<Record<string, Handler>>;
  /** The request that carries out a command. */
  plan(command: Exclude<StationCommand, { name: "raw" }> | OwnCommand, station: StationState): Plan;
  /** What the station's answer to one of our requests means as an outcome. */
  outcome(action: string, answer: JsonObject): Pick<CommandOutcome, "result" | "why">;
  /** What the station's answer to one of our requests tells beyond the outcome (configuration, variables ...). */
  readAnswer(action: string, request: JsonObject, answer: JsonObject, context: EventContext): EventBody[];
  /** The commands that bring a station to another security profile, in their order. */
  profileChange: readonly (SecurityCommand["name"] | "reset")[];
  /** What the answer to read-security tells. */
  readSecurity(answer: JsonObject): SecurityFacts;
  /** CALLERROR codes of this version, to be used outbound. */
  errorCodes: {
    /** The text is no valid message. */
    badMessage: string;
    /** The payload is syntactically wrong. */
    formatViolation: string;
    /** The payload has fields that the message does not have. */
    structureViolation: string;
    occurrenceViolation: string;
    /** A message before the boot was accepted; absent where the version has no error for it. */
    notAccepted?: string;
  };
  /** Whether an answer that cannot be taken is told back (2.1 CALLRESULTERROR). */
  tellsBadAnswers: boolean;
};
