import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { CoreClient } from "../../src/api/client.ts";
import { ageOf, transactionFrame } from "../../src/station/age.ts";
import type { OcppVersion, StationState, Transaction } from "../../src/station/model.ts";
import { connectorWord, powerNow } from "../../src/station/views.ts";
import { connectTo, snapshot, until } from "../harness/client.ts";
import { startCoreProcess } from "../harness/core-process.ts";
import { type RpcStation, rpcStation } from "../harness/stations/rpc-station.ts";

const card = "04A1B2C3";
const identity = "CP1";

/** What a station says of a session, by its version. `register` in Wh, `watts` in W. */
type Session = {
  starts(station: RpcStation, register: number): Promise<unknown>;
  measures(station: RpcStation, register: number, watts: number): Promise<unknown>;
  ends(station: RpcStation, register: number): Promise<unknown>;
};

const now = () => new Date().toISOString();

function session16(): Session {
  let transactionId: unknown;
  const status = (station: RpcStation, word: string) =>
    station.ask("StatusNotification", { connectorId: 1, errorCode: "NoError", status: word, timestamp: now() });
  return {
    async starts(station, meterStart) {
      await status(station, "Preparing");
      const request = { connectorId: 1, idTag: card, meterStart, timestamp: now() };
      ({ transactionId } = await station.ask("StartTransaction", request));
      await status(station, "Charging");
    },
    measures: (station, register, watts) =>
      station.ask("MeterValues", {
        connectorId: 1,
        transactionId,
        meterValue: [
          {
            timestamp: now(),
            sampledValue: [
              { value: String(register), measurand: "Energy.Active.Import.Register", unit: "Wh" },
              { value: String(watts), measurand: "Power.Active.Import", unit: "W" },
            ],
          },
        ],
      }),
    async ends(station, meterStop) {
      await station.ask("StopTransaction", {
        transactionId,
        idTag: card,
        meterStop,
        timestamp: now(),
        reason: "EVDisconnected",
      });
      await status(station, "Available");
    },
  };
}

function session2(): Session {
  let seqNo = 0;
  const event = (station: RpcStation, eventType: string, triggerReason: string, more: object, info: object = {}) =>
    station.ask("TransactionEvent", {
      eventType,
      timestamp: now(),
      triggerReason,
      seqNo: seqNo++,
      transactionInfo: { transactionId: "tx-1", ...info },
      ...more,
    });
  const status = (station: RpcStation, connectorStatus: string) =>
    station.ask("StatusNotification", { timestamp: now(), connectorStatus, evseId: 1, connectorId: 1 });
  const register = (value: number) => ({ value, measurand: "Energy.Active.Import.Register" });
  const measured = (...sampledValue: object[]) => ({ meterValue: [{ timestamp: now(), sampledValue }] });
  return {
    async starts(station, value) {
      await status(station, "Occupied");
      const more = { evse: { id: 1, connectorId: 1 }, idToken: { idToken: card, type: "ISO14443" } };
      const begin = measured({ ...register(value), context: "Transaction.Begin" });
      await event(station, "Started", "Authorized", { ...more, ...begin }, { chargingState: "Charging" });
    },
    measures: (station, value, watts) => {
      const power = { value: watts, measurand: "Power.Active.Import", unitOfMeasure: { unit: "W" } };
      return event(station, "Updated", "MeterValuePeriodic", measured(register(value), power));
    },
    async ends(station, value) {
      const end = measured({ ...register(value), context: "Transaction.End" });
      await event(station, "Ended", "EVDeparted", end, { stoppedReason: "EVDisconnected" });
      await status(station, "Available");
    },
  };
}

function bootOf(version: OcppVersion): object {
  if (version === "1.6") return { chargePointVendor: "Other", chargePointModel: "Software" };
  return { reason: "PowerUp", chargingStation: { vendorName: "Other", model: "Software" } };
}

function stateOf(client: CoreClient, wanted: (state: StationState) => boolean): Promise<StationState | null> {
  return until(client, "stations.state", { identity }, (state) => state !== null && wanted(state));
}

/** What is told of the one session and its connector. */
function toldOf(state: StationState | null) {
  const [transaction, ...others] = state?.transactions ?? [];
  const [evse] = state?.evses ?? [];
  const [connector] = evse?.connectors ?? [];
  const pick = ({ state: standing, energyWh, energyFrom, powerW, token, endReason }: Transaction) => ({
    standing,
    energyWh,
    energyFrom,
    powerW,
    card: token?.value,
    endReason,
  });
  return {
    session: transaction && pick(transaction),
    others: others.length,
    word: state && evse && connector && connectorWord(state, evse, connector),
    power: state && powerNow(state),
    age: state && transaction && ageOf(state, transactionFrame(transaction)),
    findings: state?.findings.map(({ rule, where, said }) => [rule, where, said]),
  };
}

const fine = { others: 0, findings: [] };

test.each(["1.6", "2.0.1", "2.1"] as const)(
  "a session of station software that is not ours (ocpp-rpc, strict) is right over two kills, OCPP %s",
  async (version) => {
    const folder = await mkdtemp(join(tmpdir(), "plugside-kills-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }));
    const session = version === "1.6" ? session16() : session2();
    const running = { standing: "running", energyFrom: "register", card };
    let frames = 0;

    /** A core on the folder, and the station with it. */
    async function start() {
      const core = await startCoreProcess(folder);
      onTestFinished(() => core.kill());
      const client = connectTo(folder);
      const before = await snapshot(client, "stations.state", { identity });
      const station = await rpcStation(core.url ?? "", identity, version);
      await stateOf(client, (state) => state.link.state === "online");
      return {
        client,
        station,
        before,
        async kill() {
          frames = (await snapshot(client, "stations.state", { identity }))?.frames.in ?? 0;
          client.close();
          core.kill();
          await core.ended;
          expect(station.complaints).toEqual([]);
        },
      };
    }

    const first = await start();
    await first.station.ask("BootNotification", bootOf(version));
    await session.starts(first.station, 1000);
    await session.measures(first.station, 1001, 7360.5);
    const charging = await stateOf(first.client, ({ transactions: [one] }) => one?.powerW === 7360.5);
    expect(toldOf(charging)).toEqual({
      ...fine,
      session: { ...running, energyWh: 1, powerW: 7360.5 },
      word: "Charging",
      power: 7360.5,
      age: undefined,
    });
    await first.kill();

    const second = await start();
    expect(second.before?.frames.in).toBe(frames);
    expect(second.before?.link).toMatchObject({ state: "offline", closed: { cause: "own-end" } });
    expect(toldOf(second.before)).toEqual({
      ...fine,
      session: { ...running, energyWh: 1, powerW: 7360.5 },
      word: "Charging",
      power: null,
      age: "offline",
    });
    const back = await snapshot(second.client, "stations.state", { identity });
    expect(toldOf(back)).toMatchObject({ word: "Charging", power: null, age: "before-link" });
    await session.measures(second.station, 1003, 3680);
    const again = await stateOf(second.client, ({ transactions: [one] }) => one?.powerW === 3680);
    expect(toldOf(again)).toEqual({
      ...fine,
      session: { ...running, energyWh: 3, powerW: 3680 },
      word: "Charging",
      power: 3680,
      age: undefined,
    });
    await second.kill();

    const third = await start();
    expect(third.before?.frames.in).toBe(frames);
    await session.ends(third.station, 1005);
    const over = await stateOf(third.client, (state) => toldOf(state).word === "Available");
    expect(toldOf(over)).toMatchObject({
      ...fine,
      session: { standing: "ended", energyWh: 5, energyFrom: "register", card, endReason: "EVDisconnected" },
      power: null,
    });
    await third.kill();
  },
);
