import { sketchJson } from "../lib/json.ts";
import { cutText } from "../lib/text.ts";
import { mapTexts, type Spoken } from "../lib/words.ts";
import { longestSaid } from "./bounds.ts";
import { quirks } from "./quirks.ts";
import { ownRules } from "./reading/own-rules.ts";
import { type RuleText, rule, type Severity } from "./rule-text.ts";

export type { RuleText, Severity } from "./rule-text.ts";

/** A tolerated deviation: what the rule says, where it was broken, what was said, and the cure. */
export type Finding = {
  rule: Rule;
  /** The action and the path in its payload, e.g. "StatusNotification /info", or "link"; cut to 200 characters. */
  where: string;
  /** What the station said, cut to 200 characters; or words of ours for what was seen. */
  said: Spoken;
  /** What the specification wants there, where it depends on the place. */
  expected?: Spoken;
};

const j = "OCPP-J 1.6 / 2.0.1 part 4";

/** Every deviation that is tolerated has one entry here. */
export const rules = {
  "not-json": rule(
    "error",
    `${j}, 4.1`,
    "The message is not JSON",
    "Ask the vendor: the station's writer cuts or corrupts messages. The raw text shows where it breaks.",
  ),
  "json-repaired": rule(
    "warning",
    `${j}, 4.1; RFC 8259`,
    "The message is not quite JSON",
    "Read as it can only be meant, in tolerant mode. Other central systems refuse it: ask the vendor, and give him the byte and the raw text.",
  ),
  "answer-refused": rule(
    "error",
    "2.1 part 4, 4.2.4",
    "The station could not take our answer",
    "It says why. If the answer is right by the schema, ask the vendor; if not, tell us.",
  ),
  "duplicate-name": rule(
    "warning",
    "RFC 8259 4; RFC 7493 2.3",
    "A name stands twice in one object",
    "The later one counts here; other systems may take the earlier. Ask the vendor.",
  ),
  "not-array": rule(
    "error",
    `${j}, 4.1`,
    "The message is JSON, but not a list",
    "Ask the vendor: every message is a JSON list that starts with its type.",
  ),
  "unknown-message-type": rule(
    "error",
    `${j}, 4.1.3`,
    "The message type is not known",
    "Ask the vendor: the first element is 2, 3 or 4 (2.1 also 5 and 6). Check that both ends speak the same version.",
  ),
  "bad-message-shape": rule(
    "error",
    `${j}, 4.2`,
    "The message has the wrong parts",
    "Ask the vendor: a CALL is [2, id, action, payload], a CALLRESULT is [3, id, payload].",
  ),
  "bad-message-id": rule(
    "warning",
    `${j}, 4.1.4`,
    "The message id is not a text of 1 to 36 characters",
    "Ask the vendor: ids are strings; numbers and long texts confuse other systems.",
  ),
  "payload-null": rule(
    "notice",
    `${j}, 4.2.1`,
    "The payload is null or missing",
    "Ask the vendor: an empty payload is written {}.",
  ),
  "duplicate-id": rule(
    "warning",
    `${j}, 4.1.4`,
    "A message id was used twice on one connection",
    "Ask the vendor: an id may only come again when the same message is sent again.",
  ),
  "unsolicited-answer": rule(
    "warning",
    `${j}, 4.2.2`,
    "An answer to nothing that was asked",
    "Ask the vendor. It often means that the station mixes up its message ids.",
  ),
  "late-answer": rule(
    "warning",
    `${j}, 4.1.1`,
    "An answer came after its time was up",
    "The station or the link is slow. Raise the time to wait for an answer in Settings.",
  ),
  "mismatched-answer-id": rule(
    "error",
    `${j}, 4.2.2`,
    "The answer has another message id than the question",
    "In tolerant mode taken as the answer to the only question under way. Ask the vendor.",
  ),
  "binary-frame": rule(
    "error",
    "RFC 6455 5.6; OCPP-J 1.6, 3",
    "A binary WebSocket frame",
    "Ask the vendor: OCPP is sent in text frames.",
  ),
  "invalid-utf8": rule(
    "error",
    "RFC 6455 8.1",
    "The text is not UTF-8",
    "Ask the vendor: usually a name or message in a local character set.",
  ),
  "over-limit": rule(
    "error",
    "Plugside's own limit",
    "The message is larger than the limit",
    "The link was closed. Raise the limit in Settings if the station is right.",
  ),
  "slow-frame": rule(
    "error",
    "Plugside's own limit",
    "A message did not come to its end",
    "The link was closed. The line is very bad, or the station hangs in the middle of a message: check the cable or modem and restart the station. If it happens again, ask the vendor.",
  ),
  "protocol-error": rule(
    "error",
    "RFC 6455 5",
    "Bytes that are no WebSocket frame",
    "The link was closed. Ask the vendor, with the bytes; a proxy in between can cause it too.",
  ),
  "unknown-action": rule(
    "warning",
    `${j}, 4.2.3`,
    "An action that this version of OCPP does not have",
    "Answered with NotImplemented, or with an empty answer where that is switched on for the station. Check which version it means to speak.",
  ),
  "no-subprotocol": rule(
    "warning",
    "OCPP-J 1.6, 3.1.2",
    "No OCPP subprotocol was offered",
    "Taken as OCPP 1.6 in tolerant mode, refused in strict mode. Ask the vendor: the station sends Sec-WebSocket-Protocol: ocpp1.6.",
  ),
  "unknown-subprotocol": rule(
    "warning",
    "OCPP-J 1.6, 3.1.2",
    "Only unknown subprotocols were offered",
    "Choose OCPP 1.6, 2.0.1 or 2.1 in the station's settings.",
  ),
  "credentials-hex": rule(
    "warning",
    "OCPP-J 1.6, 6.2; security whitepaper A01",
    "The password came in another form than it was set",
    "Accepted. Enter the password in the other form in the station: hex digits in place of text, or the other way round.",
  ),
  "credentials-not-utf8": rule(
    "notice",
    "RFC 7617 2.1; 2.0.1 A00",
    "The password is not UTF-8 text",
    "A binary key. Accepted, because its bytes are right; other central systems may refuse it.",
  ),
  "user-name": rule(
    "warning",
    "OCPP-J 1.6, 6.2; 2.0.1 A00.FR.204",
    "The user name is not the station's identity",
    "Accepted. Set the user name in the station to its identity: other central systems refuse it.",
  ),
  "credentials-unreadable": rule(
    "warning",
    "OCPP-J 1.6, 6.2; RFC 7617",
    "What was sent is no user name and password",
    "Let in, since no password is asked for. Ask the vendor: it is identity, colon and password in base64.",
  ),
  "no-connection-upgrade": rule(
    "warning",
    "RFC 6455 4.2.1; RFC 9110 7.8",
    "The handshake lacks 'Connection: Upgrade'",
    "Taken all the same. Ask the vendor: other central systems and every proxy refuse it.",
  ),
  "odd-request-line": rule(
    "warning",
    "RFC 9112 3",
    "The request line is not quite as it should be",
    "Read all the same. Ask the vendor: it reads GET /path HTTP/1.1.",
  ),
  "bad-header": rule(
    "warning",
    "RFC 9112 5; RFC 9110 5.3",
    "A header of the handshake is malformed or missing",
    "Gone on without it. Ask the vendor.",
  ),
  "url-in-path": rule(
    "warning",
    "OCPP-J 1.6, 3.1.1; 2.0.1 part 4, 3.1.1",
    "A whole URL stands in the path",
    "Type scheme, host and port into their own fields in the station, and into that for path or identity no more than what comes after them.",
  ),
  "identity-in-query": rule(
    "warning",
    "OCPP-J 1.6, 3.1.1; 2.0.1 part 4, 3.1.1",
    "The identity stands behind a question mark",
    "Type it at the end of the path in the station: other central systems find none.",
  ),
  "double-slash": rule(
    "notice",
    "OCPP-J 1.6, 3.1.1",
    "The path holds '//'",
    "Remove the slash at the end of the URL in the station if it appends its own.",
  ),
  "trailing-slash": rule(
    "notice",
    "OCPP-J 1.6, 3.1.1",
    "The path ends in a slash",
    "Remove the slash after the identity in the station's URL: other central systems may find no identity there.",
  ),
  "doubled-identity": rule(
    "warning",
    "OCPP-J 1.6, 3.1.1",
    "The identity stands twice in the path",
    "The station appends its identity itself: leave it out of the URL.",
  ),
  "identity-characters": rule(
    "notice",
    "2.0.1 part 2, identifierString; part 4, 3.1.1",
    "The identity holds unusual characters, or is too long",
    "Other central systems may refuse it: letters, digits and * - _ = : + | @ . are allowed, 48 at most.",
  ),
  "early-call": rule(
    "notice",
    "1.6 4.2; 2.0.1 B01",
    "A message before the boot was answered",
    "Harmless in tolerant mode. Other central systems may refuse it.",
  ),
  "wrong-type": rule(
    "warning",
    "Official JSON schema",
    "A value has the wrong type",
    "Read as far as it could be in tolerant mode. Ask the vendor.",
  ),
  "too-long": rule(
    "notice",
    "Official JSON schema",
    "A text is longer than allowed",
    "Kept whole in tolerant mode. Strict central systems refuse it.",
  ),
  "missing-field": rule(
    "warning",
    "Official JSON schema",
    "A required field is missing",
    "In tolerant mode gone on without it. Ask the vendor.",
  ),
  "unknown-value": rule(
    "warning",
    "Official JSON schema",
    "A value is not among those allowed",
    "Kept as it came in tolerant mode. Ask the vendor.",
  ),
  "unknown-field": rule(
    "notice",
    "Official JSON schema",
    "A field that the specification does not have",
    "Passed over in tolerant mode. Strict central systems refuse it.",
  ),
  "bad-format": rule(
    "warning",
    "Official JSON schema",
    "A text has the wrong form",
    "Read as far as it could be in tolerant mode. Ask the vendor.",
  ),
  "empty-list": rule(
    "notice",
    "1.6 6.31, 7.33 (1..*); 2.x: official JSON schema",
    "A list is empty that must hold something",
    "Skipped in tolerant mode. Ask the vendor.",
  ),
  "out-of-range": rule(
    "notice",
    "Official JSON schema",
    "A number is outside the range allowed",
    "Kept as it came in tolerant mode. Ask the vendor.",
  ),
  "bad-answer": rule(
    "warning",
    "Official JSON schema",
    "An answer does not fit its schema",
    "Read as far as it could be. Ask the vendor.",
  ),
  "time-without-zone": rule(
    "warning",
    "1.6 3.14; RFC 3339",
    "A time without a time zone",
    "Taken as UTC. Set the station's time zone, or ask the vendor: times end in Z.",
  ),
  "time-implausible": rule(
    "warning",
    "1.6 4.6; 2.0.1 B",
    "The station's clock is far off",
    "First check the laptop's own clock. Then check that the station takes its time from the boot or heartbeat answer, or set its time server.",
  ),
  "time-unreadable": rule("warning", "RFC 3339", "A time that cannot be read", "Our own time is used. Ask the vendor."),
  "empty-value": rule(
    "notice",
    "1.6 7.43; 2.0.1 2.45",
    "A measured value is empty",
    "Skipped. Check which measurands the meter supports.",
  ),
  "unreadable-value": rule(
    "warning",
    "1.6 7.43; 2.0.1 2.45",
    "A measured value is not a number",
    "Skipped. The raw frame holds it.",
  ),
  "wrong-unit": rule(
    "warning",
    "1.6 7.45; 2.0.1 3.x",
    "A unit that does not fit the measurand",
    "Kept under the measurand's own unit, digits as sent. Check the meter's settings.",
  ),
  "unknown-phase": rule("notice", "1.6 7.34", "A phase that is not known", "Kept as it came."),
  "faulted-without-error": rule(
    "warning",
    "1.6 7.7",
    "Faulted, but no error is named",
    "Ask the station: fetch its diagnostics, or read its display and log.",
  ),
  "unknown-error-code": rule(
    "notice",
    "1.6 7.6",
    "An error code that OCPP does not have",
    "Read as OtherError; the vendor's code is kept.",
  ),
  "unknown-transaction": rule(
    "notice",
    "1.6 4.10; 2.0.1 E",
    "A transaction that was never started here",
    "Usually one from before, or from another central system. It ends by itself, or with a reset.",
  ),
  "odd-transaction-id": rule(
    "notice",
    "1.6 7.x",
    "A transaction id that no central system gave",
    "Kept exactly. The station made it up while it was offline, or lost the answer.",
  ),
  "repeated-start": rule(
    "notice",
    "1.6 3.7.1",
    "The same transaction start came again",
    "Answered with the same id. The first answer was lost, or came too late for the station.",
  ),
  "register-backwards": rule(
    "error",
    "1.6 4.7; 2.0.1 J",
    "The energy register ran backwards",
    "Check the meter's wiring and settings: the value may be the session's energy in place of the register.",
  ),
  "boot-loop": rule(
    "error",
    "1.6 4.2; 2.0.1 B01",
    "The station boots again and again",
    "It restarts without being asked. Look at its power supply and its log, and at the last setting that was changed before it began: a measurand or a URL that it cannot take does this.",
  ),
  "boot-reason": rule(
    "notice",
    "2.0.1 BootReasonEnumType; B11, B12",
    "It gives another reason for its boot than our reset",
    "It was asked to reset, and calls it a power-up. Either the power did fail, or the station does not keep why it restarted: ask the vendor.",
  ),
  "second-connection": rule(
    "notice",
    "OCPP-J 1.6, 3.1",
    "It connected again while its connection was up",
    "The newer one counts. Once: it had not noticed that its link was gone. Again and again: two stations have the same identity, or the station dials twice; compare the addresses.",
  ),
  "no-boot": rule(
    "notice",
    "1.6 4.2; 2.0.1 B01",
    "No BootNotification, and none before",
    "Usual where the station was with another central system until now. It was asked for one, to learn who it is.",
  ),
  "other-version": rule(
    "warning",
    "2.0.1 part 2, 1",
    "A message in the shape of another version of OCPP",
    "Read as that version means it. The station mixes versions: ask the vendor, or let it speak the other one.",
  ),
  "call-error": rule(
    "notice",
    `${j}, 4.2.3`,
    "The station answered with an error code that its version does not have",
    "Kept as it came. Ask the vendor.",
  ),
  ...quirks,
  ...ownRules,
} as const satisfies Record<string, RuleText>;

export type Rule = keyof typeof rules;

/** Worst first. */
export const severities = ["error", "warning", "notice"] as const satisfies readonly Severity[];

/** The severity of a finding, by its rule. */
export function severityOf(finding: Finding): Severity {
  return rules[finding.rule].severity;
}

/** Makes a finding; `said` is what the station said, whatever it is, and is cut to 200 characters. */
export function finding(name: Rule, where: string, said: unknown, expected?: Spoken): Finding {
  return observed(name, where, typeof said === "string" ? said : sketch(said), expected);
}

/** A fault of ours, told where it was met so that it is reported to us.
 * @param where what was being read or done */
export function ownFault(where: string, error: unknown): Finding {
  return finding("own-fault", where, error instanceof Error ? `${error.name}: ${error.message}` : sketch(error));
}

function sketch(said: unknown): string {
  return said === undefined ? "" : sketchJson(said, longestSaid);
}

/** A finding that tells in words of ours what was seen. Never for what a station sent: it may look like words. */
export function observed(name: Rule, where: string, said: Spoken, expected?: Spoken): Finding {
  const result: Finding = { rule: name, where: cut(where), said: mapTexts(said, cut) };
  if (expected !== undefined) result.expected = mapTexts(expected, cutExpected);
  return result;
}

function cut(text: string): string {
  return cutText(text, longestSaid);
}

/** A list of the values that are allowed may be longer. */
function cutExpected(text: string): string {
  return cutText(text, 2 * longestSaid);
}
