import { type Spoken, sayBy, type Words } from "../lib/words.ts";
import { failurePhrases } from "./failure-phrases.ts";

/** What the core says in words of its own of what it saw and expected, in English; the screens translate it by its key. What
 * is the same in every language (what was sent, names, numbers, notation) is none of it. */
const observations = {
  nothing: "nothing",
  "no-answer-in-time": "no answer in {{seconds}} s",
  "nothing-in-time": "nothing in {{seconds}} s",
  "at-most-characters": "at most {{limit}} characters",
  "at-least-characters": "at least {{limit}} characters",
  "at-most-entries": "at most {{limit}} in the list",
  "at-least-entries": "at least {{limit}} in the list",
  "at-most-bytes": "at most {{limit}} bytes",
  "at-most-levels": "at most {{limit}} levels",
  "at-most-values": "at most {{limit}} values",
  bytes: "{{count}} bytes",
  "message-cut": "{{count}} bytes, the first {{kept}} of them are on record; SHA-256 of all {{sha256}}",
  "message-cut-short":
    "{{announced}} bytes announced, {{count}} came, the first {{kept}} of them are on record; SHA-256 of what came {{sha256}}",
  "message-part": "{{announced}} bytes announced, {{count}} came",
  "whole-in-time": "the whole message within {{seconds}} s",
  "unfinished-in-all": "at most {{limit}} bytes in unfinished messages of all stations together",
  "bytes-unsent": "{{count}} bytes unsent",
  "links-in-all": "{{count}} connections in all",
  "links-of-address": "{{count}} connections from this address",
  "new-of-address": "{{count}} new identities from this address within a minute",
  "new-of-all": "{{count}} new identities within a minute",
  "stations-in-all": "{{count}} stations in all",
  "wire-reserved-bits": "a reserved bit is set, though no extension was agreed on",
  "wire-unknown-opcode": "a frame with an unknown opcode",
  "wire-unmasked": "a frame without a mask",
  "wire-masked": "a frame with a mask",
  "wire-stray-continuation": "a continuation of no message",
  "wire-interleaved": "a new message in the middle of another",
  "wire-control-fragment": "a control frame in fragments",
  "wire-control-length": "a control frame of a wrong length",
  "wire-length": "a length that no frame can have",
  "wire-too-many-parts": "a message in too many parts",
  "wire-library": "the WebSocket library says “{{error}}”",
  "bytes-in-base64": "{{count}} bytes in base64",
  "multiple-of": "a multiple of {{step}}",
  "a-field": "a field {{name}}",
  "no-such-field": "no such field",
  "a-number": "a number",
  "a-text": "a text",
  "a-token": "a token",
  "a-json-object": "a JSON object",
  "json-after-all": "JSON; the parser says “{{error}}”",
  "same-message-again": "{{id}} (the same message again)",
  "same-message-anew": "{{id}} (the same message again, and another answer)",
  "same-unanswered-again": "{{id}} (the same message again, not answered before)",
  "another-message": "{{id}} (another message)",
  "an-error-code": "an error code of OCPP",
  "slip-mark-at-start": "a byte order mark, byte {{byte}}",
  "slip-zero-at-end": "zero bytes behind the end, from byte {{byte}}",
  "slip-control-in-text": "a raw control character in a text, byte {{byte}}",
  "slip-extra-comma": "a comma too many, byte {{byte}}",
  "slip-missing-value": "a name without a value, byte {{byte}}",
  "slip-missing-end": "cut off: brackets are missing, byte {{byte}}",
  "unpacked-too-large": "a compressed message that grows over the limit while it is unpacked",
  "boots-in": "{{count}} boots in {{minutes}} min",
  "address-while": "from {{address}}, while {{before}} was connected",
  "boot-first": "BootNotification first",
  transaction: "transaction {{id}}",
  "transaction-at": "transaction {{id}} at {{time}}",
  "before-its-end": "before its end",
  "power-after-end": "transaction {{id}}: {{power}} W after its end, {{energy}} Wh since",
  "no-power-after": "no power after its end (frame {{frame}})",
  "not-ended-free": "transaction {{id}} (frame {{from}}): connector Available (frame {{frame}}), and no end since",
  "not-ended-boot":
    "transaction {{id}} (frame {{from}}): connector Available after a restart (frame {{frame}}), and no end since",
  "not-ended-start": "transaction {{id}} (frame {{from}}): another began there (frame {{frame}}), and no end before it",
  "an-end-of": "the end of transaction {{id}}",
  "start-and-first": "start {{start}} Wh, then {{first}} Wh",
  "power-and-register": "power over time {{flow}} Wh, register {{register}} Wh",
  "the-same-energy": "about the same energy",
  "number-again": "transaction {{id}}: {{number}} again, for another message",
  "number-late": "transaction {{id}}: {{numbers}}",
  "numbers-missing": "transaction {{id}}: {{numbers}} missing",
  "part-again": "request {{id}}: {{number}} again",
  "part-late": "request {{id}}: {{numbers}}",
  "parts-missing": "request {{id}}: {{numbers}} missing",
  "next-number": "one more than before",
  "every-number": "every number from 0 on",
  "started-before": "Started before it",
  "begin-at": "Transaction.Begin at {{time}}",
  "begun-at": "begun at {{time}}",
  "after-time": "after {{time}}",
  "about-time": "about {{time}}",
  "for-example": "e.g. {{text}}",
  "parts-after-accepted": "request {{request}}: {{count}} of its parts since Accepted",
  "until-last-part": "NotifyReport until tbc is false",
  "value-for": "{{value}} for {{measurand}}",
  "l1-or-none": "L1, or no phase",
  "no-phase": "no phase",
  "no-unit": "no unit",
  "where-wired-so": "RST, where it is wired so",
  "no-connector": "EVSE, no Connector",
  "a-connector-each": "a Connector for each",
  "printable-ascii": "printable ASCII",
  "security-profile": "security profile {{profile}}",
  "password-no-text": "{{count}} bytes that are no text",
  "password-digits": "{{count}} hex digits",
  "password-text": "{{count}} bytes of text",
  "form-text": "text",
  "form-hex": "hex digits",
  "form-bytes": "the bytes that the hex digits stand for",
  "tls-library": "the TLS library says “{{error}}”",
  "tls-library-and-hello": "the TLS library says “{{error}}”; {{hello}}",
  "hello-no-handshake": "a record that is no handshake",
  "hello-other-version": "a record of an unknown version",
  "hello-endless": "a hello that does not end",
  "hello-empty": "an empty handshake record",
  "hello-other": "a handshake that is no ClientHello",
  "hello-too-long": "a hello that is too long",
  "hello-cut": "a ClientHello cut short",
  "hello-ssl2-cut": "an SSL 2 hello cut short",
} as const;

/** Why a command was not sent, or how it ended where the station did not say it; and what a message told. */
const outcomes = {
  "link-closed": "the link closed before an answer came",
  "no-core": "no core runs on this folder",
  "never-heard-of": "no such station was ever heard of",
  "answer-unreadable": "it answered, but the answer cannot be read",
  "error-without-code": "an error without a code",
  "no-status": "no status in the answer",
  "no-list": "no {{list}} in the answer",
  "resets-whole": "OCPP 1.6 resets the whole station only",
  "transaction-number": "A transaction id is a whole number in OCPP 1.6",
  "one-connector": "OCPP 1.6 has one connector on each EVSE",
  "no-token-type": "This version has no token type {{type}}. It has {{types}}",
  "no-trigger": "This version has no trigger for {{message}}",
  "no-network-profiles": "OCPP 1.6 has no network profiles",
  "key-digits": "AuthorizationKey takes 32 to 40 hex digits; these are {{length}} characters",
  "password-length": "{{field}} takes {{least}} to {{most}} characters, not {{length}}",
  "password-not-hex": "BasicAuthPassword is text in OCPP 2.x, not hex",
  "field-too-long": "{{field}} takes at most {{limit}} characters in this version",
  "pem-too-long": "{{field}} takes {{limit}} characters of PEM, these are {{length}}",
  "no-such-use": "This version has no {{use}}",
  "told-no-transaction": "no transaction id",
  "told-transaction-again": "transaction {{id}} again",
  "told-values-nowhere": "transaction {{id}}: {{count}} values, connector unknown",
  "told-no-status": "connector {{connector}}: no status",
  "told-status-nowhere": "status {{status}}, of no connector that can be read",
  "told-status": "connector {{connector}}: status {{status}}",
  "told-list-version": "local list version {{version}}",
  "told-data": "data: {{data}}",
  "told-file": "file {{name}}",
  "told-no-file": "no file",
} as const;

/** Why we close a connection: on the wire in English, as it comes back and is kept. */
const closings = {
  "close-refused": "refused by the central system",
  "close-come-back": "come back with the new settings",
  "close-shutdown": "the central system is closing",
  "close-too-big": "message too big",
  "close-unfinished": "message not finished in time",
  "close-protocol": "not the WebSocket protocol",
  "close-above-away": "the central system above is away",
  "close-replaced": "replaced by a newer connection",
  "close-no-subprotocol": "no OCPP subprotocol agreed on",
  "close-failed": "the central system failed",
} as const;

/** Every phrase of the core, in English. */
export const phrases = { ...observations, ...outcomes, ...closings, ...failurePhrases };

export type Phrase = keyof typeof phrases;

/** The names of the holes in a text. */
type Holes<Text extends string> = Text extends `${string}{{${infer Name}}}${infer Rest}` ? Name | Holes<Rest> : never;

/** What fills the holes of a phrase: nothing for one without. */
export type Filling<P extends Phrase> =
  Holes<(typeof phrases)[P]> extends never ? [] : [values: Record<Holes<(typeof phrases)[P]>, Spoken | number>];

/** Words of ours; a hole that is left open does not compile. */
export function words<P extends Phrase>(phrase: P, ...[values]: Filling<P>): Words {
  return values ? { phrase, values } : { phrase };
}

/** A value of an answer as words of ours, where it is that and nothing else. */
export function asWords(value: unknown): Words | null {
  if (typeof value !== "object" || value === null || !("phrase" in value)) return null;
  const { phrase, ...rest } = value;
  const other = Object.keys(rest).some((key) => key !== "values");
  return !other && typeof phrase === "string" && Object.hasOwn(phrases, phrase) ? (value as Words) : null;
}

/** What was spoken, in English: for the command line, the log, and what goes out to stations. */
export function english(spoken: Spoken): string {
  return sayBy(phrases, spoken);
}

/** The text that a connection is closed with (RFC 6455 5.5.1). */
export function closingText(closing: keyof typeof closings): string {
  return closings[closing];
}

/** A close reason as it is on record: words where it is one of ours. */
export function closingOf(reason: string): Spoken {
  const own = Object.entries(closings).find(([, text]) => text === reason);
  return own ? { phrase: own[0] } : reason;
}
