import type { Machine } from "../model.ts";

const lineCount = 4000;
const minuteMs = 60_000;

const lines = [
  "INFO  evse {evse}: control pilot state A",
  "INFO  evse {evse}: control pilot state B",
  "DEBUG meter: {wh} Wh, 230.{n} V",
  "INFO  modem: signal -7{n} dBm",
  "WARN  ocpp: no answer to Heartbeat, try again in {n} s",
  "DEBUG rfid: poll",
  "ERROR modem: PPP link lost, redial",
  "INFO  ocpp: connected",
];

/** The log that a virtual station keeps: the last days of it, in lines that are made up. The same for the same station. */
export function logText({ clock, identity, outlets }: Machine): Uint8Array {
  const now = clock.now();
  const text: string[] = [`# ${identity}, virtual station\n`];
  for (let at = 0; at < lineCount; at++) {
    const time = new Date(now - (lineCount - at) * minuteMs).toISOString();
    const number = (at * 7919) % 9973;
    const line = (lines[number % lines.length] ?? "")
      .replace("{evse}", String(1 + (number % Math.max(1, outlets.length))))
      .replace("{wh}", String(1000 + at * 3))
      .replace("{n}", String(number % 10));
    text.push(`${time} ${line}\n`);
  }
  return Buffer.from(text.join(""));
}
