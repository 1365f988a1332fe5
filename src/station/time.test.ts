import { describe, expect, it } from "vitest";
import { readStationTime } from "./time.ts";

describe("readStationTime", () => {
  const noon = Date.UTC(2026, 0, 2, 12, 0, 0);
  it.each([
    ["2026-01-02T12:00:00Z", noon],
    ["2026-01-02T12:00:00.250Z", noon + 250],
    ["2026-01-02T12:00:00.250000Z", noon + 250],
    ["2026-01-02T14:00:00+02:00", noon],
    ["2026-01-02T14:00:00+0200", noon],
    ["2026-01-02T14:00:00+02", noon],
    ["2026-01-02T07:30:00-04:30", noon],
    ["2026-01-02 12:00:00", noon],
    ["2026-01-02T12:00Z", noon],
    ["2026-01-02t12:00:00,5z", noon + 500],
    ["1970-01-01T00:00:00Z", 0],
  ])("reads %s", (text, expected) => {
    expect(readStationTime(text)).toBe(expected);
  });

  it("takes a time without a zone as UTC, whatever zone the laptop is in", () => {
    expect(readStationTime("2026-01-02T12:00:00")).toBe(noon);
  });

  it.each([undefined, "", "0", "0000-00-00T00:00:00Z", "2026-13-01T00:00:00.000Z", "noon", "5", "2026-01-02"])(
    "has no time for %s",
    (text) => {
      expect(readStationTime(text)).toBeUndefined();
    },
  );
});
