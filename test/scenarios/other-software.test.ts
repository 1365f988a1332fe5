import { describe, expect, test } from "vitest";
import { systemClock } from "../../src/lib/clock.ts";
import { createOwnCertificate } from "../../src/simulator/certificates/own-certificate.ts";
import type { CommandOutcome, StationCommand } from "../../src/station/commands.ts";
import type { OcppVersion, StationState } from "../../src/station/model.ts";
import { type TestCore, testCore, until } from "../harness/core.ts";
import { rpcStation } from "../harness/stations/rpc-station.ts";

type Payload = Record<string, unknown>;

/** A message of a station and what it is answered. */
type Said = [action: string, payload: Payload, answer: Payload];

const card = "04A1B2C3";
const now = () => new Date().toISOString();
const place = { evse: { id: 1, connectorId: 1 } };
const idToken = { idToken: card, type: "ISO14443" };
const time = { currentTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) };
const booted = { ...time, interval: 300, status: "Accepted" };

/** What a 1.6 station says from plug to unplug, after it has booted. */
function life16(transactionId: unknown): Said[] {
  const timestamp = now();
  const sampledValue = [
    { value: "1100", measurand: "Energy.Active.Import.Register", unit: "Wh" },
    { value: "7360.5", measurand: "Power.Active.Import", unit: "W" },
  ];
  return [
    ["StatusNotification", { connectorId: 1, errorCode: "NoError", status: "Charging", timestamp }, {}],
    ["MeterValues", { connectorId: 1, transactionId, meterValue: [{ timestamp, sampledValue }] }, {}],
    [
      "StopTransaction",
      { transactionId, idTag: card, meterStop: 1500, timestamp, reason: "Local" },
      { idTagInfo: { status: "Accepted" } },
    ],
    ["StatusNotification", { connectorId: 1, errorCode: "NoError", status: "Available", timestamp }, {}],
    ["DataTransfer", { vendorId: "V", messageId: "m", data: "d" }, { status: "UnknownVendorId" }],
    ["DiagnosticsStatusNotification", { status: "Uploaded" }, {}],
    ["FirmwareStatusNotification", { status: "Installed" }, {}],
    ["LogStatusNotification", { status: "Uploaded", requestId: 7 }, {}],
    ["SignedFirmwareStatusNotification", { status: "Installed", requestId: 8 }, {}],
    ["SecurityEventNotification", { type: "StartupOfTheDevice", timestamp }, {}],
  ];
}

/** What a 2.x station says from plug to unplug, after it has booted. */
function life2(): Said[] {
  const timestamp = now();
  const component = { name: "EVSE", evse: { id: 1 } };
  const reading = (value: number) => ({ value, measurand: "Energy.Active.Import.Register" });
  const power = { value: 7360.5, measurand: "Power.Active.Import", unitOfMeasure: { unit: "W" } };
  const event = (eventType: string, triggerReason: string, seqNo: number, more: Payload, info: Payload = {}) =>
    ({
      eventType,
      timestamp,
      triggerReason,
      seqNo,
      transactionInfo: { transactionId: "tx-1", ...info },
      ...more,
    }) as Payload;
  const plugged = { ...place, idToken, meterValue: [{ timestamp, sampledValue: [reading(1000)] }] };
  const measured = { meterValue: [{ timestamp, sampledValue: [reading(1100), power] }] };
  const unplugged = { idToken, meterValue: [{ timestamp, sampledValue: [reading(1500)] }] };
  const stopped = { stoppedReason: "Local" };
  const accepted = { idTokenInfo: { status: "Accepted" } };
  return [
    ["TransactionEvent", event("Started", "Authorized", 0, plugged, { chargingState: "Charging" }), accepted],
    ["StatusNotification", { timestamp, connectorStatus: "Occupied", evseId: 1, connectorId: 1 }, {}],
    ["TransactionEvent", event("Updated", "MeterValuePeriodic", 1, measured), {}],
    ["TransactionEvent", event("Ended", "StopAuthorized", 2, unplugged, stopped), accepted],
    ["StatusNotification", { timestamp, connectorStatus: "Available", evseId: 1, connectorId: 1 }, {}],
    ["DataTransfer", { vendorId: "V", data: { a: [1, 2] } }, { status: "UnknownVendorId" }],
    ["FirmwareStatusNotification", { status: "Installed", requestId: 3 }, {}],
    ["LogStatusNotification", { status: "Uploaded", requestId: 5 }, {}],
    ["SecurityEventNotification", { type: "SettingSystemTime", timestamp }, {}],
    [
      "NotifyReport",
      {
        requestId: 9,
        generatedAt: timestamp,
        seqNo: 0,
        reportData: [{ component, variable: { name: "Power" }, variableAttribute: [{ value: "22000" }] }],
      },
      {},
    ],
    ["NotifyMonitoringReport", { requestId: 10, seqNo: 0, generatedAt: timestamp }, {}],
    ["ReservationStatusUpdate", { reservationId: 3, reservationUpdateStatus: "Expired" }, {}],
  ];
}

/** What only 2.1 has. */
const life21: Said[] = [
  [
    "BatterySwap",
    {
      eventType: "BatteryIn",
      requestId: 1,
      idToken,
      batteryData: [{ evseId: 1, serialNumber: "B1", soC: 20.5, soH: 97 }],
    },
    {},
  ],
  ["NotifySettlement", { pspRef: "r", status: "Settled", settlementAmount: 12.5, settlementTime: now() }, {}],
  ["NotifyDERStartStop", { controlId: "c", started: true, timestamp: now() }, {}],
  ["NotifyPriorityCharging", { transactionId: "tx-1", activated: true }, {}],
];

/** What it is asked and answers; ClearCache it does not know. */
const answers = {
  Reset: () => ({ status: "Accepted" }),
  UnlockConnector: () => ({ status: "Unlocked" }),
  RemoteStartTransaction: () => ({ status: "Accepted" }),
  RemoteStopTransaction: () => ({ status: "Rejected" }),
  RequestStartTransaction: () => ({ status: "Accepted" }),
  RequestStopTransaction: () => ({ status: "Rejected" }),
  ChangeAvailability: () => ({ status: "Scheduled" }),
  TriggerMessage: () => ({ status: "Accepted" }),
};

const commands: [StationCommand, CommandOutcome["result"]][] = [
  [{ name: "reset", kind: "soft" }, "accepted"],
  [{ name: "unlock", evse: 1, connector: 1 }, "accepted"],
  [{ name: "start", evse: 1, token: { value: card, type: "ISO14443" } }, "accepted"],
  [{ name: "stop", transaction: "17" }, "rejected"],
  [{ name: "availability", evse: 1, operative: false }, "scheduled"],
  [{ name: "trigger", message: "Heartbeat" }, "accepted"],
  [{ name: "raw", action: "ClearCache", payload: "{}" }, "unsupported"],
];

function bootOf(version: OcppVersion): Payload {
  if (version === "1.6") return { chargePointVendor: "Other", chargePointModel: "Software", firmwareVersion: "1.2.3" };
  const chargingStation = { vendorName: "Other", model: "Software", firmwareVersion: "1.2.3" };
  return { reason: "PowerUp", chargingStation };
}

function stateOf(core: TestCore, wanted: (state: StationState) => boolean): Promise<StationState | null> {
  return until(core.client, "stations.state", { identity: "CP1" }, (state) => state !== null && wanted(state));
}

describe.each(["1.6", "2.0.1", "2.1"] as const)(
  "station software that is not ours (ocpp-rpc, strict), OCPP %s",
  (version) => {
    test("boots, charges and reports; every answer fits its schemas, and nothing of it is a finding", async () => {
      const core = await testCore();
      const station = await rpcStation(core.url, "CP1", version, answers);
      expect(await station.ask("BootNotification", bootOf(version))).toEqual(booted);
      expect(await station.ask("Heartbeat", {})).toEqual(time);
      let life = life2();
      let id = "tx-1";
      if (version === "1.6") {
        expect(await station.ask("Authorize", { idTag: card })).toEqual({ idTagInfo: { status: "Accepted" } });
        const start = { connectorId: 1, idTag: card, meterStart: 1000, timestamp: now() };
        const { transactionId, idTagInfo } = await station.ask("StartTransaction", start);
        expect({ integer: Number.isSafeInteger(transactionId), idTagInfo }).toEqual({
          integer: true,
          idTagInfo: { status: "Accepted" },
        });
        id = String(transactionId);
        life = life16(transactionId);
      } else expect(await station.ask("Authorize", { idToken })).toEqual({ idTokenInfo: { status: "Accepted" } });
      for (const [action, payload, answer] of version === "2.1" ? [...life, ...life21] : life) {
        expect([action, await station.ask(action, payload)]).toEqual([action, answer]);
      }
      if (version === "2.1") {
        const stream = { id: 1, pending: 0, basetime: now(), data: [{ t: 0, v: "16.1" }] };
        station.raw(JSON.stringify([6, "s1", "NotifyPeriodicEventStream", stream]));
        await station.ask("Heartbeat", {});
      }
      const { info, evses, findings, ocpp } =
        (await stateOf(core, ({ transactions }) =>
          transactions.some((item) => item.id === id && item.state === "ended"),
        )) ?? {};
      expect({ info, findings, ocpp }).toEqual({
        info: { vendor: "Other", model: "Software", firmwareVersion: "1.2.3" },
        findings: [],
        ocpp: version,
      });
      expect(evses?.[0]).toMatchObject({
        evse: 1,
        connectors: [{ connector: 1, status: "Available" }],
        transaction: { id, meterStart: 1000, meterStop: 1500, endReason: "Local", token: { value: card } },
      });
      expect(station.complaints).toEqual([]);
    });

    test("answers every command, and each of ours fits its schemas", async () => {
      const core = await testCore();
      const station = await rpcStation(core.url, "CP1", version, answers);
      await station.ask("BootNotification", bootOf(version));
      const results: [string, string][] = [];
      for (const [command] of commands) {
        const { result } = await core.client.call("stations.command", { identity: "CP1", command });
        results.push([command.name, result]);
      }
      expect(results).toEqual(commands.map(([{ name }, result]) => [name, result]));
      const two = version !== "1.6";
      expect(station.asked.map(({ action }) => action)).toEqual([
        "Reset",
        "UnlockConnector",
        two ? "RequestStartTransaction" : "RemoteStartTransaction",
        two ? "RequestStopTransaction" : "RemoteStopTransaction",
        "ChangeAvailability",
        "TriggerMessage",
        "ClearCache",
      ]);
      expect(station.complaints).toEqual([]);
    });

    test("comes in by security profiles 1, 2 and 3, the last with the certificate that it asked for", async () => {
      const core = await testCore();
      const { roots } = await until(core.client, "certificates.overview", {}, ({ wss }) => wss.state === "ready");
      const ca = roots[0]?.pem;
      const wss = core.url.replace("ws:", "wss:");
      const password = "correct horse battery";
      const arrive = async (url: string, options: { password?: string; wsOpts?: object }) => {
        const own = createOwnCertificate("CP1", systemClock);
        let sign: (chain: string) => void = () => undefined;
        const signed = new Promise<string>((resolve) => {
          sign = resolve;
        });
        const certificateSigned = ({ certificateChain }: Payload) => {
          sign(String(certificateChain));
          return { status: "Accepted" };
        };
        const station = await rpcStation(url, "CP1", version, { CertificateSigned: certificateSigned }, options);
        await station.ask("BootNotification", bootOf(version));
        const { link } = (await stateOf(core, (state) => state.link.state === "online")) ?? {};
        return { station, own, signed, profile: link?.securityProfile };
      };

      await core.client.call("access.setPassword", { identity: "CP1", form: "text", password });
      await expect(arrive(core.url, { password: "wrong wrong wrong" })).rejects.toThrow("Unauthorized");
      const first = await arrive(core.url, { password });
      expect(first.profile).toBe(1);
      await first.station.close();

      await core.client.call("access.change", { identity: "CP1", profile: 2 });
      await expect(arrive(core.url, { password })).rejects.toThrow("Forbidden");
      const second = await arrive(wss, { password, wsOpts: { ca } });
      expect(second.profile).toBe(2);
      const csr = await second.own.request("Other");
      expect(await second.station.ask("SignCertificate", { csr })).toEqual({ status: "Accepted" });
      expect(second.own.take(await second.signed)).toBe(null);
      await second.station.close();

      await core.client.call("access.change", { identity: "CP1", profile: 3 });
      await expect(arrive(wss, { password, wsOpts: { ca } })).rejects.toThrow("Forbidden");
      const shown = second.own.current;
      const third = await arrive(wss, { wsOpts: { ca, cert: shown?.certificate, key: shown?.key } });
      expect(third.profile).toBe(3);
      expect([...first.station.complaints, ...second.station.complaints, ...third.station.complaints]).toEqual([]);
    });
  },
);
