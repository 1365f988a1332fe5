// Makes a record as a year of stations makes it, fast: the session's own code without sockets, on a clock that is turned by hand.
// One station, SILENT, spoke at the very beginning and never since.
//   node test/with-node.mjs test/bench/make-record.ts FOLDER [--frames 1000000] [--stations 50] [--days 365] [--seed 1]
// --frames counts what stations say; each has an answer of ours beside it.
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { createManualClock } from "../../src/lib/clock.ts";
import { createLogger } from "../../src/lib/logger.ts";
import { loadSchemas } from "../../src/ocpp/schemas.ts";
import { dialectOf } from "../../src/ocpp/versions.ts";
import { createFaultBook } from "../../src/session/faults/fault-book.ts";
import { createJournal } from "../../src/session/journal.ts";
import { Registry } from "../../src/session/registry.ts";
import { Session } from "../../src/session/session.ts";
import type { OcppVersion } from "../../src/station/model.ts";
import { EventsRepository } from "../../src/store/events.ts";
import { FrameKeysRepository } from "../../src/store/frame-keys.ts";
import { FramesRepository } from "../../src/store/frames.ts";
import { Recorder } from "../../src/store/recorder.ts";
import { Database } from "../../src/store/sqlite/database.ts";
import { StationsRepository } from "../../src/store/stations.ts";
import type { LinkListener } from "../../src/transports/link.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    frames: { type: "string", default: "1000000" },
    stations: { type: "string", default: "50" },
    days: { type: "string", default: "365" },
    seed: { type: "string", default: "1" },
  },
});
if (positionals.length !== 1)
  throw new Error("make-record.ts FOLDER [--frames N] [--stations N] [--days N] [--seed N]");
const folder = resolve(positionals[0] ?? "");
const frames = Number(values.frames);
const spanMs = Number(values.days) * 86_400_000;
/** Frames that share a commit, and after how many the states are kept. */
const commit = 1000;
const keep = 20_000;

const random = seeded(Number(values.seed));
const clock = createManualClock(Date.now() - spanMs);
const log = {
  ...createLogger(),
  bug(what: string, detail: unknown): never {
    throw new Error(`${what}: ${JSON.stringify(detail)}`);
  },
};
const database = new Database(join(folder, "plugside.db"));
// Made anew if the power goes.
const { transaction } = database;
database.transaction = (work) => transaction.call(database, work, false);
const recorder = new Recorder({ database, clock, log, schedule: () => undefined });
const registry = new Registry({
  stations: new StationsRepository(database),
  frames: new FramesRepository(database),
  events: new EventsRepository(database),
  log,
});
const journal = createJournal({ registry, recorder, clock });
recorder.stored.on(() => registry.takeMoments());
const versions: readonly OcppVersion[] = ["1.6", "1.6", "2.0.1", "2.1"];
const schemas = {
  "1.6": await loadSchemas("1.6"),
  "2.0.1": await loadSchemas("2.0.1"),
  "2.1": await loadSchemas("2.1"),
};

const began = performance.now();
const silent = connect("SILENT", "1.6");
for (let told = 0; told < 20; told++) silent.next();
const stations = Array.from({ length: Number(values.stations) - 1 }, (_none, at) =>
  connect(`CP-${String(at + 1).padStart(4, "0")}`, versions[at % versions.length] ?? "1.6"),
);
for (let told = 20; told < frames; told++) {
  // Some stations speak often and some hardly ever.
  stations[Math.floor(random() ** 2 * stations.length)]?.next();
  clock.advance(spanMs / frames);
  if (told % commit === 0) recorder.flush();
  if (told % keep === 0) registry.save(recorder.reached);
}
for (const station of [silent, ...stations]) station.close();
recorder.flush();
registry.save(recorder.reached);
// A year has its quiet moments.
const keys = new FrameKeysRepository(database);
while (keys.extend(recorder.reached));
recorder.dispose();
database.dispose();
console.log(
  `${frames} frames of ${stations.length + 1} stations in ${((performance.now() - began) / 1000).toFixed(1)} s`,
);

type Say = (action: string, payload: object) => void;

/** A station in conversation with a session of its own, without a socket. */
function connect(identity: string, version: OcppVersion): { next(): void; close(): void } {
  const entry = registry.ensure(identity, clock.now());
  let listener: LinkListener | undefined;
  let answer = "";
  const session = new Session({
    entry,
    dialect: dialectOf(version),
    schemas: schemas[version],
    policy: {
      boot: () => ({ status: "Accepted", intervalSeconds: 300 }),
      timeMilliseconds: () => true,
      decide: () => ({ status: "Accepted" }),
      answerMs: () => 30_000,
      signs: () => true,
    },
    strictness: () => ({ strict: false, emptyAnswers: false }),
    log,
    newTransactionId: () => recorder.take(),
    link: {
      isOpen: true,
      hello: {
        identity,
        via: {
          kind: "websocket",
          path: `/${identity}`,
          remoteAddress: "192.0.2.7",
          secure: false,
          securityProfile: 0,
          offered: [`ocpp${version}`],
          subprotocol: `ocpp${version}`,
        },
      },
      send(data) {
        answer = String(data);
        return true;
      },
      close: () => undefined,
      cut: () => undefined,
      hold: () => undefined,
      listen(given) {
        listener = given;
      },
    },
    findings: [],
    registry,
    recorder,
    journal,
    forwarding: { attach: () => ({ relay: null, detach() {} }) },
    faults: createFaultBook({ journal, clock, log }),
    clock,
    ownClock: { look: () => undefined },
    onClosed: () => undefined,
  });
  entry.session = session;
  session.start();
  let id = 0;
  const say: Say = (action, payload) =>
    listener?.message(Buffer.from(JSON.stringify([2, `${++id}`, action, payload])), false, false);
  const script = version === "1.6" ? day16(say, answered) : day2(say);
  return { next: () => void script.next(), close: () => listener?.closed(1000, "", "station") };

  /** What we answered to the last call; it goes out once it is stored. */
  function answered(): { transactionId: number } {
    recorder.flush();
    return JSON.parse(answer)[2];
  }
}

/** Boots, and charges one car after the other. */
function* day16(say: Say, answered: () => { transactionId: number }): Generator<void> {
  yield say("BootNotification", {
    chargePointVendor: "Vendor",
    chargePointModel: "Model",
    chargePointSerialNumber: "SN-1",
    firmwareVersion: "1.2.3",
  });
  const status = (word: string) => ({ connectorId: 1, status: word, errorCode: "NoError", timestamp: now() });
  yield say("StatusNotification", status("Available"));
  for (let register = 1000; ; ) {
    yield say("StatusNotification", status("Preparing"));
    yield say("Authorize", { idTag: card() });
    yield say("StartTransaction", { connectorId: 1, idTag: card(), meterStart: register, timestamp: now() });
    const { transactionId } = answered();
    yield say("StatusNotification", status("Charging"));
    for (let left = 10 + Math.floor(random() * 60); left > 0; left--) {
      register += 50 + Math.floor(random() * 100);
      const meterValue = [{ timestamp: now(), sampledValue: samples(register).map(as16) }];
      yield say("MeterValues", { connectorId: 1, transactionId, meterValue });
      if (left % 10 === 0) yield say("Heartbeat", {});
    }
    yield say("StatusNotification", status("Finishing"));
    yield say("StopTransaction", { transactionId, meterStop: register, timestamp: now(), reason: "EVDisconnected" });
    yield say("StatusNotification", status("Available"));
  }
}

function* day2(say: Say): Generator<void> {
  yield say("BootNotification", {
    reason: "PowerUp",
    chargingStation: { vendorName: "Vendor", model: "Model", serialNumber: "SN-2", firmwareVersion: "1.2.3" },
  });
  const status = (word: string) => ({ evseId: 1, connectorId: 1, connectorStatus: word, timestamp: now() });
  yield say("StatusNotification", status("Available"));
  for (let register = 1000, session = 0; ; session++) {
    yield say("StatusNotification", status("Occupied"));
    const transactionInfo = { transactionId: `${session}-${Math.floor(random() * 1e9)}`, chargingState: "Charging" };
    let seqNo = 0;
    const told = (eventType: string, triggerReason: string, more: object) => ({
      eventType,
      triggerReason,
      timestamp: now(),
      seqNo: seqNo++,
      transactionInfo,
      ...more,
    });
    const evse = { id: 1, connectorId: 1 };
    yield say(
      "TransactionEvent",
      told("Started", "Authorized", { evse, idToken: { idToken: card(), type: "ISO14443" } }),
    );
    for (let left = 10 + Math.floor(random() * 60); left > 0; left--) {
      register += 50 + Math.floor(random() * 100);
      const meterValue = [{ timestamp: now(), sampledValue: samples(register).map(as2) }];
      yield say("TransactionEvent", told("Updated", "MeterValuePeriodic", { meterValue }));
      if (left % 10 === 0) yield say("Heartbeat", {});
    }
    yield say("TransactionEvent", told("Ended", "EVCommunicationLost", { evse }));
    yield say("StatusNotification", status("Available"));
  }
}

function now(): string {
  return new Date(clock.now()).toISOString();
}

function card(): string {
  return `04${Math.floor(random() * 100)
    .toString(16)
    .toUpperCase()
    .padStart(12, "0")}`;
}

type Sampled = { measurand: string; phase?: string; value: string; unit: string };

/** What a three-phase wallbox measures. */
function samples(register: number): Sampled[] {
  const volt = () => (228 + random() * 4).toFixed(1);
  const phases = ["L1", "L2", "L3"];
  return [
    { measurand: "Energy.Active.Import.Register", value: `${register}`, unit: "Wh" },
    { measurand: "Power.Active.Import", value: (10_000 + random() * 1000).toFixed(0), unit: "W" },
    ...phases.map((phase) => ({ measurand: "Voltage", phase, value: volt(), unit: "V" })),
    ...phases.map((phase) => ({ measurand: "Current.Import", phase, value: (15 + random()).toFixed(2), unit: "A" })),
  ];
}

function as16(sampled: Sampled) {
  return { ...sampled, context: "Sample.Periodic" };
}

function as2({ value, unit, ...sampled }: Sampled) {
  return { ...sampled, value: Number(value), unitOfMeasure: { unit }, context: "Sample.Periodic" };
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
