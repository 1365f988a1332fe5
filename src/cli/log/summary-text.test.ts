import { expect, test } from "vitest";
import { isoTime } from "../../lib/units.ts";
import type { Shape } from "../../logs/lines/shape.ts";
import type { Summary } from "../../logs/model.ts";
import { summaryLines, zoneText } from "./summary-text.ts";

const shape: Shape = { encoding: "latin1", mark: 0, lineEnds: "lf" };
const summary: Summary = {
  ...{ lines: 1200, bytes: 20_000, stamped: 0, levels: { error: 2, warning: 0, info: 3, debug: 0 } },
  ...{ errors: [], repeated: [], isRough: true, restarts: [], jumps: [], jumpCount: 0 },
};

test.each([
  [0, "UTC"],
  [60, "+01:00"],
  [345, "+05:45"],
  [-30, "-00:30"],
  [-210, "-03:30"],
  [720, "+12:00"],
])("a zone of %i minutes is written %s", (minutes, text) => {
  expect(zoneText(minutes)).toBe(text);
});

const plain = (lines: string[]) => lines.map((line) => line.replaceAll(/\s/g, " "));

test("a text without times, of many kinds of lines, is summed up as that in both languages", () => {
  const told = (language: "en" | "sv") => plain(summaryLines(summary, shape, { minutes: 0, by: "unknown" }, language));
  expect(told("en")).toEqual([
    "  Lines: 1,200; 20.0 kB; Windows-1252",
    "  no time stamps",
    "  Errors: 2; warnings: 0; information: 3; debugging: 0",
    "  Lines are of so many kinds that counts may be too low.",
  ]);
  expect(told("sv")).toEqual([
    "  Rader: 1 200; 20,0 kB; Windows-1252",
    "  inga tidsstämplar",
    "  Fel: 2; varningar: 0; upplysningar: 3; felsökning: 0",
    "  Raderna är av så många slag att antalen kan vara för låga.",
  ]);
});

test("a place is told by its line, and by its time where that is known; what counts from the start has no zone", () => {
  const at = Date.UTC(2026, 4, 3, 10);
  const restarts: Summary["restarts"] = [
    { line: 3, signs: ["watchdog"] },
    { line: 5, at, signs: ["watchdog", "kernel-start"] },
    { line: 7, since: 61_000, signs: ["watchdog"] },
  ];
  const times = { first: { line: 3, since: 0 }, last: { line: 9, since: 61_000 } };
  const told = (change: Partial<Summary>) =>
    plain(
      summaryLines({ ...summary, isRough: false, restarts, ...change }, shape, { minutes: -210, by: "told" }, "en"),
    );
  expect(told(times)).toEqual([
    "  Lines: 1,200; 20.0 kB; Windows-1252",
    "  0 s after the start to 1 min 1 s after the start",
    "  Errors: 2; warnings: 0; information: 3; debugging: 0",
    "  Restarts: 3",
    "    line 3: the watchdog bit",
    `    line 5, ${isoTime(at)}: the watchdog bit, the kernel starts`,
    "    line 7, 1 min 1 s after the start: the watchdog bit",
  ]);
  expect(told({ ...times, last: { line: 9, at } }).slice(1, 3)).toEqual([
    `  0 s after the start to ${isoTime(at)}`,
    "  times without a zone are taken as -03:30, as asked",
  ]);
});
