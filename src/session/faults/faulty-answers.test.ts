import { expect, test } from "vitest";
import { createManualClock } from "../../lib/clock.ts";
import { mostDelayed } from "../../station/bounds.ts";
import type { AnswerFault } from "../../station/faults.ts";
import { openBench } from "../testing/bench.ts";
import type { FaultBook } from "./fault-book.ts";
import { FaultyAnswers, type FaultyAnswersOptions } from "./faulty-answers.ts";

const plain: AnswerFault = { silent: false, delayMs: 0, offsetMs: 0 };
const at = (ms: number) => new Date(ms).toISOString();

/** A station whose answers have a fault on purpose. `record` is the marks of each row, and `told` what was sent since. */
async function faulty(fault: Partial<AnswerFault>, sends = true) {
  const active = { fault: { ...plain, ...fault } as AnswerFault | null };
  const faults = { onAnswer: () => active.fault } as unknown as FaultBook;
  const bench = await openBench("1.6", { options: { faults } });
  const { recorder } = bench.parts;
  const link = bench.sent;
  if (!sends) link.push = () => 0;
  function pass(ms: number): void {
    bench.clock.advance(ms);
    recorder.flush();
  }
  const record = () => bench.frames().map(({ direction, action, marks = [] }) => [direction, action, ...marks]);
  return { ...bench, active, pass, record };
}

const boot = '[2,"b","BootNotification",{"chargePointVendor":"V","chargePointModel":"M"}]';
const beat = '[2,"1","Heartbeat",{}]';

test("silence is no answer at all, and what was said means nothing", async () => {
  const { say, pass, sent, state, record } = await faulty({ silent: true, delayMs: 1000 });
  say(boot);
  pass(60_000);
  expect([sent, state().boot, record()]).toEqual([[], undefined, [["in", "BootNotification", "silenced"]]]);
});

test("a delayed answer goes out when its time has come, tells the time of then, and means what it means as of the question", async () => {
  const { say, pass, sent, clock, frames, state, record } = await faulty({ delayMs: 5000 });
  say(boot);
  const asked = clock.now();
  pass(4999);
  expect([sent, state().boot]).toEqual([[], undefined]);
  pass(1);
  expect(JSON.parse(sent[0] ?? "[]")[2].currentTime).toBe(at(asked + 5000));
  expect([state().boot?.at, state().boot?.answered]).toEqual([asked, "Accepted"]);
  expect(record()).toEqual([
    ["in", "BootNotification"],
    ["out", "BootNotification", "delayed"],
  ]);
  expect(frames()[1]?.question).toBe(frames()[0]?.seq);
});

test("an answer in error has the code and the text that were asked for, and says that it is false", async () => {
  const { say, sent, state, record } = await faulty({ error: { code: "SecurityError", description: "no" } });
  say(boot);
  expect([sent, state().boot]).toEqual([['[4,"b","SecurityError","no",{}]'], undefined]);
  expect(record()[1]).toEqual(["out", "BootNotification", "false-error"]);
});

test.each([60_000, -60_000])(
  "a time that is off by %i ms is told in answers that tell one, and marked in those alone",
  async (offsetMs) => {
    const { say, sent, clock, record } = await faulty({ offsetMs });
    say(beat);
    const before = clock.now();
    say('[2,"2","Authorize",{"idTag":"A"}]');
    expect(JSON.parse(sent[0] ?? "[]")).toEqual([3, "1", { currentTime: at(before + offsetMs) }]);
    expect(record().filter(([way]) => way === "out")).toEqual([
      ["out", "Heartbeat", "wrong-time"],
      ["out", "Authorize"],
    ]);
  },
);

test("the same call again is answered again, and means nothing once more", async () => {
  const { say, sent, active, events, record } = await faulty({ offsetMs: 60_000 });
  say(boot);
  say(boot);
  active.fault = null;
  say(boot);
  expect(sent).toHaveLength(3);
  expect(events.newest(Number.MAX_SAFE_INTEGER, { kinds: ["booted"] }, 9)).toHaveLength(1);
  expect(record().map(([way]) => way)).toEqual(["in", "out", "in", "out", "in"]);
});

test("what a closing link does not take is told as not sent, and what waits when it ends is never answered", async () => {
  const { say, record } = await faulty({}, false);
  say(beat);
  expect(record()[1]).toEqual(["out", "Heartbeat", "not-sent"]);
  const twice = await faulty({ delayMs: 5000, offsetMs: 60_000 }, false);
  twice.say(beat);
  twice.pass(5000);
  twice.pass(0);
  expect(twice.record()[1]).toEqual(["out", "Heartbeat", "delayed", "wrong-time", "not-sent"]);
  const late = await faulty({ delayMs: 5000 });
  late.say(beat);
  late.closed();
  late.pass(5000);
  expect([late.sent, late.record()]).toEqual([[], [["in", "Heartbeat"]]]);
});

test("so many are delayed at once, and the next goes out undelayed and says nothing else", () => {
  const clock = createManualClock();
  const marks: (readonly string[] | undefined)[] = [];
  const answers = new FaultyAnswers({
    clock,
    ledger: { sent: (outgoing: { marks?: string[] }) => marks.push(outgoing.marks) },
    answered: () => undefined,
  } as unknown as FaultyAnswersOptions);
  const asked = { frame: { echo: '"1"', action: "Heartbeat" }, row: { seq: 1, at: 0 }, again: false };
  const error = { code: "InternalError", description: "" };
  const answer = () => answers.answer(asked as never, { ...plain, delayMs: 1000, error }, undefined);
  for (let n = 0; n < mostDelayed; n++) answer();
  expect(marks).toEqual([]);
  answer();
  expect(marks).toEqual([["false-error"]]);
  clock.advance(1000);
  expect(marks.length).toBe(mostDelayed + 1);
  expect(marks.at(-1)).toEqual(["delayed", "false-error"]);
  answer();
  expect(marks.length).toBe(mostDelayed + 1);
  answers.stop();
  clock.advance(1000);
  expect(marks.length).toBe(mostDelayed + 1);
});
