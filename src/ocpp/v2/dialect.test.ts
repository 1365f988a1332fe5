import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { type JsonObject, stringifyJson } from "../../lib/json.ts";
import { words } from "../../station/phrases.ts";
import type { Dialect } from "../dialect.ts";
import { readFrame } from "../frame.ts";
import { loadSchemas } from "../schemas.ts";
import { v21, v201 } from "./dialect.ts";
import { exchange } from "./test-exchange.ts";

const fromStation201 = [
  "Authorize",
  "BootNotification",
  "ClearedChargingLimit",
  "DataTransfer",
  "FirmwareStatusNotification",
  "Get15118EVCertificate",
  "GetCertificateStatus",
  "Heartbeat",
  "LogStatusNotification",
  "MeterValues",
  "NotifyChargingLimit",
  "NotifyCustomerInformation",
  "NotifyDisplayMessages",
  "NotifyEVChargingNeeds",
  "NotifyEVChargingSchedule",
  "NotifyEvent",
  "NotifyMonitoringReport",
  "NotifyReport",
  "PublishFirmwareStatusNotification",
  "ReportChargingProfiles",
  "ReservationStatusUpdate",
  "SecurityEventNotification",
  "SignCertificate",
  "StatusNotification",
  "TransactionEvent",
];
const fromStation21 = [
  ...fromStation201,
  "BatterySwap",
  "ClosePeriodicEventStream",
  "GetCertificateChainStatus",
  "NotifyDERAlarm",
  "NotifyDERStartStop",
  "NotifyPeriodicEventStream",
  "NotifyPriorityCharging",
  "NotifySettlement",
  "OpenPeriodicEventStream",
  "PullDynamicScheduleUpdate",
  "ReportDERControl",
  "VatNumberValidation",
];
const toStation201 = [
  "CancelReservation",
  "CertificateSigned",
  "ChangeAvailability",
  "ClearCache",
  "ClearChargingProfile",
  "ClearDisplayMessage",
  "ClearVariableMonitoring",
  "CostUpdated",
  "CustomerInformation",
  "DeleteCertificate",
  "GetBaseReport",
  "GetChargingProfiles",
  "GetCompositeSchedule",
  "GetDisplayMessages",
  "GetInstalledCertificateIds",
  "GetLocalListVersion",
  "GetLog",
  "GetMonitoringReport",
  "GetReport",
  "GetTransactionStatus",
  "GetVariables",
  "InstallCertificate",
  "PublishFirmware",
  "RequestStartTransaction",
  "RequestStopTransaction",
  "ReserveNow",
  "Reset",
  "SendLocalList",
  "SetChargingProfile",
  "SetDisplayMessage",
  "SetMonitoringBase",
  "SetMonitoringLevel",
  "SetNetworkProfile",
  "SetVariableMonitoring",
  "SetVariables",
  "TriggerMessage",
  "UnlockConnector",
  "UnpublishFirmware",
  "UpdateFirmware",
];
const toStation21 = [
  ...toStation201,
  "AFRRSignal",
  "AdjustPeriodicEventStream",
  "ChangeTransactionTariff",
  "ClearDERControl",
  "ClearTariffs",
  "GetDERControl",
  "GetPeriodicEventStream",
  "GetTariffs",
  "NotifyAllowedEnergyTransfer",
  "NotifyWebPaymentStarted",
  "RequestBatterySwap",
  "SetDERControl",
  "SetDefaultTariff",
  "UpdateDynamicSchedule",
  "UsePriorityCharging",
];

const versions: [string, { dialect: Dialect; fromStation: string[]; toStation: string[] }][] = [
  ["2.0.1", { dialect: v201, fromStation: fromStation201, toStation: toStation201 }],
  ["2.1", { dialect: v21, fromStation: fromStation21, toStation: toStation21 }],
];

// The generated validators are large; the first import takes its time on a busy machine.
beforeAll(() => Promise.all([loadSchemas("2.0.1"), loadSchemas("2.1")]), 60_000);

/** A payload as it stands on the wire. */
function wire(payload: JsonObject): unknown {
  return JSON.parse(stringifyJson(payload));
}

describe.each(versions)("OCPP %s", (_name, { dialect, fromStation, toStation }) => {
  it("knows of every action of its schemas who sends it", async () => {
    const schemas = await loadSchemas(dialect.version);
    expect([...fromStation, ...toStation].sort()).toEqual(schemas.actions());
  });

  it("handles every message a station sends, and none that only a central system sends", () => {
    expect(Object.keys(dialect.handlers).sort()).toEqual([...fromStation].sort());
  });

  it("answers the smallest message of each kind by the schema", async () => {
    const schemas = await loadSchemas(dialect.version);
    const answered = fromStation.map((action) => {
      const { reply } = exchange(dialect, action, schemas.skeleton(action) as JsonObject);
      return [action, schemas.judge("response", action, wire(reply))];
    });
    expect(answered).toEqual(fromStation.map((action) => [action, []]));
  });
});

it("spells the occurrence violation as each version does", () => {
  const same = {
    badMessage: "RpcFrameworkError",
    formatViolation: "FormatViolation",
    structureViolation: "ProtocolError",
    notAccepted: "SecurityError",
  };
  expect([v201.errorCodes, v21.errorCodes]).toEqual([
    { ...same, occurrenceViolation: "OccurenceConstraintViolation" },
    { ...same, occurrenceViolation: "OccurrenceConstraintViolation" },
  ]);
});

it("reads the 2.0.1 frames of real chargers", () => {
  const lines = readFileSync(new URL("../../../test/frames/real-chargers.ndjson", import.meta.url), "utf8");
  const told = lines
    .split("\n")
    .filter((line) => line.includes('"ocpp": "2.0.1"'))
    .map((line) => {
      const frame = readFrame((JSON.parse(line) as { frame: string }).frame);
      if (frame.type === "call") return exchange(v201, frame.action, frame.payload);
      return frame.type === "result" ? v201.outcome("SetVariables", frame.payload) : frame;
    });
  const occupied = { kind: "status", evse: 1, connector: 1, status: "Occupied", stationTime: "2026-07-28T10:00:00Z" };
  const available = {
    kind: "status",
    evse: 2,
    connector: 1,
    status: "Available",
    stationTime: "2023-11-09T11:41:29.225Z",
  };
  const future = {
    kind: "found",
    finding: {
      rule: "time-implausible",
      where: "StatusNotification /timestamp",
      said: "2026-07-28T10:00:00Z",
      expected: words("about-time", { time: "2026-01-31T12:00:00.000Z" }),
    },
  };
  expect(told).toEqual([
    { reply: {}, events: [future, occupied] },
    { result: "accepted" },
    { reply: {}, events: [available] },
  ]);
});
