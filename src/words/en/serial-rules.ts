import { type RuleText, rule } from "../rule.ts";

const own = "Plugside's own transport over serial lines";

/** What is wrong with the bytes of a serial line. */
export const serialRules = {
  "line-damaged": rule(
    "warning",
    own,
    "Bytes on the serial line were damaged",
    "None of them was taken for a message. Shorten the cable, join the grounds, keep it off mains wires, terminate RS-485, or lower the baud rate on both ends.",
  ),
  "line-text": rule(
    "notice",
    own,
    "The serial line carries text that is no OCPP",
    "Kept on record, and not answered. The board prints its log on the same wire: turn that off, or give OCPP a port of its own.",
  ),
} as const satisfies Record<string, RuleText>;
