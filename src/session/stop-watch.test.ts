import { expect, onTestFinished, test } from "vitest";
import { stopOwedMs } from "../station/bounds.ts";
import { watchStops } from "./stop-watch.ts";
import { openBench } from "./testing/bench.ts";

/** A station of 1.6 in a transaction; `findings` is how often its missing end was told. */
async function charging() {
  const bench = await openBench("1.6");
  let id = 0;
  const time = () => new Date(bench.clock.now() + 1000).toISOString();
  const say = (action: string, payload: object) => bench.say(JSON.stringify([2, `m${++id}`, action, payload]));
  const status = (status: string, timestamp = time()) =>
    say("StatusNotification", { connectorId: 1, status, errorCode: "NoError", timestamp });
  say("BootNotification", { chargePointVendor: "V", chargePointModel: "M" });
  status("Charging");
  say("StartTransaction", { connectorId: 1, idTag: "A", meterStart: 0, timestamp: time() });
  const watch = () => {
    const watching = watchStops(bench.parts);
    onTestFinished(() => void watching.dispose());
    return watching;
  };
  const watching = watch();
  function findings(): number {
    bench.parts.recorder.flush();
    const events = bench.events.newest(Number.MAX_SAFE_INTEGER, { kinds: ["found"] }, 50);
    return events.filter(({ event }) => event.kind === "found" && event.finding.rule === "missing-stop").length;
  }
  const stop = () => {
    const [transaction] = bench.state().transactions;
    say("StopTransaction", { transactionId: Number(transaction?.id), meterStop: 5, timestamp: time() });
  };
  return { bench, status, stop, say, findings, watching, watch };
}

test("a connector that is free while its transaction has no end is told, once, after five seconds", async () => {
  const { bench, status, findings } = await charging();
  status("Available");
  bench.clock.advance(stopOwedMs - 1);
  expect(findings()).toBe(0);
  bench.clock.advance(1);
  expect(findings()).toBe(1);
  status("Available");
  bench.clock.advance(60_000);
  expect(findings()).toBe(1);
});

test("that a connector says again that it is free begins no second wait", async () => {
  const { bench, status, findings } = await charging();
  status("Available");
  bench.clock.advance(1000);
  status("Available");
  bench.clock.advance(60_000);
  expect(findings()).toBe(1);
});

test("nothing is told where the end comes after all", async () => {
  const { bench, status, stop, findings } = await charging();
  status("Available");
  stop();
  bench.clock.advance(60_000);
  expect(findings()).toBe(0);
});

test("nothing is told of a station that is away: it cannot tell the end", async () => {
  const { bench, status, findings } = await charging();
  status("Available");
  bench.closed();
  bench.clock.advance(60_000);
  expect(findings()).toBe(0);
});

test("while a queue is worked off the end may still be in it", async () => {
  const { bench, status, findings } = await charging();
  status("Available");
  bench.clock.advance(stopOwedMs - 3000);
  // What was kept for an hour, and sent as if it were of now.
  status("Available", new Date(bench.clock.now() - 3_600_000).toISOString());
  bench.clock.advance(2000);
  expect([bench.state().clockDoubt !== undefined, findings()]).toEqual([true, 0]);
  bench.clock.advance(stopOwedMs);
  expect(findings()).toBe(1);
});

test("what a core of before has told is not told again", async () => {
  const { bench, status, findings, watching, watch } = await charging();
  status("Available");
  await watching.dispose();
  watch();
  status("Available");
  bench.clock.advance(60_000);
  expect(findings()).toBe(0);
});
