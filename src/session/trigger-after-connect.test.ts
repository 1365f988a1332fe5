import { expect, onTestFinished, test } from "vitest";
import { silentLogger } from "../lib/logger.ts";
import type { EvseState, StationState } from "../station/model.ts";
import { newTransaction } from "../station/transactions/ledger.ts";
import { openBench } from "./testing/bench.ts";
import { createTriggerAfterConnect } from "./trigger-after-connect.ts";

const boot = { chargePointVendor: "V", chargePointModel: "M" };

/** A station that has just connected; `asked` is what it was asked for since, each with its connector. */
async function connected(wanted = true) {
  const bench = await openBench("1.6");
  const watching = createTriggerAfterConnect({ ...bench.parts, wanted: () => wanted });
  onTestFinished(() => void watching.dispose());
  const { registry, recorder } = bench.parts;
  registry.changed.emit(registry.require("CP1"));
  let id = 0;
  const say = (action: string, payload: object) => bench.say(JSON.stringify([2, `m${++id}`, action, payload]));
  const status = (connectorId: number) =>
    say("StatusNotification", { connectorId, status: "Available", errorCode: "NoError" });
  const questions = () => {
    recorder.flush();
    return bench.sent.map((text) => JSON.parse(text)).filter(([type]) => type === 2);
  };
  const asked = () =>
    questions().map(([, , , { requestedMessage, connectorId }]) => `${requestedMessage} ${connectorId ?? ""}`.trim());
  /** Answers the newest question. */
  const answer = async (word: string) => {
    bench.say(JSON.stringify([3, questions().at(-1)?.[1], { status: word }]));
    await new Promise((resolve) => setImmediate(resolve));
    recorder.flush();
  };
  const found = () =>
    bench.events
      .newest(Number.MAX_SAFE_INTEGER, { kinds: ["found"] }, 50)
      .flatMap(({ event }) => (event.kind === "found" ? [event.finding.rule] : []));
  const pass = (ms: number) => {
    bench.clock.advance(ms);
    recorder.flush();
  };
  return { bench, say, status, asked, answer, found, pass, watching };
}

test("one that says nothing is asked for its boot after ten seconds, and then for a status", async () => {
  const { asked, answer, found, pass } = await connected();
  pass(9999);
  expect(asked()).toEqual([]);
  pass(1);
  expect([asked(), found()]).toEqual([["BootNotification"], ["no-boot"]]);
  await answer("Accepted");
  pass(4999);
  expect(asked()).toHaveLength(1);
  pass(1);
  expect(asked()).toEqual(["BootNotification", "StatusNotification 1"]);
});

test("one that boots by itself and tells its statuses is asked for nothing", async () => {
  const { say, status, asked, pass } = await connected();
  say("BootNotification", boot);
  status(1);
  pass(60_000);
  expect(asked()).toEqual([]);
});

test("one that boots and tells no status is asked for that alone", async () => {
  const { say, asked, found, pass } = await connected();
  say("BootNotification", boot);
  pass(60_000);
  expect([asked(), found()]).toEqual([["StatusNotification 1"], []]);
});

test("one that does not know the question is asked for nothing more", async () => {
  const { asked, answer, pass } = await connected();
  pass(10_000);
  await answer("NotImplemented");
  pass(60_000);
  expect(asked()).toEqual(["BootNotification"]);
});

test("one that does not answer is asked for nothing more", async () => {
  const { asked, pass } = await connected();
  pass(10_000);
  expect(asked()).toEqual(["BootNotification"]);
  pass(30_000);
  await new Promise((resolve) => setImmediate(resolve));
  pass(600_000);
  expect(asked()).toEqual(["BootNotification"]);
});

test("nothing is asked where that is not wanted, once the link is over, or once it ends", async () => {
  const unwanted = await connected(false);
  unwanted.pass(60_000);
  expect(unwanted.asked()).toEqual([]);
  const gone = await connected();
  gone.bench.closed();
  gone.pass(60_000);
  expect(gone.asked()).toEqual([]);
  const over = await connected();
  void over.watching.dispose();
  over.pass(60_000);
  expect(over.asked()).toEqual([]);
});

test("a station that is held is asked for no status, and one that refuses the question for no other connector", async () => {
  const { bench, asked, pass, say } = await connected();
  say("BootNotification", boot);
  const entry = bench.parts.registry.require("CP1");
  entry.state = {
    ...entry.state,
    boot: { ...(entry.state.boot as NonNullable<typeof entry.state.boot>), answered: "Pending" },
  };
  pass(60_000);
  expect(asked()).toEqual([]);
});

test("each connector that never told a status is asked for, one after the other, until one is not accepted", async () => {
  const { bench, asked, answer, pass, say, status } = await connected();
  say("BootNotification", boot);
  for (const connectorId of [1, 2, 3, 4]) {
    const meterValue = [{ timestamp: new Date(bench.clock.now()).toISOString(), sampledValue: [{ value: "1" }] }];
    say("MeterValues", { connectorId, meterValue });
  }
  status(2);
  pass(15_000);
  expect(asked()).toEqual(["StatusNotification 1"]);
  await answer("Accepted");
  expect(asked()).toEqual(["StatusNotification 1", "StatusNotification 3"]);
  await answer("Rejected");
  pass(60_000);
  expect(asked()).toHaveLength(2);
});

test("a question that fails in us is told, and nobody waits for it", async () => {
  const bugs: unknown[] = [];
  const bench = await openBench("1.6");
  const log = {
    ...silentLogger,
    bug: (text: string, { station }: Record<string, unknown>) => bugs.push([text, station]),
  };
  const journal = { ...bench.parts.journal, take: () => fail() };
  const watching = createTriggerAfterConnect({ ...bench.parts, journal, log, wanted: () => true });
  onTestFinished(() => void watching.dispose());
  bench.parts.registry.changed.emit(bench.parts.registry.require("CP1"));
  bench.clock.advance(10_000);
  await new Promise((resolve) => setImmediate(resolve));
  expect(bugs).toEqual([["a station could not be asked", "CP1"]]);
});

function fail(): never {
  throw new Error("no number");
}

const progress = { status: "Installing", at: 0, frame: 1 };
const told = { connector: 1, status: "Available", frame: 1 } as const;
const running = newTransaction("7", 2, 0, 1);
const booted = { at: 0, frame: 1, answered: "Accepted" } as const;
const ofEvse = (evse: number, connectors: EvseState["connectors"]) => ({ evse, connectors, live: [] });

test.each<[what: string, known: Partial<StationState>, asked: string[]]>([
  ["nothing", {}, ["BootNotification"]],
  ["that it has booted", { boot: booted }, ["StatusNotification 1"]],
  ["that it is at its firmware", { firmware: progress }, ["StatusNotification 1"]],
  ["that it charges", { transactions: [running] }, ["StatusNotification 1"]],
  ["that it charged", { transactions: [{ ...running, state: "ended" }] }, ["BootNotification"]],
  ["that it was asked for its boot", { asked: { boot: 1 } }, ["StatusNotification 1"]],
  ["that it was asked for a status", { asked: { status: 1 } }, ["BootNotification"]],
  ["that it was asked for both", { asked: { boot: 1, status: 2 } }, []],
  ["that it takes no questions", { asked: { refused: true } }, []],
  ["all its statuses", { boot: booted, evses: [ofEvse(1, [told]), ofEvse(2, [told])] }, []],
  [
    "one of its statuses",
    { boot: booted, evses: [ofEvse(1, [told]), ofEvse(2, [{ connector: 1 }])] },
    ["StatusNotification 2"],
  ],
  ["an EVSE without connectors", { boot: booted, evses: [ofEvse(3, [])] }, ["StatusNotification 1"]],
])("of a station of which is known %s", async (_what, known, questions) => {
  const { bench, asked, pass } = await connected();
  const entry = bench.parts.registry.require("CP1");
  entry.state = { ...entry.state, ...known };
  pass(10_000);
  await new Promise((resolve) => setImmediate(resolve));
  pass(5000);
  expect(asked()).toEqual(questions);
});

test("a new connection is waited for anew, and the one before no more", async () => {
  const { bench, asked, pass } = await connected();
  pass(6000);
  const entry = bench.parts.registry.require("CP1");
  entry.state = { ...entry.state, link: { ...entry.state.link, connection: 99 } };
  bench.parts.registry.changed.emit(entry);
  pass(9999);
  expect(asked()).toEqual([]);
  pass(1);
  expect(asked()).toEqual(["BootNotification"]);
});
