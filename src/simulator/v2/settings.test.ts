import { afterEach, expect, it } from "vitest";
import { type Central, createCentral } from "../testing/central.ts";
import { played, type Step } from "../testing/transcript.ts";

let central: Central;
afterEach(async () => {
  expect(central.deviations).toEqual([]);
  await central.close();
});

const card = "04112233445566";
const token = (idToken: string) => ({ idToken, type: "ISO14443" });
const schedule = (more: object = {}) => ({
  ...{ id: 1, chargingRateUnit: "A" },
  chargingSchedulePeriod: [
    { startPeriod: 0, limit: 10 },
    { startPeriod: 60, limit: 6, numberPhases: 1 },
  ],
  ...more,
});
const set = (evseId: number, id: number, more: object = {}): Step => [
  "SetChargingProfile",
  {
    evseId,
    chargingProfile: {
      ...{ id, stackLevel: 1, chargingProfilePurpose: "TxDefaultProfile", chargingProfileKind: "Relative" },
      chargingSchedule: [schedule()],
      ...more,
    },
  },
];
const place = (component: string, variable: string) => ({
  component: { name: component },
  variable: { name: variable },
});
const change = (component: string, variable: string, attributeValue: string, more: object = {}): Step => [
  "SetVariables",
  { setVariableData: [{ ...place(component, variable), attributeValue, ...more }] },
];
const read = (component: string, variable: string, more: object = {}): Step => [
  "GetVariables",
  { getVariableData: [{ ...place(component, variable), ...more }] },
];
const list = (more: object): Step => ["SendLocalList", { versionNumber: 3, updateType: "Full", ...more }];
const entries = (count: number, from = 0) =>
  Array.from({ length: count }, (_, at) => ({ idToken: token(`T${from + at}`), idTokenInfo: { status: "Accepted" } }));

const profiles: Step[] = [
  ["GetChargingProfiles", { requestId: 1, chargingProfile: {} }],
  set(0, 2, {
    chargingProfilePurpose: "ChargingStationMaxProfile",
    chargingProfileKind: "Absolute",
    chargingSchedule: [schedule({ startSchedule: "2026-06-01T08:00:00Z", duration: 90 })],
  }),
  set(1, 3, { chargingProfilePurpose: "ChargingStationMaxProfile" }),
  set(1, 3, { stackLevel: 8 }),
  set(1, 4, { stackLevel: 9 }),
  set(2, 5, { chargingProfileKind: "Recurring", recurrencyKind: "Weekly" }),
  ["GetChargingProfiles", { requestId: 2, chargingProfile: {} }],
  [
    "GetChargingProfiles",
    { requestId: 3, evseId: 1, chargingProfile: { chargingProfilePurpose: "TxDefaultProfile", stackLevel: 8 } },
  ],
  ["GetChargingProfiles", { requestId: 4, chargingProfile: { chargingProfileId: [2, 5] } }],
  ["GetChargingProfiles", { requestId: 5, chargingProfile: { chargingLimitSource: ["EMS"] } }],
  ["GetChargingProfiles", { requestId: 6, chargingProfile: { stackLevel: 1, chargingLimitSource: ["CSO", "EMS"] } }],
  ["GetCompositeSchedule", { evseId: 0, duration: 200, chargingRateUnit: "W" }],
  ["GetCompositeSchedule", { evseId: 1, duration: 200 }],
  ["GetCompositeSchedule", { evseId: 9, duration: 200 }],
  ["ClearChargingProfile", { chargingProfileCriteria: { evseId: 1, stackLevel: 1 } }],
  ["ClearChargingProfile", { chargingProfileCriteria: { evseId: 1, stackLevel: 8 } }],
  ["ClearChargingProfile", { chargingProfileId: 2 }],
  ["ClearChargingProfile", { chargingProfileCriteria: { chargingProfilePurpose: "TxDefaultProfile" } }],
  ["GetChargingProfiles", { requestId: 7, chargingProfile: {} }],
];

const settings: Step[] = [
  read("OCPPCommCtrlr", "HeartbeatInterval"),
  read("OCPPCommCtrlr", "HeartbeatInterval", { attributeType: "Target" }),
  read("SecurityCtrlr", "BasicAuthPassword"),
  read("Nothing", "HeartbeatInterval"),
  read("OCPPCommCtrlr", "Nothing"),
  change("OCPPCommCtrlr", "HeartbeatInterval", "20"),
  change("OCPPCommCtrlr", "HeartbeatInterval", "-1"),
  change("OCPPCommCtrlr", "HeartbeatInterval", "20", { attributeType: "MinSet" }),
  change("ChargingStation", "Model", "x"),
  change("OCPPCommCtrlr", "NetworkConfigurationPriority", "1"),
  change("SampledDataCtrlr", "TxUpdatedMeasurands", "Voltage,SoC,Power.Offered"),
  change("SampledDataCtrlr", "TxUpdatedInterval", "10"),
  ["GetVariables", { getVariableData: Array.from({ length: 51 }, () => place("OCPPCommCtrlr", "HeartbeatInterval")) }],
  [
    "SetVariables",
    { setVariableData: Array.from({ length: 51 }, () => ({ ...place("A", "B"), attributeValue: "1" })) },
  ],
  ["seconds", 21],
  ["GetBaseReport", { requestId: 1, reportBase: "SummaryInventory" }],
  ["GetBaseReport", { requestId: 2, reportBase: "ConfigurationInventory" }],
  ["GetReport", { requestId: 3, componentCriteria: ["Problem"] }],
  ["GetReport", { requestId: 4, componentVariable: [{ component: { name: "EVSE" } }] }],
  [
    "GetReport",
    {
      requestId: 5,
      componentVariable: [{ component: { name: "EVSE", evse: { id: 2 } }, variable: { name: "Power" } }],
    },
  ],
  ["GetLocalListVersion", {}],
  list({
    localAuthorizationList: [
      { idToken: token(card), idTokenInfo: { status: "Blocked" } },
      { idToken: token("OLD"), idTokenInfo: { status: "Accepted", cacheExpiryDateTime: "2026-01-01T00:00:00Z" } },
    ],
  }),
  list({ updateType: "Differential" }),
  list({ updateType: "Differential", versionNumber: 4, localAuthorizationList: [{ idToken: token("OLD") }] }),
  ["GetLocalListVersion", {}],
  ["plug", 1],
  ["tap", 1, card],
  list({ versionNumber: 5, localAuthorizationList: entries(51) }),
  list({ versionNumber: 5, localAuthorizationList: entries(50) }),
  list({ versionNumber: 6, updateType: "Differential", localAuthorizationList: entries(50, 50) }),
  list({ versionNumber: 7, updateType: "Differential", localAuthorizationList: entries(1, 100) }),
  list({ versionNumber: 8, localAuthorizationList: entries(50) }),
  ["GetLocalListVersion", {}],
  ["tap", 1, card],
  ["seconds", 11],
  ["ClearCache", {}],
  change("LocalAuthListCtrlr", "Enabled", "false"),
  change("AuthCacheCtrlr", "Enabled", "false"),
  ["GetLocalListVersion", {}],
  list({ versionNumber: 9 }),
  ["ClearCache", {}],
  ["DataTransfer", { vendorId: "Acme", data: "x" }],
];

it("charging profiles: taken, refused, told, cleared, and what they add up to", async () => {
  central = await createCentral("2.0.1");
  await expect(await played(central, profiles)).toMatchFileSnapshot("told/profiles.txt");
});

it("what it is set up with, what it takes, and the lists that it knows cards by", async () => {
  central = await createCentral("2.0.1");
  await expect(await played(central, settings)).toMatchFileSnapshot("told/settings.txt");
});

it.each(["2.0.1", "2.1"] as const)("the whole inventory in %s", async (version) => {
  central = await createCentral(version);
  const steps: Step[] = [["GetBaseReport", { requestId: 1, reportBase: "FullInventory" }]];
  await expect(await played(central, steps, { connectors: 1 })).toMatchFileSnapshot(`told/inventory-${version}.txt`);
});
