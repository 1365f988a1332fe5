import { expect, test } from "vitest";
import type { Fault } from "../../station/faults.ts";
import type { FrameMark } from "../../station/marks.ts";
import { type Row, relayBench } from "./testing/relay-bench.ts";

test("a message from above that fails in us is on record, answered and told, and both conversations go on", () => {
  const { relay, rows, up, down, faults, fromAbove, breakDown } = relayBench();
  const text = '[2,"1","Reset",{"type":"Soft"}]';
  breakDown(true);
  fromAbove(text);
  breakDown(false);
  fromAbove('[2,"2","ClearCache",{}]');
  expect(rows.map(({ way }) => way)).toEqual(["above in", "above out", "to station"]);
  expect(rows[0]?.data).toBe(text);
  expect(up.map((sent) => JSON.parse(sent).slice(0, 3))).toEqual([[4, "1", "InternalError"]]);
  expect(down).toEqual(['[2,"2","ClearCache",{}]']);
  expect(faults).toEqual(["upstream frame RangeError: cannot pass"]);
  relay.end();
});

test("an answer of ours to such a message that cannot go up any more is on record as not passed", () => {
  const { rows, up, fromAbove, breakDown, lose, go } = relayBench();
  breakDown(true);
  fromAbove('[2,"1","Reset",{"type":"Soft"}]', false);
  lose();
  go();
  expect([up, rows.map(({ way, marks }) => [way, ...marks])]).toEqual([
    [],
    [
      ["above in", "not-passed"],
      ["above out", "injected", "not-passed"],
    ],
  ]);
});

test("what fails in us and is no question is on record, and answered with nothing", () => {
  const { rows, up, faults, fromAbove, breakDown } = relayBench();
  breakDown(true);
  fromAbove('[3,"nobody",{}]');
  fromAbove("hello");
  expect([up, faults.length, rows.map(({ way, action, marks }) => [way, action, ...marks])]).toEqual([
    ...[[], 2],
    [
      ["above in", null, "not-passed"],
      ["above in", null, "not-passed"],
    ],
  ]);
});

test("one call is under way at a time: none of ours goes while the station has one from above", () => {
  const { relay, fromAbove, fromStation, calls } = relayBench();
  expect(relay.mayCall).toBe(true);
  fromAbove('[2,"1","ClearCache",{}]');
  expect(relay.mayCall).toBe(false);
  calls.length = 0;
  fromStation('[3,"1",{"status":"Accepted"}]');
  expect([relay.mayCall, calls]).toEqual([true, ["resume"]]);
});

test("one call is under way at a time: one from above waits for ours, goes before the next of ours, and in its order", () => {
  const { relay, fromAbove, down, beBusy } = relayBench();
  beBusy(true);
  fromAbove('[2,"1","ClearCache",{}]');
  fromAbove('[2,"2","Reset",{"type":"Soft"}]');
  expect([down, relay.mayCall]).toEqual([[], false]);
  relay.stationFree();
  expect(down).toEqual([]);
  beBusy(false);
  relay.stationFree();
  expect(down.map((text) => JSON.parse(text)[1])).toEqual(["1", "2"]);
});

test.each([
  { whenAway: "answer", answered: ["1", "2"], calls: [] },
  { whenAway: "silent", answered: [], calls: [] },
  { whenAway: "disconnect", answered: [], calls: ["disconnect"] },
] as const)("the leg is lost with questions open, $whenAway: what the station hears of them", (given) => {
  const { fromStation, fromAbove, lose, answered, calls } = relayBench(given.whenAway);
  fromStation('[2,"0","Heartbeat",{}]');
  fromStation('[2,"1","Heartbeat",{}]');
  fromStation('[2,"2","Heartbeat",{}]');
  fromAbove('[3,"0",{"currentTime":"2026-01-01T00:00:00Z"}]');
  lose();
  expect([answered, calls]).toEqual([given.answered, given.calls]);
});

test("what waits for the station when it ends is on record as not passed", () => {
  const { relay, rows, fromAbove, down, beBusy } = relayBench();
  beBusy(true);
  fromAbove('[2,"1","ClearCache",{}]');
  relay.end();
  beBusy(false);
  relay.stationFree();
  expect([down, rows.at(-1)?.marks]).toEqual([[], ["from-upstream", "not-passed"]]);
});

test.each([
  { whenAway: "answer", answered: ["7"] },
  { whenAway: "silent", answered: [] },
] as const)("what cannot go up is on record as not passed, $whenAway: what the station hears of it", (given) => {
  const { fromStation, lose, rows, answered, up, faults } = relayBench(given.whenAway);
  lose();
  fromStation('[2,"7","Heartbeat",{}]');
  fromStation('[3,"nobody asked",{}]');
  expect(rows.map(({ marks }) => marks)).toEqual([["not-passed"], ["not-passed"]]);
  expect([answered, up, faults]).toEqual([given.answered, [], []]);
});

test.each([
  { whenAway: "answer", answered: ["1", "2"] },
  { whenAway: "silent", answered: [] },
] as const)("what waits while it is dialled, in vain, is answered $answered, each once ($whenAway)", (given) => {
  const { relay, fromStation, lose, open, rows, answered, up } = relayBench(given.whenAway);
  lose();
  relay.dial();
  fromStation('[2,"1","Heartbeat",{}]');
  fromStation('[2,"2","Heartbeat",{}]');
  expect([answered, up]).toEqual([[], []]);
  lose();
  expect([answered, rows.map(({ marks }) => marks)]).toEqual([given.answered, [["not-passed"], ["not-passed"]]]);
  relay.dial();
  fromStation('[2,"3","Heartbeat",{}]');
  open();
  expect(up).toEqual(['[2,"3","Heartbeat",{}]']);
});

const beat = '[2,"1","Heartbeat",{}]';
const beaten = '[3,"1",{"currentTime":"2026-01-01T00:00:00.000Z"}]';
const all = { up: true, down: true, actions: [] };
const none = { up: false, down: false, actions: [] };
const marksOf = (rows: readonly Row[]) => rows.map(({ way, marks }) => [way, ...marks]);

test("a question and its answer pass as they are, on record with their action and with what they mean together", () => {
  const { fromStation, fromAbove, rows, up, down, told, go } = relayBench();
  fromStation(beat);
  fromAbove(beaten);
  go();
  expect([up, down]).toEqual([[beat], [beaten]]);
  expect(rows).toEqual([
    { way: "from station", data: beat, action: "Heartbeat", question: null, marks: ["to-upstream"] },
    {
      way: "to station",
      data: beaten,
      action: "Heartbeat",
      question: 1,
      marks: ["from-upstream"],
      done: { at: 1000, events: [], findings: [] },
    },
  ]);
  expect(told).toEqual([
    "meaning of Heartbeat and no answer yet",
    "meaning of Heartbeat and result",
    `1 was answered ${beaten}`,
  ]);
});

test("the same question again, and its answer, mean nothing once more", () => {
  const { fromStation, fromAbove, told } = relayBench();
  fromStation(beat, { again: true });
  fromAbove(beaten);
  expect(told).toEqual([`1 was answered ${beaten}`]);
});

test("a question from above is told with its answer, and one that is late or never asked for passes without", () => {
  const { fromStation, fromAbove, rows, up, told, clock, relay, calls } = relayBench();
  fromAbove('[2,"7","ClearCache",{}]');
  expect([relay.awaits("7"), relay.awaits("8"), relay.awaitsAny]).toEqual([true, false, true]);
  clock.advance(29_999);
  expect([relay.mayCall, calls]).toEqual([false, []]);
  clock.advance(1);
  expect([relay.mayCall, relay.awaits("7"), relay.awaitsAny, calls]).toEqual([true, true, false, ["resume"]]);
  fromStation('[3,"7",{}]');
  fromStation('[3,"8",{}]');
  expect(up).toEqual(['[3,"7",{}]', '[3,"8",{}]']);
  expect(rows.map(({ action, question }) => [action, question])).toEqual([
    ["ClearCache", undefined],
    ["ClearCache", 1],
    [null, null],
  ]);
  expect([told, calls]).toEqual([["facts of ClearCache"], ["resume", "resume"]]);
});

test("what is held waits until it is let go, as it is or as it was changed by hand, or is thrown away", () => {
  const { relay, fromStation, fromAbove, rows, up, down, told, go } = relayBench();
  relay.hold({ ...all, actions: ["heartbeat"] });
  fromStation('[2,"0","StatusNotification",{}]');
  fromStation(beat);
  fromStation('[2,"2","Heartbeat",{}]');
  fromStation('[2,"3","Heartbeat",{}]');
  expect([up, relay.held.map(({ row }) => row.seq)]).toEqual([['[2,"0","StatusNotification",{}]'], [2, 3, 4]]);
  expect([relay.release(99), relay.drop(99)]).toEqual([false, false]);
  told.length = 0;
  expect([relay.release(2), relay.release(3, '[2,"2","Heartbeat",{"x":1}]'), relay.drop(4)]).toEqual([
    true,
    true,
    true,
  ]);
  expect([told, relay.held]).toEqual([["held changed", "held changed", "held changed"], []]);
  go();
  expect(up.slice(1)).toEqual([beat, '[2,"2","Heartbeat",{"x":1}]']);
  fromAbove(beaten);
  expect([down, relay.held.map(({ way, action }) => [way, action])]).toEqual([[], [["down", "Heartbeat"]]]);
  relay.hold(none);
  go();
  expect(down).toEqual([beaten]);
  expect(marksOf(rows)).toEqual([
    ["from station", "to-upstream"],
    ["from station", "held"],
    ["from station", "held"],
    ["from station", "held", "dropped"],
    ["above out", "held"],
    ["above out", "held", "changed"],
    ["above in", "held"],
    ["to station", "from-upstream", "held"],
  ]);
  expect(rows.at(-1)).toMatchObject({ action: "Heartbeat", question: 2, data: beaten });
  expect(rows.slice(4).map(({ data }) => data)).toEqual([beat, '[2,"2","Heartbeat",{"x":1}]', beaten, beaten]);
});

test("a held question is answered by hand: a frame put in towards the station is its answer", () => {
  const { relay, fromStation, rows, down, go } = relayBench();
  relay.hold(all);
  fromStation(beat);
  relay.injectDown(beaten);
  go();
  expect(down).toEqual([beaten]);
  expect(rows[1]).toMatchObject({ action: "Heartbeat", question: 1, marks: ["injected"], done: { at: 1000 } });
});

test("there is an end to what is held: the next frame goes on, and says that it was", () => {
  const { relay, fromStation, rows, up } = relayBench();
  relay.hold(all);
  for (let n = 0; n <= 500; n++) fromStation(`[2,"${n}","Heartbeat",{}]`);
  expect([relay.held.length, up]).toEqual([500, ['[2,"500","Heartbeat",{}]']]);
  expect(marksOf(rows.slice(500))).toEqual([
    ["from station", "held"],
    ["above out", "held"],
  ]);
});

test("bytes that were held go as the bytes they were, and as text where they were changed by hand", () => {
  const { relay, fromStation, rows, up, go } = relayBench();
  relay.hold(all);
  const bytes = Uint8Array.from([1, 2, 3]);
  fromStation("", { bytes, binary: true, frame: null });
  relay.release(1);
  go();
  expect([rows[1]?.data, up]).toEqual([bytes, [Buffer.from(bytes).toString()]]);
  fromStation("", { bytes, binary: true, frame: null });
  relay.release(3, beat);
  go();
  expect([rows[3]?.data, rows[3]?.marks, up[1]]).toEqual([beat, ["held", "changed"], beat]);
});

test("frames put in by hand keep their answers here, whichever way they went", () => {
  const { relay, fromStation, fromAbove, rows, up, down, go, calls } = relayBench();
  relay.injectDown('[2,"mine","ClearCache",{}]');
  go();
  expect(down).toEqual(['[2,"mine","ClearCache",{}]']);
  fromStation('[3,"mine",{"status":"Accepted"}]');
  expect([up, calls]).toEqual([[], ["resume"]]);
  expect(relay.injectUp('[2,"up","Heartbeat",{}]')).toBe(true);
  go();
  expect(up).toEqual(['[2,"up","Heartbeat",{}]']);
  fromAbove('[3,"up",{}]');
  expect(down).toHaveLength(1);
  expect(rows.map(({ way, action, question, marks }) => [way, action, question, ...marks])).toEqual([
    ["to station", "ClearCache", undefined, "injected"],
    ["from station", "ClearCache", 1, "not-passed"],
    ["above out", "Heartbeat", undefined, "injected"],
    ["above in", "Heartbeat", 3, "not-passed"],
  ]);
});

test("an answer that is put in upward is that of the question that went down, and none goes while nobody is above", () => {
  const { relay, fromAbove, rows, up, go, lose } = relayBench();
  fromAbove('[2,"7","ClearCache",{}]');
  expect(relay.injectUp('[3,"7",{"status":"Rejected"}]')).toBe(true);
  go();
  expect([up, relay.mayCall]).toEqual([['[3,"7",{"status":"Rejected"}]'], true]);
  expect(rows[1]).toMatchObject({ way: "above out", action: "ClearCache", question: 1, marks: ["injected"] });
  relay.injectUp('[2,"8","Heartbeat",{}]');
  lose();
  go();
  expect(rows[2]?.marks).toEqual(["injected", "not-passed"]);
  expect([relay.state.state, relay.injectUp(beat), rows.length]).toEqual(["away", false, 3]);
});

test("what cannot be read from above is passed, and told as the fault of the one above", () => {
  const { fromAbove, rows, down } = relayBench();
  fromAbove("[2,");
  expect(down).toEqual(["[2,"]);
  expect(rows[0]?.done?.findings.map(({ rule, where }) => [rule, where])).toEqual([["not-json", "upstream frame"]]);
  expect(rows[0]).toMatchObject({ action: null, marks: ["from-upstream"] });
});

test("an answer from above in which there is no time is not told to be wrong", () => {
  const { fromStation, fromAbove, rows, down, active, go } = relayBench();
  active.push({ kind: "time", offsetSeconds: 60, since: 0, until: 0 });
  fromStation(beat);
  fromAbove('[3,"1",{}]');
  go();
  expect([marksOf(rows.slice(1)), down]).toEqual([[["to station", "from-upstream"]], ['[3,"1",{}]']]);
});

test("what is on record already when it fails in us is not put there twice", () => {
  const { fromStation, fromAbove, rows, active, breakDown, faults } = relayBench();
  active.push({ kind: "time", offsetSeconds: 60, since: 0, until: 0 });
  fromStation(beat);
  breakDown(true);
  fromAbove(beaten);
  expect(marksOf(rows.slice(1))).toEqual([["above in", "wrong-time"]]);
  expect(faults).toEqual(["upstream frame RangeError: cannot pass"]);
});

test("what is put in by hand and is no frame goes as it was written, either way", () => {
  const { relay, rows, up, down, go } = relayBench();
  relay.injectDown("hello");
  relay.injectUp("hello");
  go();
  expect([up, down]).toEqual([["hello"], ["hello"]]);
  expect(rows.map(({ way, action, question, marks }) => [way, action, question, ...marks])).toEqual([
    ["to station", null, undefined, "injected"],
    ["above out", null, undefined, "injected"],
  ]);
});

test.each<[Fault, (string | FrameMark)[][], string[]]>([
  [{ kind: "silence" }, [["above in", "silenced"]], []],
  [
    { kind: "delay", ms: 500 },
    [
      ["above in", "delayed"],
      ["to station", "from-upstream", "delayed"],
    ],
    [beaten],
  ],
  [
    { kind: "time", offsetSeconds: 60 },
    [
      ["above in", "wrong-time"],
      ["to station", "from-upstream", "wrong-time"],
    ],
    ['[3,"1",{"currentTime":"2026-01-01T00:01:00.000Z"}]'],
  ],
  [{ kind: "delay", ms: 500, actions: ["Authorize"] }, [["to station", "from-upstream"]], [beaten]],
  [{ kind: "error", code: "InternalError" }, [["to station", "from-upstream"]], [beaten]],
])(
  "%o, put in on purpose: what is on record of an answer from above, and what the station gets",
  (fault, marks, got) => {
    const { fromStation, fromAbove, rows, down, active, clock, go } = relayBench();
    active.push({ ...fault, since: 0, until: 0 });
    // What would be an error if it were ours passes at once, whatever else is on.
    if (fault.kind === "error") active.push({ kind: "delay", ms: 500, since: 0, until: 0 });
    fromStation(beat);
    fromAbove(beaten);
    clock.advance(499);
    go();
    expect(down).toEqual(fault.kind === "delay" && !fault.actions ? [] : got);
    clock.advance(1);
    go();
    expect([marksOf(rows.slice(1)), down]).toEqual([marks, got]);
  },
);

test("what waits to go up when it ends is not passed, and no answer of ours takes the place of that from above", () => {
  const { relay, fromStation, lose, answered, rows } = relayBench();
  lose();
  relay.dial();
  fromStation(beat);
  relay.end();
  expect([answered, marksOf(rows)]).toEqual([[], [["from station", "not-passed"]]]);
});

test("when it ends, what was held or delayed is not passed any more, and what comes from above is not heard", () => {
  const { relay, fromStation, fromAbove, rows, down, active, clock, calls, go } = relayBench();
  active.push({ kind: "delay", ms: 500, since: 0, until: 0 });
  fromStation(beat);
  fromAbove(beaten);
  relay.hold(all);
  fromStation('[2,"2","Heartbeat",{}]');
  relay.end();
  relay.end();
  clock.advance(500);
  fromAbove('[2,"3","Reset",{}]');
  relay.injectDown('[2,"4","Reset",{}]');
  go();
  expect([down, calls]).toEqual([[], ["resume"]]);
  expect(marksOf(rows.slice(1))).toEqual([
    ["above in", "delayed"],
    ["from station", "held", "not-passed"],
  ]);
});
