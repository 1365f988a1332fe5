import { afterEach, beforeEach, expect, it } from "vitest";
import { type Central, createCentral } from "../testing/central.ts";
import { profile, schedule } from "../testing/profiles16.ts";
import { played, type Step } from "../testing/transcript.ts";

let central: Central;
beforeEach(async () => {
  central = await createCentral("1.6");
});
afterEach(async () => {
  expect(central.deviations).toEqual([]);
  await central.close();
});

const card = "04112233445566";
const set = (connectorId: number, more: object = {}): Step => [
  "SetChargingProfile",
  { connectorId, csChargingProfiles: profile(more) },
];
const change = (key: string, value: string): Step => ["ChangeConfiguration", { key, value }];

it("charging profiles: taken, refused, cleared, and what they add up to", async () => {
  const steps: Step[] = [
    set(0, {
      chargingProfilePurpose: "ChargePointMaxProfile",
      chargingProfileId: 2,
      chargingProfileKind: "Absolute",
      chargingSchedule: schedule({ startSchedule: "2026-06-01T08:00:00Z", duration: 90 }),
    }),
    set(1, { chargingProfilePurpose: "ChargePointMaxProfile" }),
    set(1, { chargingProfilePurpose: "TxProfile" }),
    set(9),
    set(1, { stackLevel: 9 }),
    set(1, { stackLevel: 8, chargingProfileId: 3, chargingProfileKind: "Recurring", recurrencyKind: "Daily" }),
    set(1, { chargingProfileKind: "Recurring" }),
    set(1, { chargingSchedule: schedule({ chargingSchedulePeriod: [{ startPeriod: 0, limit: -1 }] }) }),
    set(1, { chargingSchedule: schedule({ chargingSchedulePeriod: [{ startPeriod: 0, limit: 1, numberPhases: 4 }] }) }),
    set(1, {
      chargingSchedule: schedule({
        chargingRateUnit: "W",
        chargingSchedulePeriod: [{ startPeriod: 0, limit: 4000, numberPhases: 1 }],
      }),
      chargingProfileId: 4,
      stackLevel: 2,
    }),
    ["GetCompositeSchedule", { connectorId: 0, duration: 200 }],
    ["GetCompositeSchedule", { connectorId: 1, duration: 200, chargingRateUnit: "W" }],
    ["GetCompositeSchedule", { connectorId: 9, duration: 200 }],
    ["plug", 1],
    ["tap", 1, card],
    ["seconds", 5],
    ["GetCompositeSchedule", { connectorId: 1, duration: 200 }],
    set(1, { chargingProfilePurpose: "TxProfile", chargingProfileId: 5, transactionId: 7 }),
    set(1, { chargingProfilePurpose: "TxProfile", chargingProfileId: 5, transactionId: 101 }),
    ["GetCompositeSchedule", { connectorId: 1, duration: 200 }],
    ["ClearChargingProfile", { id: 5 }],
    ["ClearChargingProfile", { id: 5 }],
    ["ClearChargingProfile", { connectorId: 1, stackLevel: 8 }],
    ["ClearChargingProfile", { chargingProfilePurpose: "TxProfile" }],
    ["ClearChargingProfile", { chargingProfilePurpose: "ChargePointMaxProfile" }],
    ["GetCompositeSchedule", { connectorId: 1, duration: 200 }],
    ["ClearChargingProfile", {}],
    ["GetCompositeSchedule", { connectorId: 1, duration: 200 }],
  ];
  await expect(await played(central, steps)).toMatchFileSnapshot("told/profiles.txt");
});

it("what it is set up with, what it takes, and the lists that it knows cards by", async () => {
  const tell = (more: object): Step => ["SendLocalList", { listVersion: 3, updateType: "Full", ...more }];
  const entries = (count: number, from = 0) =>
    Array.from({ length: count }, (_, at) => ({ idTag: `T${from + at}`, idTagInfo: { status: "Accepted" } }));
  const steps: Step[] = [
    ["GetConfiguration", {}],
    ["GetConfiguration", { key: ["heartbeatinterval", "AuthorizationKey", "Nothing"] }],
    change("HeartbeatInterval", "20"),
    change("HeartbeatInterval", "-1"),
    change("HeartbeatInterval", "soon"),
    change("NumberOfConnectors", "3"),
    change("Nothing", "1"),
    change(
      "MeterValuesSampledData",
      "Voltage,Current.Import,SoC,Frequency,Temperature,Power.Factor,Current.Offered,Power.Offered",
    ),
    change("MeterValuesSampledData", "Voltage,Nonsense"),
    change("MeterValueSampleInterval", "10"),
    change("WebSocketPingInterval", "5"),
    ["seconds", 21],
    ["GetLocalListVersion", {}],
    tell({
      localAuthorizationList: [
        { idTag: card, idTagInfo: { status: "Blocked" } },
        { idTag: "OLD", idTagInfo: { status: "Accepted", expiryDate: "2026-01-01T00:00:00Z" } },
      ],
    }),
    tell({ updateType: "Differential", listVersion: 3, localAuthorizationList: [] }),
    tell({ updateType: "Differential", listVersion: 4, localAuthorizationList: [{ idTag: "OLD" }] }),
    ["GetLocalListVersion", {}],
    ["plug", 1],
    ["tap", 1, card],
    tell({ listVersion: 5, localAuthorizationList: entries(51) }),
    tell({ listVersion: 5, localAuthorizationList: entries(50) }),
    tell({ updateType: "Differential", listVersion: 6, localAuthorizationList: entries(50, 50) }),
    tell({ updateType: "Differential", listVersion: 7, localAuthorizationList: entries(1, 100) }),
    tell({ listVersion: 8, localAuthorizationList: entries(50) }),
    ["GetLocalListVersion", {}],
    ["tap", 1, card],
    ["seconds", 11],
    ["ClearCache", {}],
    change("LocalAuthListEnabled", "false"),
    change("AuthorizationCacheEnabled", "false"),
    ["GetLocalListVersion", {}],
    tell({ listVersion: 9 }),
    ["ClearCache", {}],
    ["DataTransfer", { vendorId: "Acme", data: "x" }],
  ];
  await expect(await played(central, steps)).toMatchFileSnapshot("told/configuration.txt");
});
