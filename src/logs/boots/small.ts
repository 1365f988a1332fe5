import type { ResetCause } from "../../station/serial/signs.ts";
import { causeInWords, type Form } from "./pattern.ts";

/** Flags of RCC_CSR, the gravest first (RM0090 7.3.21; the same places in STM32F1, F4, L4): what stays of a power-on is the pin's. */
const flags: readonly (readonly [number, ResetCause])[] = [
  [29, "watchdog"],
  [30, "watchdog"],
  [31, "low-power"],
  [28, "software"],
  [27, "power-on"],
  [25, "brownout"],
  [26, "external"],
];

function causeOfRegister(hex: string): ResetCause {
  const value = Number.parseInt(hex, 16);
  return flags.find(([bit]) => (value >>> bit) & 1)?.[1] ?? "other";
}

const faults = "(?:hard|bus|usage|memmanage|mem manage|secure)[ _]?fault";

/** What firmware on small processors prints: there is no standard, these are the forms of ST's examples, Zephyr, Mbed OS, NuttX and
 * FreeRTOS. */
export const smallForms: readonly Form[] = [
  { pattern: /\*\*\* Booting (Zephyr OS .{1,60}?) \*\*\*/, system: "zephyr", sign: "started" },
  { pattern: />>> ZEPHYR FATAL ERROR \d+: (.{1,80}?)(?: on CPU \d+)?$/, system: "zephyr", sign: "panic" },
  { pattern: new RegExp(`\\*{5} (${faults}) \\*{5}`, "i"), system: "zephyr", sign: "panic" },
  {
    pattern: /RCC(?:->|[_. ])(?:B?D?CSR|RSR)\s{0,4}[:=]\s{0,4}(0x[\da-f]{1,8})/i,
    system: "stm32",
    sign: "reset",
    cause: (match) => causeOfRegister((match[1] ?? "").slice(2)),
  },
  { pattern: new RegExp(`\\b(${faults})(?:_?handler\\b|\\b[ :!]|\\b$|\\])`, "i"), system: "stm32", sign: "panic" },
  { pattern: /\+\+ MbedOS (?:Fault Handler|Error Info) \+\+/, system: "stm32", sign: "panic" },
  { pattern: /\b(up_assert|_assert): .{0,40}assertion failed/i, system: "device", sign: "panic" },
  {
    pattern: /\b(vApplicationStackOverflowHook|vApplicationMallocFailedHook|stack overflow in task .{1,40})/i,
    system: "device",
    sign: "panic",
  },
  {
    pattern: /\b(?:last )?(?:re)?(?:set|start|boot)[ _-]?(?:reason|cause|source)\b\s{0,4}[:=]\s{0,4}(\S.{0,60})/i,
    system: "device",
    sign: "reset",
    cause: (match) => causeInWords(match[1] ?? ""),
  },
];
