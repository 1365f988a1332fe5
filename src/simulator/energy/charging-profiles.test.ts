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

  it("of another EVSE do not count, one for the whole station counts where an outlet has none", () => {
    const all = [profile({ id: 1, evse: 0 }, 10), profile({ id: 2, evse: 2, stackLevel: 9 }, 20)];
    const at = (evse: number) => limitAt(all, { time: start, evse }, ceiling).current;
    expect([at(1), at(2)]).toEqual([10, 20]);
    const own = profile({ purpose: "transaction", evse: 1 }, 8);
    expect([1, 2].map((evse) => limitAt([own], { time: start, evse, transaction }, ceiling).current)).toEqual([8, 32]);
    expect(limitAt([own], { time: start, evse: 1 }, ceiling).current).toBe(32);
  });

  it("that say nothing at this moment leave the word to the level below", () => {
    const later = profile({ id: 1, stackLevel: 5, validFrom: start + 1 }, 6);
    const gap = profile(
      { id: 2, stackLevel: 4, schedule: { start, unit: "A", periods: [{ start: 60, limit: 7, phases: 3 }] } },
      0,
    );
    const low = profile({ id: 3 }, 9);
    const at = (time: number) => limitAt([low, gap, later], { time, evse: 1 }, ceiling).current;
    expect([at(start), at(start + 1), at(start - 1)]).toEqual([9, 6, 32]);
    expect(limitAt([low, gap], { time: start + 60_000, evse: 1 }, ceiling).current).toBe(7);
  });

  it("bound the phases, too, and never lift what the hardware can", () => {
    const one = profile({ schedule: { start, unit: "A", periods: [{ start: 0, limit: 40, phases: 1 }] } }, 0);
    expect(limitAt([one], { time: start, evse: 1 }, ceiling)).toEqual({ current: 32, phases: 1 });
  });

  it("begin with the transaction where they are relative, and by its begin where they name none", () => {
    const relative = profile(
      { kind: "Relative", schedule: { unit: "A", duration: 60, periods: [{ start: 0, limit: 8, phases: 3 }] } },
      0,
    );
    const at = (time: number, own?: typeof transaction) =>
      limitAt([relative], { time, evse: 1, transaction: own }, ceiling).current;
    expect([at(start + 59_999, transaction), at(start + 60_000, transaction), at(start)]).toEqual([8, 32, 32]);
    const unstarted = { ...relative, kind: "Absolute" as const };
    const absolute = (time: number, more: Partial<Profile> = {}) =>
      limitAt([{ ...unstarted, ...more }], { time, evse: 1, transaction }, ceiling).current;
    expect([absolute(start + 1000), absolute(start + 61_000)]).toEqual([8, 32]);
    expect([
      absolute(start + 31_000, { validFrom: start + 30_000 }),
      absolute(start + 91_000, { validFrom: start + 30_000 }),
    ]).toEqual([8, 32]);
  });

  it("come back every week where they are weekly", () => {
    const weekly = profile(
      { kind: "Recurring", recurrency: "Weekly", schedule: { ...profile({}, 8).schedule, duration: 3600 } },
      8,
    );
    const at = (time: number) => limitAt([weekly], { time, evse: 1 }, ceiling).current;
    expect([start, start + day, start + 7 * day, start + 7 * day + 3_600_000].map(at)).toEqual([8, 32, 8, 32]);
  });

  it("change a composite schedule where one begins, ends, comes back or loses its validity, within the span asked for", () => {
    const hour = 3_600_000;
    const nightly = profile(
      {
        kind: "Recurring",
        recurrency: "Daily",
        schedule: {
          start,
          unit: "A",
          duration: 3600,
          periods: [
            { start: 0, limit: 8, phases: 3 },
            { start: 1800, limit: 6, phases: 1 },
          ],
        },
      },
      0,
    );
    const valid = profile({ id: 2, validFrom: start + 2 * hour, validTo: start + 3 * hour }, 12);
    expect(composite([nightly, valid], { time: start, evse: 1 }, 90_000, "A", ceiling)).toEqual([
      { start: 0, limit: 8, phases: 3 },
      { start: 1800, limit: 6, phases: 1 },
      { start: 3600, limit: 32, phases: 3 },
      { start: 7200, limit: 12, phases: 3 },
      { start: 10_800, limit: 32, phases: 3 },
      { start: 86_400, limit: 8, phases: 3 },
      { start: 88_200, limit: 6, phases: 1 },
    ]);
    const later = profile(
      {
        kind: "Recurring",
        recurrency: "Weekly",
        schedule: { start: start + hour, unit: "A", periods: [{ start: 0, limit: 9.96, phases: 1 }] },
      },
      0,
    );
    expect(composite([later], { time: start, evse: 1 }, 3600, "W", ceiling)).toEqual([
      { start: 0, limit: 22_080, phases: 3 },
    ]);
    expect(composite([later], { time: start, evse: 1 }, 3601, "W", ceiling)).toEqual([
      { start: 0, limit: 22_080, phases: 3 },
      { start: 3600, limit: 2290.8, phases: 1 },
    ]);
  });

  it("stay beside each other where purpose, level, place or transaction differs", () => {
    const one = profile({ id: 1, purpose: "transaction", transaction: "T1" }, 8);
    const added = (more: Partial<Profile>) =>
      withProfile([one], profile({ id: 9, purpose: "transaction", transaction: "T1", ...more }, 8)).length;
    expect(
      [{}, { purpose: "default" as const }, { stackLevel: 1 }, { evse: 2 }, { transaction: "T2" }].map(added),
    ).toEqual([1, 2, 2, 2, 2]);
  });
});
