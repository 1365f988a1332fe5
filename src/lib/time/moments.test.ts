import { describe, expect, it } from "vitest";
import { readDay, readMoment, readSince } from "./moments.ts";

const now = new Date(2026, 10, 26, 14, 30, 0).getTime();
const local = (day: number, hour = 0, minute = 0, second = 0, ms = 0) =>
  new Date(2026, 10, day, hour, minute, second, ms).getTime();

describe("a moment as one types it", () => {
  it.each([
    ["14:10", local(26, 14, 10)],
    ["14.10", local(26, 14, 10)],
    ["14:10:05", local(26, 14, 10, 5)],
    ["9:05", local(26, 9, 5)],
    ["2026-11-20T14:10", local(20, 14, 10)],
    ["2026-11-20 14:10:30", local(20, 14, 10, 30)],
    ["2026-11-20", local(20)],
  ])("%s is local", (text, at) => {
    expect(readMoment(text, now)).toBe(at);
  });

  it("of the day that is still to come is of the day before", () => {
    expect(readMoment("15:00", now)).toBe(local(25, 15));
  });

  it.each([
    ["14:30", local(26, 14, 30)],
    ["14:30:01", local(25, 14, 30, 1)],
    ["23.59.59", local(25, 23, 59, 59)],
    ["0:00", local(26)],
    ["2026-11-20 23:59:59", local(20, 23, 59, 59)],
    ["2026-11-27 9.05", local(27, 9, 5)],
    ["Today", local(26)],
    ["idag", local(26)],
    ["YESTERDAY", local(25)],
  ])("%s is local too", (text, at) => {
    expect(readMoment(text, now)).toBe(at);
  });

  it.each(["14:10:60", "24:00", "2026-11-20 14:60", "2026-11-20 14:10:60", "2026-02-30 14:10", "2026-11-00", "x14:10"])(
    "%s is no time",
    (text) => {
      expect(readMoment(text, now)).toBeUndefined();
    },
  );

  it.each(["25:00", "14:60", "2026-02-31", "2026-11-20T24:00", "soon", ""])("%s is none", (text) => {
    expect(readMoment(text, now)).toBeUndefined();
  });
});

describe("a day", () => {
  it("is from its beginning to its end", () => {
    expect(readDay("2026-11-20", now)).toEqual({ from: local(20), to: local(20, 23, 59, 59, 999) });
    expect(readDay("today", now)?.from).toBe(local(26));
    expect(readDay("IDAG", now)).toEqual({ from: local(26), to: local(26, 23, 59, 59, 999) });
    expect(readDay("yesterday", now)).toEqual({ from: local(25), to: local(25, 23, 59, 59, 999) });
    expect(readDay("2024-02-29", now)?.from).toBe(new Date(2024, 1, 29).getTime());
    for (const none of ["2026-02-29", "2026-00-10", "2026-11-31", "26-11-20", "tomorrow", ""])
      expect(readDay(none, now)).toBeUndefined();
    expect(readDay("igår", now)).toEqual({ from: local(25), to: local(25, 23, 59, 59, 999) });
    expect(readDay("2026-13-01", now)).toBeUndefined();
  });
});

it("a stretch until now begins its length ago, or at a moment", () => {
  expect(["30s", "15min", "15m", "1,5h", "2d"].map((text) => now - (readSince(text, now) ?? 0))).toEqual([
    30_000, 900_000, 900_000, 5_400_000, 172_800_000,
  ]);
  expect(["1D", "2.5H", "0s", "1M"].map((text) => now - (readSince(text, now) ?? 0))).toEqual([
    86_400_000, 9_000_000, 0, 60_000,
  ]);
  expect(readSince("yesterday", now)).toBe(local(25));
  expect(readSince("14:10", now)).toBe(local(26, 14, 10));
  expect(readSince("2 days", now)).toBeUndefined();
});
