import { describe, expect, it } from "vitest";
import { type JsonObject, parseJson } from "../../lib/json.ts";
import { messageBounds } from "../../station/bounds.ts";
import { summarise } from "./summary.ts";

/** The fields as pairs: shorter to read. */
function pairs(action: string | null, payload: JsonObject): [string, string][] {
  return summarise(action, payload).map(({ label, value }) => [label, value]);
}

const component = { name: "SecurityCtrlr" };

/** A current of 7 A. */
function at(more: { [field: string]: string | undefined }): JsonObject {
  return JSON.parse(JSON.stringify({ value: "7", measurand: "Current.Import", unit: "A", ...more }));
}

describe("summarise", () => {
  it.each<[string, JsonObject, string | undefined]>([
    ["expiry", { expiryDate: "a" }, "a"],
    ["expiry", { expiryDateTime: "b" }, "b"],
    ["version", { listVersion: 3 }, "3"],
    ["version", { versionNumber: 4 }, "4"],
    ["reservation", { reservationId: 5 }, "5"],
    ["reservation", { reservationId: 0 }, undefined],
    ["duration", { duration: 60 }, "60 s"],
    ["cost", { totalCost: 1.5 }, "1.5"],
    ["info", { techInfo: "hot" }, "hot"],
    ["info", { info: "null" }, undefined],
    ["message", { requestedMessage: "Heartbeat" }, "Heartbeat"],
    ["location", { firmware: { location: "http://a" } }, "http://a"],
    ["location", { log: { remoteLocation: "http://b" } }, "http://b"],
    ["location", { connectionData: { ocppCsmsUrl: "ws://c" } }, "ws://c"],
    ["purpose", { csChargingProfiles: { chargingProfilePurpose: "TxProfile" } }, "TxProfile"],
    ["purpose", { chargingProfile: [{ chargingProfilePurpose: "TxProfile" }] }, "TxProfile"],
    ["purpose", { chargingProfilePurpose: "TxProfile" }, "TxProfile"],
    ["type", { certificateType: "a", type: "Hard" }, "Hard"],
    ["type", { operationalStatus: "Operative" }, "Operative"],
    ["type", { logType: "SecurityLog" }, "SecurityLog"],
    ["type", { reportBase: "FullInventory" }, "FullInventory"],
    ["type", { updateType: "Full" }, "Full"],
    ["serial", { chargeBoxSerialNumber: "b", chargePointSerialNumber: "a" }, "a"],
    ["serial", { chargeBoxSerialNumber: "b" }, "b"],
    ["serial", { chargingStation: { serialNumber: "c" } }, "c"],
    ["token", { idToken: { idToken: "04", type: "KeyCode" } }, "•••"],
    ["token", { idToken: { idToken: "04", type: "Local" } }, "04"],
    ["current", { meterValue: [{ sampledValue: [at({})] }] }, "7 A"],
    ["current", { meterValue: [{ sampledValue: [at({ location: "Outlet" })] }] }, "7 A"],
    ["current", { meterValue: [{ sampledValue: [at({ location: "Inlet" })] }] }, undefined],
    ["current", { meterValue: [{ sampledValue: [at({ format: "SignedData" })] }] }, undefined],
    ["current", { meterValue: [{ sampledValue: [at({ phase: "L1" }), at({ phase: "L2" })] }] }, "7 / 7 A"],
    ["current", { meterValue: [{ sampledValue: [at({ phase: "L1" }), at({ value: "9" })] }] }, "9 A"],
    ["current", { meterValue: [{ sampledValue: [at({})] }, { sampledValue: [at({ value: "8" })] }] }, "8 A"],
    ["soc", { meterValue: [{ sampledValue: [at({ measurand: "SoC", unit: "Percent" })] }] }, "7 %"],
    ["soc", { meterValue: [{ sampledValue: [at({ measurand: "SoC", unit: undefined })] }] }, "7 %"],
  ])("says of %s in %j: %s", (label, payload, value) => {
    expect(summarise(null, payload).find((one) => one.label === label)?.value).toBe(value);
  });

  it("makes fields of a label and a value", () => {
    expect(summarise("StatusNotification", { connectorId: 1, status: "Charging", errorCode: "NoError" })).toEqual([
      { label: "connector", value: "1" },
      { label: "status", value: "Charging" },
    ]);
  });

  it.each([
    "getVariableData",
    "setVariableData",
    "getVariableResult",
    "setVariableResult",
    "reportData",
    "eventData",
    "monitor",
  ])("names the variables that stand in a list of %s", (list) => {
    const entry = (name: string): JsonObject => ({ component, variable: { name } });
    expect(pairs("Any", { [list]: [entry("A")] })).toEqual([["key", "SecurityCtrlr.A"]]);
    expect(pairs("Any", { [list]: [entry("A"), entry("B")] })).toEqual([
      ["key", "SecurityCtrlr.A, SecurityCtrlr.B"],
      ["count", "2"],
    ]);
  });

  it.each<[string, string, JsonObject, [string, string][]]>([
    [
      "a 1.6 status with its error",
      "StatusNotification",
      { connectorId: 1, status: "Faulted", errorCode: "GroundFailure", vendorErrorCode: "E12", vendorId: "v" },
      [
        ["connector", "1"],
        ["status", "Faulted"],
        ["errorCode", "GroundFailure"],
        ["vendorError", "E12"],
      ],
    ],
    [
      "a 2.x status",
      "StatusNotification",
      { timestamp: "2026-01-01T00:00:00Z", connectorStatus: "Occupied", evseId: 2, connectorId: 1 },
      [
        ["evse", "2"],
        ["connector", "1"],
        ["status", "Occupied"],
      ],
    ],
    [
      "a 1.6 boot",
      "BootNotification",
      { chargePointVendor: "V", chargePointModel: "M", firmwareVersion: "1.0", iccid: "" },
      [
        ["vendor", "V"],
        ["model", "M"],
        ["firmware", "1.0"],
      ],
    ],
    [
      "a 2.x boot",
      "BootNotification",
      { reason: "PowerUp", chargingStation: { vendorName: "V", model: "M", firmwareVersion: "1.0" } },
      [
        ["reason", "PowerUp"],
        ["vendor", "V"],
        ["model", "M"],
        ["firmware", "1.0"],
      ],
    ],
    [
      "the answer to a boot",
      "BootNotification",
      { status: "Accepted", interval: 300, currentTime: "2026-01-01T00:00:00Z" },
      [
        ["status", "Accepted"],
        ["interval", "300 s"],
        ["time", "2026-01-01T00:00:00Z"],
      ],
    ],
    [
      "a 1.6 transaction's start",
      "StartTransaction",
      { connectorId: 1, idTag: "04AA", meterStart: 120, reservationId: 0 },
      [
        ["connector", "1"],
        ["token", "04AA"],
        ["energy", "120 Wh"],
      ],
    ],
    [
      "the answer to it",
      "StartTransaction",
      { transactionId: 25, idTagInfo: { status: "Blocked" } },
      [
        ["status", "Blocked"],
        ["transaction", "25"],
      ],
    ],
    [
      "a 1.6 transaction's end",
      "StopTransaction",
      { transactionId: 25, meterStop: 9000, reason: "EVDisconnected", idTag: "04AA" },
      [
        ["transaction", "25"],
        ["reason", "EVDisconnected"],
        ["energy", "9000 Wh"],
        ["token", "04AA"],
      ],
    ],
    [
      "a 2.x transaction's update",
      "TransactionEvent",
      {
        eventType: "Updated",
        triggerReason: "MeterValuePeriodic",
        evse: { id: 1, connectorId: 1 },
        transactionInfo: { transactionId: "ab-1", chargingState: "Charging" },
        meterValue: [
          {
            sampledValue: [
              { value: 7.2, measurand: "Power.Active.Import", unitOfMeasure: { unit: "W", multiplier: 3 } },
            ],
          },
        ],
      },
      [
        ["event", "Updated"],
        ["evse", "1"],
        ["chargingState", "Charging"],
        ["power", "7200 W"],
      ],
    ],
    [
      "a 2.x transaction's end",
      "TransactionEvent",
      {
        eventType: "Ended",
        transactionInfo: { transactionId: "ab-1", stoppedReason: "Local" },
        idToken: { idToken: "04AA", type: "ISO14443" },
      },
      [
        ["event", "Ended"],
        ["reason", "Local"],
        ["token", "04AA"],
        ["transaction", "ab-1"],
      ],
    ],
    ["the answer to a token", "Authorize", { idTokenInfo: { status: "Invalid" } }, [["status", "Invalid"]]],
    [
      "a refusal with its reason",
      "Reset",
      { status: "Rejected", statusInfo: { reasonCode: "NotEnabled" } },
      [
        ["status", "Rejected"],
        ["reasonCode", "NotEnabled"],
      ],
    ],
    ["a reset", "Reset", { type: "Soft" }, [["type", "Soft"]]],
    [
      "a trigger",
      "TriggerMessage",
      { requestedMessage: "MeterValues", connectorId: 1 },
      [
        ["connector", "1"],
        ["message", "MeterValues"],
      ],
    ],
    [
      "a setting",
      "ChangeConfiguration",
      { key: "HeartbeatInterval", value: "60" },
      [
        ["key", "HeartbeatInterval"],
        ["value", "60"],
      ],
    ],
    [
      "settings asked for",
      "GetConfiguration",
      { key: ["A", "B", "C"] },
      [
        ["key", "A, B +1"],
        ["count", "3"],
      ],
    ],
    [
      "settings told, one of them unknown",
      "GetConfiguration",
      { configurationKey: [{ key: "A", readonly: true, value: "1" }], unknownKey: ["B"] },
      [
        ["key", "A"],
        ["value", "1"],
        ["unknownKey", "B"],
      ],
    ],
    [
      "variables told",
      "NotifyReport",
      {
        requestId: 4,
        reportData: [
          { component, variable: { name: "Identity" }, variableAttribute: [{ value: "x" }] },
          { component, variable: { name: "Profile" }, variableAttribute: [{ value: "1" }] },
        ],
      },
      [
        ["key", "SecurityCtrlr.Identity, SecurityCtrlr.Profile"],
        ["count", "2"],
        ["request", "4"],
      ],
    ],
    [
      "what became of variables set",
      "SetVariables",
      { setVariableResult: [{ attributeStatus: "RebootRequired", component, variable: { name: "SecurityProfile" } }] },
      [
        ["status", "RebootRequired"],
        ["key", "SecurityCtrlr.SecurityProfile"],
      ],
    ],
    [
      "a device event",
      "NotifyEvent",
      { eventData: [{ component: { name: "Connector" }, variable: { name: "Problem" }, actualValue: "true" }] },
      [
        ["key", "Connector.Problem"],
        ["value", "true"],
      ],
    ],
    [
      "a charging profile, of either version",
      "SetChargingProfile",
      {
        evseId: 1,
        chargingProfile: {
          chargingProfilePurpose: "TxDefaultProfile",
          chargingSchedule: [{ chargingRateUnit: "A", chargingSchedulePeriod: [{ startPeriod: 0, limit: 16 }] }],
        },
      },
      [
        ["evse", "1"],
        ["purpose", "TxDefaultProfile"],
        ["limit", "16 A"],
      ],
    ],
    [
      "a vendor's message",
      "DataTransfer",
      { vendorId: "EV-BOX", messageId: "status", data: "a\n  b" },
      [
        ["vendorId", "EV-BOX"],
        ["messageId", "status"],
        ["data", "a b"],
      ],
    ],
  ])("tells %s", (_name, action, payload, expected) => {
    expect(pairs(action, payload)).toEqual(expected);
  });

  it("tells the newest values of a message, totals before phases, a value without measurand as energy", () => {
    const meterValue: JsonObject[] = [
      { sampledValue: [{ value: "1" }] },
      {
        sampledValue: [
          { value: "10", measurand: "Current.Import", phase: "L1" },
          { value: "9.80", measurand: "Current.Import", phase: "L2", unit: "A" },
          { value: "7.2", measurand: "Power.Active.Import", unit: "kW" },
          { value: "2.4", measurand: "Power.Active.Import", phase: "L1", unit: "kW" },
          { value: "236.1" },
        ],
      },
    ];
    expect(pairs("MeterValues", { connectorId: 1, meterValue })).toEqual([
      ["connector", "1"],
      ["power", "7.2 kW"],
      ["energy", "236.1 Wh"],
      ["current", "10 / 9.80 A"],
    ]);
  });

  it("skips values that are empty or hidden in a signature", () => {
    const sampledValue: JsonObject[] = [
      { value: "", measurand: "Power.Active.Import" },
      { value: "OCMF|{}|{}", format: "SignedData" },
    ];
    expect(pairs("MeterValues", { connectorId: 1, meterValue: [{ sampledValue }] })).toEqual([["connector", "1"]]);
    expect(pairs("MeterValues", { connectorId: 1, meterValue: [] })).toEqual([["connector", "1"]]);
  });

  it("keeps every digit", () => {
    const payload = parseJson(
      '{"transactionId":9223372036854775807,"meterStop":1234.5678901234567890}',
      messageBounds,
    ) as JsonObject;
    expect(pairs("StopTransaction", payload)).toEqual([
      ["transaction", "9223372036854775807"],
      ["energy", "1234.5678901234567890 Wh"],
    ]);
  });

  it("tells what it can of an action that nobody knows, or of an answer to nothing", () => {
    const payload = { status: "Accepted", evseId: 3, other: [{}], data: { a: 1 } };
    const expected = [
      ["evse", "3"],
      ["status", "Accepted"],
    ];
    expect([pairs("CustomOperation", payload), pairs(null, payload), pairs("toString", payload)]).toEqual([
      expected,
      expected,
      expected,
    ]);
  });

  it("tells nothing of an empty payload, and cuts what is long", () => {
    expect(summarise("Heartbeat", {})).toEqual([]);
    expect(pairs("DataTransfer", { data: "x".repeat(500) })).toEqual([["data", `${"x".repeat(79)}…`]]);
  });
});
