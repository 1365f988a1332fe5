import { expect, it } from "vitest";
import { sourceOf } from "../../test/harness/bytes.ts";
import { openText } from "./lines/text.ts";
import { Groups } from "./summary/groups.ts";
import { kindOfLine } from "./summary/kind-of-line.ts";
import { zoneByMessages, zoneOf } from "./summary/own-zone.ts";
import { summarise } from "./summary.ts";

const open = async (text: string | Buffer) => await openText(await sourceOf(text));
const clockwork = { zone: 0, near: Date.UTC(2026, 10, 27) };
const day = Date.UTC(2026, 10, 26);
const stamped = (seconds: number, text: string) => `${new Date(day + seconds * 1000).toISOString()} ${text}\n`;

const log = [
  stamped(0, "INFO syslogd started: BusyBox v1.30"),
  stamped(1, "INFO kernel: Linux version 5.10.0"),
  stamped(2, "ERROR modem 17: no answer in 300 ms"),
  stamped(3, "ERROR modem 18: no answer in 412 ms"),
  stamped(4, "WARN door open"),
  ...Array.from({ length: 500 }, (_, index) => stamped(10 + index, `DEBUG value ${index}`)),
  stamped(20_000, "INFO after a long silence"),
  stamped(19_000, "INFO set back"),
  stamped(19_001, "INFO watchdog: Watchdog reset"),
].join("");

it("a log is summed up", async () => {
  const text = await open(log);
  const summary = await summarise(text, clockwork);
  expect(summary).toMatchObject({
    lines: 508,
    bytes: log.length,
    stamped: 508,
    first: { line: 1, at: day },
    last: { line: 508, at: day + 19_001_000 },
    levels: { error: 2, warning: 1, info: 5, debug: 500 },
    errors: [{ count: 2, first: 3, last: 4, level: "error", text: expect.stringContaining("modem 17") }],
    isRough: false,
    restarts: [
      { line: 1, signs: ["service-start", "kernel-start"], at: day },
      { line: 508, signs: ["watchdog"], at: day + 19_001_000 },
    ],
    jumps: [
      { from: { line: 505 }, to: { line: 506, at: day + 20_000_000 }, ms: 20_000_000 - 509_000 },
      { from: { line: 506 }, to: { line: 507 }, ms: -1_000_000 },
    ],
    jumpCount: 2,
  });
  expect(summary.repeated.map(({ count, text: said }) => [count, said.slice(25)])).toEqual([
    [500, "DEBUG value 0"],
    [2, "ERROR modem 17: no answer in 300 ms"],
  ]);
});

it("lines of nothing are none that are repeated, and of no level", async () => {
  const { lines, repeated, errors, levels } = await summarise(await open(`${"\n\r\n".repeat(50)}x\n`), clockwork);
  expect([lines, repeated, errors, levels]).toEqual([101, [], [], { error: 0, warning: 0, info: 0, debug: 0 }]);
});

it("is the same from threads, in parts", async () => {
  const text = await open(log);
  expect(await summarise(text, clockwork, { here: false })).toEqual(await summarise(text, clockwork, { here: true }));
});

it("a count since the start that begins anew is a restart", async () => {
  const text = await open("[ 1000.000000] a\n[    0.000000] b\n".repeat(2));
  const { restarts, first } = await summarise(text, clockwork);
  expect(first).toEqual({ line: 1, since: 1_000_000 });
  expect(restarts).toEqual([{ line: 2, signs: ["kernel-start"], since: 0 }]);
});

it("a new year is no jump where no year is told", async () => {
  const text = await open("Dec 31 23:59:50 host a\nJan  1 00:00:10 host b\nJan  1 00:00:20 host c\n");
  const { jumps, last } = await summarise(text, { zone: 0, near: Date.UTC(2026, 0, 1, 12) });
  expect(jumps).toEqual([]);
  expect(last).toEqual({ line: 3, at: Date.UTC(2026, 0, 1, 0, 0, 20) });
});

it("the zone is told by the times in messages", async () => {
  const line = (minute: number) =>
    `2026-11-26 12:${minute}:01 > [2,"a","StatusNotification",{"timestamp":"2026-11-26T10:${minute}:00Z"}]\n`;
  const text = await open(Array.from({ length: 30 }, (_, index) => line(10 + index)).join(""));
  expect(await zoneByMessages(text, clockwork.near)).toBe(120);
  expect(await zoneByMessages(await open("2026-11-26 12:00:01 x\n"), clockwork.near)).toBeUndefined();
  const plain = await open([10, 20, 30].map(line).join("").replaceAll("2026-11-26 12", "Nov 26 12"));
  expect(await zoneByMessages(plain, clockwork.near)).toBe(120);
  // Stamps that tell their zone tell nothing of another.
  const zoned = await open([10, 20, 30].map(line).join("").replaceAll(":01 >", ":01Z >"));
  expect(await zoneByMessages(zoned, clockwork.near)).toBeUndefined();
  const { near } = clockwork;
  expect([
    await zoneOf(text, { near }),
    await zoneOf(zoned, { near }),
    await zoneOf(text, { near, asked: 60 }),
  ]).toEqual([
    { minutes: 120, by: "inferred" },
    { minutes: 0, by: "unknown" },
    { minutes: 60, by: "told" },
  ]);
});

it("lines are of one kind where they differ in numbers and ids alone", () => {
  const kind = (line: string) => kindOfLine(Buffer.from(line), 0, line.length);
  // Of long lines the first 400 bytes count.
  expect(kind(`${"word ".repeat(80)}here`)).toBe(kind(`${"word ".repeat(80)}there`));
  expect(kind(`${"word ".repeat(79)}here`)).not.toBe(kind(`${"word ".repeat(79)}that`));
  expect(kind("value 17 of a1b2-c3")).toBe(kind("value 4711 of ffff00-9"));
  expect(kind("value 17 of it")).not.toBe(kind("value 17 of us"));
  expect(kind("<3>usb 1")).not.toBe(kind("<6>usb 1"));
  expect(kind("E1126 usb")).not.toBe(kind("I1126 usb"));
});

it("of too many kinds the frequent ones are kept", () => {
  const groups = new Groups();
  for (let line = 1; line <= 200_000; line++) groups.add(line % 10 === 0 ? 1 : line + 10, line, () => ({}));
  expect(groups.isRough).toBe(true);
  expect(groups.top(1)).toEqual([{ kind: 1, count: 20_000, first: 10, last: 200_000 }]);
});
