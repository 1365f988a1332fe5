import { describe, expect, it } from "vitest";
import { v21, v201 } from "./dialect.ts";
import { exchange } from "./test-exchange.ts";

const statusInfo = {
  reasonCode: "UnsupportedRequest",
  additionalInfo: "This central system sends no charging profile for the needs of a vehicle.",
};

describe("NotifyEVChargingNeeds", () => {
  const request = {
    evseId: 1,
    chargingNeeds: {
      requestedEnergyTransfer: "AC_three_phase",
      departureTime: "2026-01-31T18:00:00Z",
      acChargingParameters: { energyAmount: 30000, evMinCurrent: 6, evMaxCurrent: 16, evMaxVoltage: 400 },
    },
  };
  const noticed = {
    kind: "noticed",
    action: "NotifyEVChargingNeeds",
    summary:
      "evseId 1, requestedEnergyTransfer AC_three_phase, departureTime 2026-01-31T18:00:00Z, " +
      "energyAmount 30000, evMinCurrent 6, evMaxCurrent 16, evMaxVoltage 400",
  };

  it("is refused in 2.0.1, which has no word for a vehicle that needs no profile", () => {
    expect(exchange(v201, "NotifyEVChargingNeeds", request)).toEqual({
      reply: { status: "Rejected", statusInfo },
      events: [noticed],
    });
  });

  it("is answered NoChargingProfile in 2.1", () => {
    expect(exchange(v21, "NotifyEVChargingNeeds", request)).toEqual({
      reply: { status: "NoChargingProfile", statusInfo },
      events: [noticed],
    });
  });
});

it("keeps the charge of a vehicle's battery as a measured value", () => {
  const needs = (stateOfCharge: number, timestamp = "2026-01-31T11:00:00Z") => ({
    evseId: 2,
    timestamp,
    chargingNeeds: { requestedEnergyTransfer: "DC", dcChargingParameters: { evMaxCurrent: 200, stateOfCharge } },
  });
  const sampled = (request: ReturnType<typeof needs>, dialect = v21) =>
    exchange(dialect, "NotifyEVChargingNeeds", request).events.filter(({ kind }) => kind === "sampled");
  const samples = [{ measurand: "SoC", location: "EV", unit: "Percent", value: 41, said: "41" }];
  expect(sampled(needs(41))).toEqual([
    { kind: "sampled", evse: 2, groups: [{ stationTime: "2026-01-31T11:00:00Z", samples }] },
  ]);
  expect(sampled(needs(41), v201), "2.0.1 has no time in it").toEqual([
    { kind: "sampled", evse: 2, groups: [{ samples }] },
  ]);
  expect(sampled(needs(41, "noon")), "a time that nobody can read").toEqual([
    { kind: "sampled", evse: 2, groups: [{ samples }] },
  ]);
  expect([needs(0), needs(100)].flatMap((request) => sampled(request))).toHaveLength(2);
  expect([needs(-1), needs(101), { ...needs(41), evseId: 0 }].flatMap((request) => sampled(request))).toEqual([]);
});

it("notes a limit from outside, with its schedule", () => {
  const request = {
    evseId: 1,
    chargingLimit: { chargingLimitSource: "EMS", isGridCritical: false },
    chargingSchedule: [
      {
        id: 1,
        chargingRateUnit: "A",
        chargingSchedulePeriod: [
          { startPeriod: 0, limit: 10 },
          { startPeriod: 60, limit: 16 },
        ],
      },
    ],
  };
  expect(exchange(v201, "NotifyChargingLimit", request)).toEqual({
    reply: {},
    events: [
      {
        kind: "noticed",
        action: "NotifyChargingLimit",
        summary:
          "evseId 1, chargingLimitSource EMS, isGridCritical false, chargingRateUnit A, startPeriod 0 60, limit 10 16",
      },
    ],
  });
});

it("notes an alarm of the grid code with the station's time", () => {
  const request = { controlType: "HVMustTrip", gridEventFault: "OverVoltage", timestamp: "2026-01-31T11:00:00" };
  expect(exchange(v21, "NotifyDERAlarm", request).events).toEqual([
    {
      kind: "found",
      finding: {
        rule: "time-without-zone",
        where: "NotifyDERAlarm /timestamp",
        said: "2026-01-31T11:00:00",
        expected: "2026-01-31T11:00:00Z",
      },
    },
    {
      kind: "noticed",
      action: "NotifyDERAlarm",
      summary: "controlType HVMustTrip, gridEventFault OverVoltage",
      stationTime: "2026-01-31T11:00:00",
    },
  ]);
});

it("keeps a summary short, and says how many values there were", () => {
  const chargingProfile = Array.from({ length: 30 }, (_, id) => ({ id }));
  expect(exchange(v201, "ReportChargingProfiles", { requestId: 1, chargingProfile }).events).toEqual([
    { kind: "noticed", action: "ReportChargingProfiles", summary: "requestId 1, id 0 1 2 3 4 5 6 7 … 30" },
  ]);
});
