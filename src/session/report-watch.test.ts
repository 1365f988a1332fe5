import { expect, onTestFinished, test } from "vitest";
import { watchReports } from "./report-watch.ts";
import { openBench } from "./testing/bench.ts";

/** A station that was asked for a report and answered so. */
async function asked(status: string) {
  const bench = await openBench("2.0.1");
  const watch = watchReports(bench.parts);
  onTestFinished(() => void watch.dispose());
  bench.ask("GetBaseReport", { requestId: 7, reportBase: "FullInventory" });
  const id = JSON.parse(bench.sent.at(-1) ?? "[]")[1];
  bench.say(JSON.stringify([3, id, { status }]));
  let part = 0;
  const report = (tbc: boolean, requestId = 7) => {
    const generatedAt = new Date(bench.clock.now()).toISOString();
    bench.say(JSON.stringify([2, `part ${++part}`, "NotifyReport", { requestId, generatedAt, seqNo: part, tbc }]));
  };
  function found(): unknown[] {
    bench.parts.recorder.flush();
    const events = bench.events.newest(Number.MAX_SAFE_INTEGER, { kinds: ["found"] }, 50);
    return events.flatMap(({ event }) =>
      event.kind === "found" && event.finding.rule === "report-unfinished" ? [event.finding.said] : [],
    );
  }
  return { bench, report, found, watch };
}

test("a report that was accepted and does not come is told after a minute, once", async () => {
  const { bench, found } = await asked("Accepted");
  bench.clock.advance(59_999);
  expect(found()).toEqual([]);
  bench.clock.advance(1);
  expect(found()).toMatchObject([{ phrase: "parts-after-accepted", values: { request: 7, count: 0 } }]);
  bench.clock.advance(600_000);
  expect(found()).toHaveLength(1);
});

test("one that goes on is waited for, and its parts are counted", async () => {
  const { bench, report, found } = await asked("Accepted");
  bench.clock.advance(50_000);
  report(true);
  bench.clock.advance(50_000);
  report(true);
  // One of another request is no part of it.
  bench.clock.advance(50_000);
  report(true, 8);
  expect(found()).toEqual([]);
  bench.clock.advance(10_000);
  expect(found()).toMatchObject([{ values: { request: 7, count: 2 } }]);
});

test("nothing is told of one that is whole, that was refused, or whose link has ended", async () => {
  const whole = await asked("Accepted");
  whole.report(true);
  whole.report(false);
  whole.bench.clock.advance(600_000);
  expect(whole.found()).toEqual([]);
  const refused = await asked("Rejected");
  refused.bench.clock.advance(600_000);
  expect(refused.found()).toEqual([]);
  const gone = await asked("Accepted");
  gone.bench.closed();
  gone.bench.parts.recorder.flush();
  gone.bench.clock.advance(600_000);
  expect(gone.found()).toEqual([]);
  const over = await asked("Accepted");
  await over.watch.dispose();
  over.bench.clock.advance(600_000);
  expect(over.found()).toEqual([]);
  const forgotten = await asked("Accepted");
  const { registry } = forgotten.bench.parts;
  registry.forget(registry.require("CP1"));
  forgotten.bench.clock.advance(600_000);
  expect(forgotten.found()).toEqual([]);
});

test("a report that is whole is over: parts that come all the same begin no wait", async () => {
  const { bench, report, found } = await asked("Accepted");
  report(false);
  report(true);
  bench.clock.advance(600_000);
  expect(found()).toEqual([]);
});

test("a report that is asked for anew is waited for anew, and told with its action and its number", async () => {
  const { bench, found } = await asked("Accepted");
  bench.clock.advance(50_000);
  bench.ask("GetReport", { requestId: 9 });
  bench.say(JSON.stringify([3, JSON.parse(bench.sent.at(-1) ?? "[]")[1], { status: "Accepted" }]));
  bench.clock.advance(59_000);
  expect(found()).toEqual([]);
  bench.clock.advance(1000);
  expect(found()).toEqual([{ phrase: "parts-after-accepted", values: { request: 9, count: 0 } }]);
  const { findings } = bench.state();
  expect(findings.filter(({ rule }) => rule === "report-unfinished").map(({ where }) => where)).toEqual(["GetReport"]);
});
