import { describe, expect, it } from "vitest";
import { readFixed } from "./fixed.ts";
import { StampFinder } from "./stamp.ts";
import { inferZone, momentOf } from "./zone.ts";

const noon = "2026-11-26T10:02:11";

describe("a time stamp is found", () => {
  it.each([
    [`${noon}.042Z boot`, `${noon}.042Z`, "zoned"],
    ["2026-11-26 11:02:11,042 +01:00 boot", `${noon}.042Z`, "zoned"],
    ["[2026/11/26 11:02:11 +0100] boot", `${noon}.000Z`, "zoned"],
    ["<34>1 2026-11-26T05:02:11.5-05 host", `${noon}.500Z`, "zoned"],
    ["INFO 2026-11-26 10:02:11.042123 boot", `${noon}.042Z`, "local"],
    ["20261126T100211Z boot", `${noon}.000Z`, "zoned"],
    ["20261126 100211 boot", `${noon}.000Z`, "local"],
    ["26.11.2026 10:02:11 boot", `${noon}.000Z`, "local"],
    ["11/26/2026 10:02:11 boot", `${noon}.000Z`, "local"],
    // Where both could be the month the day comes first.
    ["11/12/2026 10:02:11 boot", "2026-12-11T10:02:11.000Z", "local"],
    ["11/13/2026 10:02:11 boot", "2026-11-13T10:02:11.000Z", "local"],
    ["2026-11-26 24:00:00 boot", "2026-11-27T00:00:00.000Z", "local"],
    ["2026-11-26 23:59:60 boot", "2026-11-27T00:00:00.000Z", "local"],
    [`2026-11-26T05:32:11-0430 boot`, `${noon}.000Z`, "zoned"],
    ['::1 - - [26/Nov/2026:11:02:11 +0100] "GET"', `${noon}.000Z`, "zoned"],
    ["Thu Nov 26 10:02:11 2026 boot", `${noon}.000Z`, "local"],
    ["Nov 26 2026 10:02:11 boot", `${noon}.000Z`, "local"],
    ["Nov 26 10:02:11 host boot", `${noon.replace("2026", "1972")}.000Z`, "yearless"],
    ["Feb 29 10:02:11 host boot", "1972-02-29T10:02:11.000Z", "yearless"],
    ["11-26 10:02:11.042  99  99 I Tag: x", `${noon.replace("2026", "1972")}.042Z`, "yearless"],
    ["E1126 10:02:11.042000 1 a.cc:1] x", `${noon.replace("2026", "1972")}.042Z`, "yearless"],
    ["[   12.345678] usb", "1970-01-01T00:00:12.345Z", "monotonic"],
    ["<6>[ 12.345] usb", "1970-01-01T00:00:12.345Z", "monotonic"],
    ["1795687331.042 boot", `${noon}.042Z`, "zoned"],
    ["1795687331042 boot", `${noon}.042Z`, "zoned"],
    ['{"level":"info","ts":1795687331}', `${noon}.000Z`, "zoned"],
  ])("in %s", (line, at, kind) => {
    const stamp = new StampFinder().find(line);
    expect(stamp && [new Date(stamp.at).toISOString(), stamp.kind]).toEqual([at, kind]);
  });

  it.each([
    "2026-11-26 25:00:00",
    "2026-11-26 10:60:00",
    "2026-11-26 10:00:61",
    "2026-00-26 10:00:00",
    "",
    "no time 12",
    "2026-13-41 10:00:00",
    "value 12345678901",
    "10:61:00",
    "at 99:99:99",
  ])("not in “%s”", (line) => {
    expect(new StampFinder().find(line)).toBeUndefined();
  });
});

it("of a line and of the message in it the line's own is found, whatever its form, and whatever was found before", () => {
  const message = '[2,"a","StatusNotification",{"timestamp":"2026-11-26T09:00:00Z"}]';
  const finder = new StampFinder();
  const told = (line: string) => {
    const stamp = finder.find(line);
    return stamp && [new Date(stamp.at).toISOString().slice(0, 19), stamp.kind, stamp.begin];
  };
  const nineteen = noon.replace("2026", "1972");
  expect(told(`Nov 26 10:02:11 box: ${message}`)).toEqual([nineteen, "yearless", 0]);
  expect(told(`26/Nov/2026 10:02:11 ${message}`)).toEqual([noon, "local", 0]);
  expect(told(`ocpp 2026-11-26 10:02:11 ${message}`)).toEqual([noon, "local", 5]);
  expect(told(`Nov 26 10:02:11 box: ${message}`)).toEqual([nineteen, "yearless", 0]);
  expect(told(`box: ${message}`)).toEqual(["2026-11-26T09:00:00", "zoned", 47]);
  // A count says less than a date behind it.
  expect(new StampFinder().find(`[   12.345678] ${noon}Z up`)?.kind).toBe("zoned");
});

it("a stamp at a known place is read the same from bytes", () => {
  for (const line of [
    `${noon}.042Z boot`,
    "2026-11-26 10:02:11,042 boot",
    "2026/11/26 10:02:11.9999 boot",
    "2026-11-26 10:02:11",
    "2026-11-26 10:02:11 +01:00",
    "2026-11-26 10:02:11-05:00",
    "2026-11-26 10:02:11 UTC",
    "2026-11-26 10:02:11 GMT",
    "2026-11-26 10:02:1x",
    "2026-11-26 10:02",
    "2026-1x-26 10:02:11",
  ]) {
    const bytes = Buffer.from(`before ${line}`);
    const read = readFixed(bytes, 7, 7, bytes.length);
    if (read) expect(read).toEqual(new StampFinder().find(line));
    else expect(line).toMatch(/\+01|-05:|UTC|GMT|x|02$/);
  }
});

describe("the moment of a stamp", () => {
  const clockwork = { zone: 60, near: Date.UTC(2026, 0, 2) };
  const found = (line: string) => new StampFinder().find(line) ?? expect.fail();

  it("is told by the zone of the log where the stamp does not", () => {
    expect(momentOf(found("2026-11-26 11:02:11"), clockwork)).toBe(Date.parse(`${noon}Z`));
    expect(momentOf(found(`${noon}Z`), clockwork)).toBe(Date.parse(`${noon}Z`));
  });

  it("is of the last such day where no year is told", () => {
    expect(momentOf(found("Dec 31 23:00:00 x"), clockwork)).toBe(Date.UTC(2025, 11, 31, 22));
    expect(momentOf(found("Jan  1 01:00:00 x"), clockwork)).toBe(Date.UTC(2026, 0, 1));
  });

  it("may be of tomorrow at the latest: clocks are set wrong, and zones are guessed", () => {
    const told = (line: string) => momentOf(found(line), clockwork);
    expect([told("Jan  3 01:00:00 x"), told("Jan  3 01:00:01 x")]).toEqual([
      Date.UTC(2026, 0, 3),
      Date.UTC(2025, 0, 3, 0, 0, 1),
    ]);
  });

  it("counts from the start of the machine where that is known", () => {
    expect(momentOf(found("[    2.500000] x"), clockwork)).toBeUndefined();
    expect(momentOf(found("[    2.500000] x"), { ...clockwork, startedAt: 1000 })).toBe(3500);
  });
});

describe("the zone of a log", () => {
  const pair = (minutes: number) => ({ logged: minutes * 60_000, known: 0 });
  it.each([
    [[60, 60.1, 59.9, 12], 60],
    [[12, 60, 60, 300], 60],
    [[-300.02], -300],
    [[0.01, -0.01], 0],
    [[345], 345],
  ])("by offsets of %j min is %s", (minutes, zone) => {
    expect(inferZone(minutes.map(pair))).toBe(zone);
  });

  it.each([[[]], [[7.5]], [[1, 100, 250, 400]], [[5000]]])("is not told by %j", (minutes) => {
    expect(inferZone(minutes.map(pair))).toBeUndefined();
  });
});
