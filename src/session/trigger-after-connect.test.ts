import { expect, onTestFinished, test } from "vitest";
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
