import { expect, test } from "vitest";
import type { JsonObject } from "../../lib/json.ts";
import type { Machine } from "../model.ts";
import { profile, schedule } from "../testing/profiles16.ts";
import { clearProfiles, inner, installProfile, readProfile, scopeOf } from "./profile-reader.ts";

const json = (more: object = {}) => profile(more) as JsonObject;
const periods = (...list: object[]) => ({ chargingSchedule: schedule({ chargingSchedulePeriod: list }) });
const at = (startPeriod: number, more: object = {}) => ({ startPeriod, limit: 10, ...more });

test("a profile is read in one shape, whichever version it comes in", () => {
  const whole = json({
    ...{ chargingProfileKind: "Recurring", recurrencyKind: "Weekly", transactionId: "7", stackLevel: 3 },
    ...{ validFrom: "2026-06-01T00:00:00Z", validTo: "2026-07-01T00:00:00Z", chargingProfilePurpose: "TxProfile" },
    chargingSchedule: schedule({ startSchedule: "2026-06-01T08:00:00Z", duration: 60, chargingRateUnit: "W" }),
  });
  expect(readProfile(whole, 2)).toEqual({
    ...{ id: 1, evse: 2, stackLevel: 3, purpose: "transaction", kind: "Recurring", recurrency: "Weekly" },
    ...{ validFrom: Date.UTC(2026, 5, 1), validTo: Date.UTC(2026, 6, 1), transaction: "7", source: whole },
    schedule: {
      ...{ start: Date.UTC(2026, 5, 1, 8), duration: 60, unit: "W" },
      periods: [
        { start: 0, limit: 10, phases: 3 },
        { start: 60, limit: 6, phases: 1 },
      ],
    },
  });
  const bare: JsonObject = {
    ...{ id: 5, chargingProfilePurpose: "ChargingStationMaxProfile", chargingProfileKind: "Absolute" },
    chargingSchedule: [{ chargingRateUnit: "A", chargingSchedulePeriod: [{ limit: 0 }] }, { chargingRateUnit: "odd" }],
  };
  expect(readProfile(bare, 0)).toEqual({
    ...{ id: 5, evse: 0, stackLevel: 0, purpose: "station", kind: "Absolute", source: bare },
    schedule: { unit: "A", periods: [{ start: 0, limit: 0, phases: 3 }] },
  });
});

test.each([
  ["ChargePointMaxProfile", "station"],
  ["ChargingStationMaxProfile", "station"],
  ["TxDefaultProfile", "default"],
  ["TxProfile", "transaction"],
])("the purpose %s is %s", (chargingProfilePurpose, purpose) => {
  expect(readProfile(json({ chargingProfilePurpose }), 1)).toMatchObject({ purpose });
});

test.each([
  [{ chargingProfilePurpose: "ChargingStationExternalConstraints" }, "purpose not supported"],
  [{ chargingSchedule: [] }, "no schedule"],
  [{ chargingProfileKind: "Dynamic" }, "kind not supported"],
  [{ chargingProfileKind: "Recurring" }, "recurring without a rhythm"],
  [{ chargingProfileKind: "Recurring", recurrencyKind: "Monthly" }, "recurring without a rhythm"],
  [{ chargingSchedule: schedule({ chargingRateUnit: "VA" }) }, "unit not supported"],
  [periods({ startPeriod: 0 }), "a period without a limit"],
  [periods(at(0, { limit: -0.1 })), "a limit below nothing"],
  [periods(), "the first period does not start at 0"],
  [periods(at(1)), "the first period does not start at 0"],
  [periods(...Array.from({ length: 25 }, (_, start) => at(start))), "too many periods"],
  [periods(at(0, { numberPhases: 0 })), "phases out of range"],
  [periods(at(0), at(1, { numberPhases: 4 })), "phases out of range"],
])("a profile with %j is not taken: %s", (more, why) => {
  expect(readProfile(json(more), 1)).toBe(why);
});

test("a profile may have as many periods as are told, of one phase or three", () => {
  const most = Array.from({ length: 24 }, (_, start) => at(start, { numberPhases: start % 2 === 0 ? 1 : 3 }));
  expect(typeof readProfile(json(periods(...most)), 1)).toBe("object");
});

/** A station of two outlets; the first charges in the transaction 7. */
function machine(): Machine {
  const running = { key: "key", number: 7 };
  return {
    outlets: [
      { evse: 1, transaction: running },
      { evse: 2, transaction: null },
    ],
    profiles: [],
    speaker: { knobs: () => ({ maxCurrent: 32 }) },
  } as unknown as Machine;
}
const read = (evse: number, more: object = {}) => {
  const found = readProfile(json(more), evse);
  if (typeof found === "string") throw new Error(found);
  return found;
};
const tx = { chargingProfilePurpose: "TxProfile" };

test.each([
  [1, {}, null],
  [0, {}, null],
  [3, {}, "no such EVSE"],
  [1, { stackLevel: 8 }, null],
  [1, { stackLevel: 9 }, "stack level too high"],
  [0, { chargingProfilePurpose: "ChargePointMaxProfile" }, null],
  [1, { chargingProfilePurpose: "ChargePointMaxProfile" }, "a station's maximum is set on EVSE 0"],
  [1, tx, null],
  [1, { ...tx, transactionId: "7" }, null],
  [1, { ...tx, transactionId: "8" }, "another transaction runs there"],
  [2, tx, "no transaction there"],
  [0, tx, "no transaction there"],
])("on EVSE %i a profile with %j: %j", (evse, more, why) => {
  const station = machine();
  expect([installProfile(station, read(evse, more)), station.profiles.length]).toEqual([why, why === null ? 1 : 0]);
});

test("there is room for twenty profiles, and for one more in the place of another", () => {
  const station = machine();
  const install = (id: number, level: number) =>
    installProfile(station, read(1 + (id % 2), { chargingProfileId: id, stackLevel: level }));
  for (let id = 0; id < 18; id++) expect(install(id, id % 9)).toBe(null);
  expect([installProfile(station, read(0, { chargingProfileId: 50 })), installProfile(station, read(1, tx))]).toEqual([
    null,
    null,
  ]);
  expect(station.profiles.length).toBe(19);
  expect(installProfile(station, read(0, { chargingProfileId: 51, stackLevel: 2 }))).toBe(null);
  expect(installProfile(station, read(0, { chargingProfileId: 52, stackLevel: 3 }))).toBe("too many profiles");
  expect(installProfile(station, read(0, { chargingProfileId: 50, stackLevel: 4 }))).toBe(null);
  expect(station.profiles.length).toBe(20);
});

test.each([
  [{}, []],
  [{ id: 2 }, [1, 3, 4]],
  [{ id: 2, evse: 9 }, [1, 3, 4]],
  [{ id: 9 }, [1, 2, 3, 4]],
  [{ id: 0 }, [1, 2, 3, 4]],
  [{ evse: 1 }, [3, 4]],
  [{ evse: 0 }, [1, 2, 3]],
  [{ stackLevel: 2 }, [1, 3, 4]],
  [{ purpose: "TxDefaultProfile" }, [4]],
  [{ purpose: "ChargePointMaxProfile", stackLevel: 1 }, [1, 2, 3]],
  [{ purpose: "Odd" }, [1, 2, 3, 4]],
  [{ evse: 1, stackLevel: 1, purpose: "TxDefaultProfile" }, [2, 3, 4]],
])("clearing %j leaves %j", (wanted, left) => {
  const station = machine();
  station.profiles = [
    read(1, { chargingProfileId: 1 }),
    read(1, { chargingProfileId: 2, stackLevel: 2 }),
    read(2, { chargingProfileId: 3 }),
    read(0, { chargingProfileId: 4, chargingProfilePurpose: "ChargePointMaxProfile" }),
  ];
  expect([clearProfiles(station, wanted), station.profiles.map(({ id }) => id)]).toEqual([4 - left.length, left]);
});

test("an outlet is bounded by its hardware, the station by all of it and by its own profiles alone", () => {
  const station = machine();
  const [own, all] = [read(1), read(0, { chargingProfilePurpose: "ChargePointMaxProfile" })];
  station.profiles = [own, all];
  expect([scopeOf(station, 1), scopeOf(station, 0)]).toEqual([
    { profiles: [own, all], ceiling: { current: 32, phases: 3 } },
    { profiles: [all], ceiling: { current: 64, phases: 3 } },
  ]);
  expect([inner({ a: { b: 1 } }, "a"), inner({}, "a")]).toEqual([{ b: 1 }, {}]);
});
