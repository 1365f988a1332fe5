import { describe, expect, it } from "vitest";
import { words } from "../../station/phrases.ts";
import { readTime } from "./times.ts";

const now = Date.UTC(2026, 6, 1, 12);
const where = "StatusNotification /timestamp";
const noon = Date.UTC(2026, 6, 1, 10, 0, 0);

describe("readTime", () => {
  it.each([
    ["2026-07-01T10:00:00Z", noon],
    ["2026-07-01T10:00:00.25Z", noon + 250],
    ["2026-07-01T10:00:00.123456789Z", noon + 123],
    ["2026-07-01T12:00:00+02:00", noon],
    ["2026-07-01T04:30:00-05:30", noon],
    ["2026-07-01T12:15:00Z", now + 900_000],
    ["2024-02-29T24:00:00Z", Date.UTC(2024, 2, 1)],
  ])("reads %s", (text, ms) => {
    expect(readTime(text, where, now)).toEqual({ text, ms, findings: [] });
  });

  it.each([
    ["2026-07-01T12:00:00+0200", noon],
    ["2026-07-01T12:00:00+02", noon],
    ["2026-07-01 10:00:00Z", noon],
    ["2026-07-01T10:00Z", noon],
    ["2026-07-01T10:00:00,250Z", noon + 250],
    [" 2026-07-01T10:00:00Z", noon],
  ])("reads %j all the same, and says that it is not written so", (text, ms) => {
    expect(readTime(text, where, now)).toEqual({
      text: text.trim(),
      ms,
      findings: [
        { rule: "bad-format", where, said: text, expected: words("for-example", { text: "2026-01-31T12:00:00Z" }) },
      ],
    });
  });

  it.each(["2026-07-01T10:00:00", "2026-07-01T10:00:00.0"])("takes %s, without a zone, as UTC", (text) => {
    expect(readTime(text, where, now)).toEqual({
      text,
      ms: noon,
      findings: [{ rule: "time-without-zone", where, said: text, expected: `${text}Z` }],
    });
  });

  it.each([
    ["", ""],
    ["0", "0"],
    [0, "0"],
    ["0000-00-00T00:00:00Z", "0000-00-00T00:00:00Z"],
    ["2026-13-01T00:00:00Z", "2026-13-01T00:00:00Z"],
    ["2026-07-01T25:00:00Z", "2026-07-01T25:00:00Z"],
    ["2026-07-01", "2026-07-01"],
    [1_782_900_000, "1782900000"],
    [{ time: 1 }, '{"time":1}'],
  ])("names %j as unreadable", (value, said) => {
    expect(readTime(value, where, now)).toEqual({
      findings: [
        { rule: "time-unreadable", where, said, expected: words("for-example", { text: "2026-01-31T12:00:00Z" }) },
      ],
    });
  });

  it.each([
    ["1970-01-01T00:00:00.740Z", 740],
    ["2009-12-31T23:59:59Z", Date.UTC(2010, 0, 1) - 1000],
    ["2026-07-01T12:15:01Z", now + 901_000],
    ["2026-07-01T14:00:00Z", now + 7_200_000],
  ])("names %s as implausible, and keeps it", (text, ms) => {
    expect(readTime(text, where, now)).toEqual({
      text,
      ms,
      findings: [
        {
          rule: "time-implausible",
          where,
          said: text,
          expected: words("about-time", { time: "2026-07-01T12:00:00.000Z" }),
        },
      ],
    });
  });

  it.each([undefined, null])("has nothing to say about %s", (value) => {
    expect(readTime(value, where, now)).toEqual({ findings: [] });
  });
});

it("a time is plausible from 2010 on, and to a quarter of an hour ahead of us; without a zone to a day", () => {
  const now = Date.UTC(2026, 0, 31, 12);
  const rules = (ms: number, zone = "Z") =>
    readTime(`${new Date(ms).toISOString().slice(0, -1)}${zone}`, "X /timestamp", now).findings.map(({ rule }) => rule);
  const first = Date.UTC(2010, 0, 1);
  expect([rules(first), rules(first - 1)]).toEqual([[], ["time-implausible"]]);
  const ahead = now + 15 * 60_000;
  expect([rules(ahead), rules(ahead + 1)]).toEqual([[], ["time-implausible"]]);
  const day = now + 86_400_000;
  expect([rules(day, ""), rules(day + 1, "")]).toEqual([
    ["time-without-zone"],
    ["time-without-zone", "time-implausible"],
  ]);
});
