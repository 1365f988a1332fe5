import { type RuleText, rule } from "../rule.ts";

const limit = "Plugside's own limit";

/** What Plugside does not do as it was wished: where one of its own bounds bites, or where it fails. */
export const ownRules = {
  "too-complex": rule(
    "error",
    limit,
    "The message is nested deeper, or holds more values, than any of OCPP",
    "Not read, and answered with an error where its id could be read. Ask the vendor: the station's writer runs wild.",
  ),
  "text-cut": rule(
    "notice",
    limit,
    "A text is longer than what is shown of it",
    "Read, and cut where it is shown. The message on record holds it whole.",
  ),
  "list-cut": rule(
    "warning",
    limit,
    "One message tells more of a kind than is taken from it",
    "The first ones are taken. The message on record holds them all. Ask the vendor to send less at once.",
  ),
  "more-findings": rule(
    "warning",
    limit,
    "More deviations in one message than are told",
    "The first ones are told. Mend those, and the rest come to light. The message on record shows them all.",
  ),
  "state-full": rule(
    "warning",
    limit,
    "More EVSEs, connectors or measurands than any station has",
    "Not taken up; the messages on record hold it. Ask the vendor: the station makes up numbers or names.",
  ),
  "own-fault": rule(
    "error",
    "Plugside itself",
    "Plugside met a fault of its own; report it with this text",
    "Not the station's doing: its message is on record, and all else goes on. Report it to the makers of Plugside.",
  ),
} as const satisfies Record<string, RuleText>;
