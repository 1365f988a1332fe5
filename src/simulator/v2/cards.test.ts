import { afterEach, expect, it } from "vitest";
import type { JsonObject } from "../../lib/json.ts";
import { object, text } from "../../ocpp/read.ts";
import { type Central, createCentral } from "../testing/central.ts";
import { played, type Step } from "../testing/transcript.ts";

let central: Central;
afterEach(async () => {
  expect(central.deviations).toEqual([]);
  await central.close();
});

const token = (idToken: string) => ({ idToken, type: "ISO14443" });
const put = (component: string, variable: string, attributeValue: string | number): Step => [
  "SetVariables",
  {
    setVariableData: [
      { component: { name: component }, variable: { name: variable }, attributeValue: String(attributeValue) },
    ],
  },
];
const register = "Energy.Active.Import.Register";
const quiet = [
  put("SampledDataCtrlr", "TxUpdatedMeasurands", register),
  put("SampledDataCtrlr", "TxStartedMeasurands", ""),
  put("SampledDataCtrlr", "TxEndedMeasurands", ""),
  put("SampledDataCtrlr", "TxUpdatedInterval", 0),
];
const reserve = (id: number, evseId: number | undefined, idToken: string, more: object = {}): Step => [
  "ReserveNow",
  { id, ...(evseId && { evseId }), idToken: token(idToken), expiryDateTime: "2026-06-01T09:00:00Z", ...more },
];
/** What the central system knows of cards. */
const cards: Record<string, JsonObject> = {
  PARENT1: { status: "Accepted", groupIdToken: token("G") },
  PARENT2: { status: "Accepted", groupIdToken: token("G") },
  OTHER: { status: "Accepted", groupIdToken: token("H") },
  BAD: { status: "Blocked" },
};
const noInfo: JsonObject = {};
const known = (request: JsonObject) =>
  cards[text(object(request, "idToken") ?? {}, "idToken") ?? ""] ?? { status: "Accepted" };

it.each(["2.0.1", "2.1"] as const)("whose card starts and stops what in %s", async (version) => {
  central = await createCentral(version);
  central.replies.Authorize = (request) => ({ idTokenInfo: known(request) });
  central.replies.TransactionEvent = (request) =>
    request.eventType === "Started" ? { idTokenInfo: known(request) } : noInfo;
  const steps: Step[] = [
    ...quiet,
    ["tap", 1, "X".repeat(version === "2.1" ? 256 : 37)],
    ["tap", 1, "BAD"],
    ["plug", 1],
    ["tap", 1, "PARENT1"],
    ["seconds", 2],
    ["tap", 1, "OTHER"],
    ["tap", 1, "PARENT2"],
    ["unplug", 1],
    reserve(1, 1, "PARENT1", { groupIdToken: token("G") }),
    reserve(2, 1, "OTHER"),
    reserve(3, undefined, "OTHER"),
    reserve(4, undefined, "OTHER"),
    ["tap", 1, "OTHER"],
    ["tap", 1, "PARENT2"],
    ["plug", 1],
    ["seconds", 2],
    ["ChangeAvailability", { operationalStatus: "Inoperative" }],
    ["tap", 1, "parent2"],
    ["ChangeAvailability", { operationalStatus: "Operative" }],
    ["ChangeAvailability", { operationalStatus: "Inoperative", evse: { id: 2 } }],
    ["tap", 2, "OTHER"],
    ["ChangeAvailability", { operationalStatus: "Operative", evse: { id: 2 } }],
    put("AuthCtrlr", "AuthorizeRemoteStart", "true"),
    ["RequestStartTransaction", { remoteStartId: 9, evseId: 1, idToken: token("BAD") }],
    put("AuthCtrlr", "AuthorizeRemoteStart", "false"),
    ["RequestStartTransaction", { remoteStartId: 9, evseId: 1, idToken: token("BAD") }],
    ["seconds", 1],
    put("TxCtrlr", "StopTxOnInvalidId", "false"),
    ["RequestStartTransaction", { remoteStartId: 10, evseId: 1, idToken: token("BAD") }],
    ["seconds", 2],
    ["fault", 1, "GroundFailure"],
    ["clear-fault", 1],
    ["tap", 1, "X"],
    put("TxCtrlr", "StopTxOnEVSideDisconnect", "false"),
    ["unplug", 1],
    ["seconds", 2],
    ["Reset", { type: "Immediate" }],
  ];
  await expect(await played(central, steps)).toMatchFileSnapshot(`told/cards-${version}.txt`);
});

it("without a link, by the clock, and over restarts", async () => {
  central = await createCentral("2.0.1");
  central.replies.Authorize = (request) => ({ idTokenInfo: known(request) });
  const list = [
    { idToken: token("LISTED"), idTokenInfo: { status: "Accepted" } },
    { idToken: token("LATE"), idTokenInfo: { status: "Accepted", cacheExpiryDateTime: "2026-06-01T07:00:00Z" } },
    { idToken: token("LOST"), idTokenInfo: { status: "Blocked" } },
  ];
  const session = (idToken: string): Step[] => [
    ["plug", 1],
    ["tap", 1, idToken],
    ["unplug", 1],
  ];
  const steps: Step[] = [
    ...quiet,
    ["SendLocalList", { versionNumber: 1, updateType: "Full", localAuthorizationList: list }],
    put("AuthCtrlr", "LocalPreAuthorize", "true"),
    ...["LISTED", "LATE"].flatMap(session),
    ["drop-link", 1],
    ...["listed", "LATE", "LOST", "STRANGE"].flatMap(session),
    ["restore-link", 1],
    put("AuthCtrlr", "OfflineTxForUnknownIdEnabled", "true"),
    put("AuthCtrlr", "LocalAuthorizeOffline", "false"),
    ["drop-link", 1],
    ...["LISTED"].flatMap(session),
    ["fault", 2, "GroundFailure"],
    ["restore-link", 1],
    ["clear-fault", 2],
    put("AlignedDataCtrlr", "Interval", 4),
    put("ChargingStation", "MaxCurrent", 10),
    ["plug", 1],
    ["tap", 1, "A"],
    ["seconds", 4],
    ["Reset", { type: "OnIdle" }],
    ["Reset", { type: "OnIdle" }],
    put("AlignedDataCtrlr", "Interval", 0),
    ["tap", 1, "A"],
    ["unlinked", 1],
    ["tap", 1, "A"],
    ["linked", 8],
    [
      "GetVariables",
      { getVariableData: [{ component: { name: "ChargingStation" }, variable: { name: "MaxCurrent" } }] },
    ],
    ["tap", 1, "A"],
    ["seconds", 1],
    ["Reset", { type: "Immediate" }],
    ["unlinked", 1],
    ["linked", 8],
  ];
  await expect(await played(central, steps)).toMatchFileSnapshot("told/offline.txt");
});
