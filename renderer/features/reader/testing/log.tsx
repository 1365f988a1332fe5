import type { PageLine, Part, Summary } from "../../../../src/logs/model.ts";
import type { MessageRow } from "../../../../src/services/messages/contract.ts";
import type { OpenedLog } from "../../../../src/services/reader/contract.ts";
import type { KeptFile } from "../../../../src/station/model.ts";
import { words } from "../../../../src/station/phrases.ts";
import { show, type Written } from "../../../ui/testing/screen.tsx";
import { ReaderScreen } from "../ReaderScreen.tsx";

/** A file that is kept, its parts, and a log in it as the core tells of it. */
export const file: KeptFile = {
  ...{ id: 7, station: "CP1", name: "day.zip", bytes: 2_500_000, at: 0, state: "whole", sha256: "ab12" },
};
export const text: Part = { id: "0.1", name: "log/day.log", kind: "text", size: 12_345, changedAt: 5000 };
export const parts: Part[] = [
  text,
  { id: "0.2", name: "inner.zip", kind: "archive", problem: words("no-core") },
  { id: "0.3", name: "dump.bin", kind: "binary" },
];
export const log: OpenedLog = {
  ...{ log: 3, bytes: 12_345 },
  text: { encoding: "utf-8", lineEnds: "lf", lines: 4, zone: { minutes: 120, by: "inferred" } },
};
const frame = '[2,"1","Heartbeat",{}]';
export const lines: PageLine[] = [
  { number: 1, text: "boot", level: "info", at: 60_000 },
  {
    ...{ number: 2, text: `sent ${frame}`, at: 61_000, since: 1500 },
    frames: [{ begin: 5, end: 27, text: frame, type: "call", id: "1", action: "Heartbeat" }],
  },
  { number: 3, text: "error: no meter", level: "error", since: 2500 },
];
const summary: Summary = {
  ...{ lines: 4, bytes: 12_345, stamped: 3, first: { line: 1, at: 60_000 }, last: { line: 4, at: 90_000 } },
  levels: { error: 1, warning: 2, info: 3, debug: 4 },
  errors: [{ count: 3, first: 3, last: 9, level: "error", text: "error: no meter " }],
  repeated: [{ count: 1200, first: 2, last: 4, text: "sent" }],
  isRough: true,
  restarts: [
    { line: 1, signs: ["watchdog", "power"], at: 60_000 },
    { line: 4, signs: ["kernel-start"], since: 90_000 },
  ],
  jumps: [{ from: { line: 1, at: 60_000 }, to: { line: 2, at: 50_000 }, ms: -10_000 }],
  jumpCount: 2,
};
export const row: MessageRow = {
  ...({ seq: 11, at: 61_000, direction: "in", kind: "call", action: "Heartbeat" } as MessageRow),
};

export function reader(answers: Written["answers"] = {}, hash = "#/reader?file=7") {
  const feeds = { "files.list": [file] };
  const all: Written["answers"] = {
    "reader.parts": { parts, isAll: false },
    "reader.open": log,
    "reader.close": null,
    "reader.lines": lines,
    "reader.summary": summary,
  };
  return show(<ReaderScreen />, { feeds, answers: { ...all, ...answers } }, hash);
}
export const failuresOf = (said: string[]) => said.filter((line) => line.startsWith("!"));
export const asksOf = (asked: [string, unknown][], name: string) => asked.filter(([one]) => one === name);
