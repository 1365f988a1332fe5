import { type RuleText, rule } from "./rule-text.ts";

/** Deviations that certain makes are known for. Each is read as it is meant, or as far as it can be, and told. */
export const quirks = {
  "wrong-direction": rule(
    "warning",
    "1.6 4 and 5; 2.0.1 part 2",
    "An action that only a central system sends",
    "Not carried out: answered with NotSupported, or with an empty answer where that is switched on. Ask the vendor.",
  ),
  "unanswered-call": rule(
    "warning",
    "2.1 part 4, 4.2.5",
    "A message that wants no answer, of an action that has one",
    "Kept, not answered and not carried out. Ask the vendor: it is a CALL, whose first element is 2.",
  ),
  "unknown-context": rule(
    "notice",
    "1.6 7.35; 2.0.1 ReadingContextEnumType",
    "A reading context that OCPP does not have",
    "In tolerant mode the value is read and the word kept. Alfen says CurrentMax for the limit in force. Ask the vendor.",
  ),
  "repeated-begin": rule(
    "notice",
    "1.6 7.35; 2.0.1 ReadingContextEnumType",
    "A value in mid-transaction is marked Transaction.Begin",
    "Read by its time, not by its mark. Growatt marks every value so. Ask the vendor.",
  ),
  "historic-transaction": rule(
    "notice",
    "1.6 4.8, 4.10",
    "A transaction from before the station was first seen here",
    "Labelled as told after the fact. The station still had it in its queue; some send old transactions again and again.",
  ),
  "repeated-stop": rule(
    "notice",
    "1.6 4.10, 3.7.1",
    "The end of a transaction came again",
    "Answered, and not counted twice. The first answer was lost, or the station replays what it has told before.",
  ),
  "values-after-end": rule(
    "notice",
    "1.6 3.7.1, 4.7",
    "Measured values of a transaction that has ended",
    "Read as its closing values. Strict systems expect them before StopTransaction. Ask the vendor.",
  ),
  "session-energy": rule(
    "warning",
    "1.6 7.31; 2.0.1 MeasurandEnumType",
    "The energy register starts over",
    "Taken as the energy of the session, not a meter's reading. Set the station to send its register, or ask the vendor.",
  ),
  "register-rounded": rule(
    "notice",
    "1.6 4.10; 2.0.1 J",
    "The register stands up to 1 Wh below the value before it",
    "Taken as rounding. Ask the vendor where it must match to the watt-hour.",
  ),
  "phase-tagged-register": rule(
    "notice",
    "1.6 7.34; 2.0.1 PhaseEnumType",
    "The energy register comes with one phase only",
    "Taken as the whole. Ask the vendor: a total is sent without a phase.",
  ),
  "phase-neutral": rule(
    "notice",
    "1.6 7.34; 2.0.1 PhaseEnumType",
    "Measured on N, and on no phase",
    "Taken as L1. The station has one phase and names it N. Ask the vendor.",
  ),
  "phase-rotation": rule(
    "notice",
    "1.6 9.1.7 ConnectorPhaseRotation",
    "The phases are rotated between grid and connector",
    "L1 of the station is another phase of the grid. Check the wiring, or set ConnectorPhaseRotation as it is wired.",
  ),
  placeholder: rule(
    "notice",
    "1.6 6.45, 6.47; 2.0.1 part 4, 4.1.5",
    "A field holds a word for nothing in place of being left out",
    "Read as left out. ABB says null for the info of a status, Growatt 0 for a reservation. Ask the vendor.",
  ),
  "empty-token": rule(
    "warning",
    "1.6 7.28; 2.0.1 IdTokenType",
    "A card without a number",
    "Answered Invalid. The reader gave nothing: show the card again, then ask the vendor.",
  ),
  "token-not-hex": rule(
    "notice",
    "2.0.1 IdTokenEnumType; ISO 14443, ISO 15693",
    "A card's number that is not written in hex digits",
    "Kept as it came. A card's number is its bytes in hex: in other systems this will be another card. Check how the reader is set up.",
  ),
  "odd-number": rule(
    "notice",
    "1.6 7.43; 2.0.1 2.45",
    "A number is written in an unusual way",
    "Read as it is meant. Other central systems may not: a value is plain decimal digits, without + and exponent.",
  ),
  "unit-spelling": rule(
    "notice",
    "2.0.1 appendix 2 (standardized units)",
    "A unit is spelt otherwise than OCPP spells it",
    "Read as it is meant. Other central systems may not know it. Ask the vendor.",
  ),
  "odd-place": rule(
    "notice",
    "1.6 6.31, 6.45, 6.47; 2.0.1 E01, G01",
    "An EVSE or connector number that there cannot be in this message",
    "Read as far as it makes sense: 0 as the station as a whole; anything else is of no connector. Ask the vendor.",
  ),
  "station-status": rule(
    "notice",
    "1.6 4.9",
    "The station as a whole says what only a connector can be",
    "Kept as it came. Connector 0 is Available, Unavailable or Faulted. Ask the vendor.",
  ),
  "odd-token": rule(
    "warning",
    "1.6 7.28; 2.0.1 IdTokenType",
    "A token with characters that no card has",
    "Kept as it came. It may be cut or corrupted in the reader: show the card again, then ask the vendor.",
  ),
  "no-connectors": rule(
    "notice",
    "2.0.1 B07; part 1, 4",
    "The inventory names EVSEs and no connector",
    "Each EVSE is taken to have connector 1, until a status says otherwise. Ask the vendor.",
  ),
  "report-unfinished": rule(
    "warning",
    "2.0.1 B07, B08",
    "A report was accepted and not finished",
    "Went on with what has come. Ask again, for a smaller report or for single variables; then ask the vendor.",
  ),
} as const satisfies Record<string, RuleText>;
