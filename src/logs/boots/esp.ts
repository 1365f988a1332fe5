import type { ResetCause } from "../../station/serial/signs.ts";
import { causeInWords, type Form } from "./pattern.ts";

/** ESP8266's ROM tells a number (ESP8266 Technical Reference, "Reset causes"; the ROM's own text). */
const romCauses: Readonly<Record<string, ResetCause>> = { 1: "power-on", 2: "external", 3: "software", 4: "watchdog" };

/** What an ESP32 of any kind prints by its ROM (`esp_rom/include/<chip>/rom/rtc.h`, RESET_REASON) and by ESP-IDF ("Fatal Errors"). */
export const espForms: readonly Form[] = [
  {
    pattern: /\brst:0x[\da-f]{1,2} \(([A-Z\d_]{1,40})\)/i,
    system: "esp32",
    sign: "reset",
    cause: (match) => causeInWords((match[1] ?? "").replaceAll("_", " ")),
  },
  {
    pattern: /\brst cause:(\d{1,2}), ?boot mode:/,
    system: "esp8266",
    sign: "reset",
    cause: (match) => romCauses[match[1] ?? ""] ?? "other",
  },
  { pattern: /Guru Meditation Error:.{0,40}?\((Interrupt wdt timeout[^)]{0,60})\)/, system: "esp32", sign: "watchdog" },
  { pattern: /Guru Meditation Error:.{0,40}?\(([^)]{1,80})\)/, system: "esp32", sign: "panic" },
  { pattern: /Guru Meditation Error/, system: "esp32", sign: "panic" },
  { pattern: /Brownout detector was triggered/, system: "esp32", sign: "brownout" },
  { pattern: /Task watchdog got triggered/, system: "esp32", sign: "watchdog" },
  { pattern: /\b(abort\(\)) was called at PC 0x[\da-f]+/i, system: "esp32", sign: "panic" },
  { pattern: /\b(assert failed: .{1,120})/, system: "esp32", sign: "panic" },
  {
    pattern: /\*\*\*ERROR\*\*\* A (stack overflow in task .{1,40}?) has been detected/,
    system: "esp32",
    sign: "panic",
  },
  { pattern: /\b(CORRUPT HEAP: .{1,80})/, system: "esp32", sign: "panic" },
  { pattern: /\b(Stack smashing protect failure)/, system: "esp32", sign: "panic" },
  {
    pattern: /(invalid header: 0x[\da-f]{1,8}|flash read err, \d+|No bootable app partitions|Image hash failed)/i,
    system: "esp32",
    sign: "boot-failed",
  },
  { pattern: /boot: (ESP-IDF \S{1,40}) 2nd stage bootloader/, system: "esp32", sign: "started" },
  { pattern: /^(?:Fatal exception ?\(?|Exception \((?=\d{1,2}\):))(\d{1,2})/, system: "esp8266", sign: "panic" },
];
