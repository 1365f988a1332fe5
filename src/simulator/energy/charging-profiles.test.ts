import { describe, expect, it } from "vitest";
import { composite, limitAt, type Profile, withProfile } from "./charging-profiles.ts";

const day = 86_400_000;
const start = Date.UTC(2026, 5, 1);
const ceiling = { current: 32, phases: 3 };
const transaction = { id: "T1", startedAt: start };

function profile(over: Partial<Profile>, limit: number, unit: "A" | "W" = "A"): Profile {
  return {
    id: 1,
    evse: 1,
    stackLevel: 0,
    purpose: "default",
    kind: "Absolute",
    schedule: { start, unit, periods: [{ start: 0, limit, phases: 3 }] },
    source: {},
    ...over,
  };
}

describe("charging profiles", () => {
  it("leave the hardware's limit where there are none", () => {
    expect(limitAt([], { time: start, evse: 1 }, ceiling)).toEqual(ceiling);
  });

  it("count by the highest stack level of a purpose", () => {
    const both = [profile({ id: 1 }, 10), profile({ id: 2, stackLevel: 3 }, 20)];
    expect(limitAt(both, { time: start, evse: 1 }, ceiling).current).toBe(20);
  });

  it("put a TxProfile before a TxDefaultProfile, and the station's maximum above both", () => {
    const all = [
      profile({ id: 1 }, 10),
      profile({ id: 2, purpose: "transaction", transaction: "T1" }, 25),
      profile({ id: 3, purpose: "station", evse: 0 }, 20),
    ];
    expect(limitAt(all, { time: start, evse: 1, transaction }, ceiling).current).toBe(20);
    expect(limitAt(all.slice(0, 2), { time: start, evse: 1, transaction }, ceiling).current).toBe(25);
    expect(limitAt(all.slice(0, 2), { time: start, evse: 1 }, ceiling).current).toBe(10);
  });

  it("pass over a TxProfile of another transaction", () => {
    const other = [profile({ purpose: "transaction", transaction: "T2" }, 8)];
    expect(limitAt(other, { time: start, evse: 1, transaction }, ceiling).current).toBe(32);
  });

  it("turn watts into amperes by the number of phases", () => {
    expect(limitAt([profile({}, 6900, "W")], { time: start, evse: 1 }, ceiling)).toEqual({ current: 10, phases: 3 });
    const single: Profile = {
      ...profile({}, 0, "W"),
      schedule: { start, unit: "W", periods: [{ start: 0, limit: 2300, phases: 1 }] },
    };
    expect(limitAt([single], { time: start, evse: 1 }, ceiling)).toEqual({ current: 10, phases: 1 });
  });

  it("end with their duration and outside of their validity", () => {
    const short = profile({ schedule: { ...profile({}, 8).schedule, duration: 60 } }, 8);
    expect(limitAt([short], { time: start + 59_999, evse: 1 }, ceiling).current).toBe(8);
    expect(limitAt([short], { time: start + 60_000, evse: 1 }, ceiling).current).toBe(32);
    expect(limitAt([profile({ validTo: start }, 8)], { time: start, evse: 1 }, ceiling).current).toBe(32);
  });

  it("come back every day when they recur", () => {
    const nightly = profile({ kind: "Recurring", recurrency: "Daily" }, 8);
    const hourly: Profile = { ...nightly, schedule: { ...nightly.schedule, duration: 3600 } };
    const at = (time: number) => limitAt([hourly], { time, evse: 1 }, ceiling).current;
    expect([at(start + 5 * day), at(start + 5 * day + 3_600_000), at(start - 1)]).toEqual([8, 32, 32]);
  });

  it("are one composite schedule with a period for each change", () => {
    const periods = [
      { start: 0, limit: 10, phases: 3 },
      { start: 600, limit: 16, phases: 3 },
    ];
    const own = profile({ schedule: { start, unit: "A", duration: 1200, periods } }, 0);
    expect(composite([own], { time: start + 300_000, evse: 1 }, 1800, "A", ceiling)).toEqual([
      { start: 0, limit: 10, phases: 3 },
      { start: 300, limit: 16, phases: 3 },
      { start: 900, limit: 32, phases: 3 },
    ]);
    expect(composite([own], { time: start, evse: 1 }, 300, "W", ceiling)).toEqual([
      { start: 0, limit: 6900, phases: 3 },
    ]);
  });

  it("make room for one of the same id, or of the same purpose, level and place", () => {
    const before = [profile({ id: 1 }, 8), profile({ id: 2, stackLevel: 1 }, 8)];
    expect(withProfile(before, profile({ id: 9 }, 8)).map(({ id }) => id)).toEqual([2, 9]);
    expect(withProfile(before, profile({ id: 2, stackLevel: 5 }, 8)).map(({ id }) => id)).toEqual([1, 2]);
  });
});
