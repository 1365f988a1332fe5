import { type RuleText, rule } from "../rule.ts";

const modbus = "Modbus over Serial Line V1.02; the device's register list";
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
  "modbus-unknown-value": rule(
    "notice",
    modbus,
    "A register holds a value that the device profile does not know",
    "Nothing was made of it. Look it up in the maker's manual, and add it to the profile.",
  ),
  "modbus-refused": rule(
    "notice",
    modbus,
    "The device refused registers that its profile names",
    "What they would tell is not known. Another model or firmware may lack them: compare with the register list of this one.",
  ),
  "modbus-damaged": rule(
    "warning",
    modbus,
    "Answers of the device came damaged or broken off",
    "None of them was taken for a value. Check 0 V, termination (120 ohm at both ends) and shield, whether two devices have one unit, and the baud rate and parity.",
  ),
} as const satisfies Record<string, RuleText>;
