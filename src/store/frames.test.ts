import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createManualClock } from "../lib/clock.ts";
import { silentLogger } from "../lib/logger.ts";
import { FramesRepository } from "./frames.ts";
import { type FrameEntry, Recorder } from "./recorder.ts";
import { Database } from "./sqlite/database.ts";

/** A record of these frames; what is not told of one is of a plain heartbeat. */
function recordOf(...entries: (Partial<FrameEntry> & { seq: number })[]) {
  const folder = mkdtempSync(join(tmpdir(), "plugside-frames-"));
  const database = new Database(join(folder, "plugside.db"));
  onTestFinished(() => {
    database.dispose();
    rmSync(folder, { recursive: true, force: true });
  });
  const recorder = new Recorder({ database, clock: createManualClock(), log: silentLogger });
  for (const entry of entries) {
    recorder.frame({
      station: { id: 1, identity: "CP1" },
      connection: 1,
      at: 1000,
      direction: "in",
      data: '[2,"a","Heartbeat",{}]',
      action: "Heartbeat",
      question: null,
      stationTime: null,
      findings: [],
      answer: null,
      ...entry,
    });
  }
  recorder.flush();
  return Object.assign(new FramesRepository(database), { database, recorder });
}

const numbers = (rows: readonly { seq: number }[]) => rows.map(({ seq }) => seq);

test("an answer is the one that passed at the station, not the one of the leg above", () => {
  const frames = recordOf(
    { seq: 2, direction: "out" },
    { seq: 4, question: 2, lane: "upstream" },
    { seq: 6, question: 2 },
    { seq: 8, question: 3 },
  );
  expect(numbers(frames.answersTo([2]))).toEqual([6]);
  expect(frames.answersTo([])).toEqual([]);
});

test("a list leaves out answers with a row of their own, and shows what was on the leg above", () => {
  const frames = recordOf(
    { seq: 2, direction: "out" },
    { seq: 4, question: 2, lane: "upstream" },
    { seq: 6, question: 2 },
  );
  expect(numbers(frames.between(0, 10, { alone: true }))).toEqual([2, 4]);
  expect(numbers(frames.between(0, 10))).toEqual([2, 4, 6]);
});

test("what was printed on a console is found as such, and is of neither way where that is not told", () => {
  const frames = recordOf(
    { seq: 2 },
    { seq: 4, lane: "upstream" },
    { seq: 6, lane: "console" },
    { seq: 8, lane: "console", direction: "unknown", question: 6 },
  );
  expect(numbers(frames.between(0, 10, { on: "console", alone: true }))).toEqual([6, 8]);
  expect(numbers(frames.between(0, 10, { on: "link" }))).toEqual([2]);
  expect(numbers(frames.between(0, 10, { direction: "in" }))).toEqual([2, 4, 6]);
  expect(numbers(frames.between(0, 10, { direction: "out" }))).toEqual([]);
  expect(frames.at([6, 8])).toMatchObject([{ lane: "console" }, { lane: "console", direction: "unknown" }]);
});

test.each([
  { text: "100%", found: [2] },
  { text: "a_b", found: [4] },
  { text: "back\\\\slash", found: [6] },
  { text: "AXB", found: [8] },
  { text: "said", found: [10] },
  { text: "", found: [2, 4, 6, 8, 10] },
])("the text $text is looked for as it stands, letter case aside: $found", ({ text, found }) => {
  const frames = recordOf(
    { seq: 2, data: "100%" },
    { seq: 4, data: "a_b" },
    { seq: 6, data: "back\\\\slash" },
    { seq: 8, data: "axb 1000" },
    { seq: 10, answer: { at: 1000, text: "SAID" } },
  );
  expect(numbers(frames.between(0, 20, { text }))).toEqual(found);
});

test.each([
  { filter: { direction: "in" as const }, found: [2, 6] },
  { filter: { direction: "out" as const }, found: [4] },
  { filter: { station: 2 }, found: [6] },
  { filter: { stations: [1, 3] }, found: [2, 4] },
])("narrowed by $filter: $found", ({ filter, found }) => {
  const frames = recordOf({ seq: 2 }, { seq: 4, direction: "out" }, { seq: 6, station: { id: 2, identity: "CP2" } });
  expect(numbers(frames.between(0, 10, filter))).toEqual(found);
  expect(numbers(frames.newest(0, 10, filter, 10))).toEqual(found.toReversed());
});

test("a stretch holds its first number and not its last", () => {
  const frames = recordOf({ seq: 2 }, { seq: 4 }, { seq: 6 });
  expect(numbers(frames.between(2, 6))).toEqual([2, 4]);
  expect(numbers(frames.newest(2, 6, {}, 1))).toEqual([4]);
});

test("a number that was given to our answer leads to the row that it stands in, and to no other", () => {
  const frames = recordOf({ seq: 2, answer: { at: 1001, text: "[3]" } }, { seq: 4 });
  expect([2, 3, 4, 5].map((seq) => frames.holding(seq)?.seq)).toEqual([2, 2, 4, undefined]);
});

test("a time leads to the first row at or after it", () => {
  const frames = recordOf({ seq: 2, at: 1000 }, { seq: 4, at: 2000 }, { seq: 6, at: 2000 }, { seq: 8, at: 3000 });
  expect(numbers(frames.between(frames.seqAt(2000), 20))).toEqual([4, 6, 8]);
  expect(numbers(frames.between(frames.seqAt(2001), 20))).toEqual([8]);
});

test("every time leads to its row, whether rows lie side by side or far from each other", () => {
  for (const apart of [1, 3]) {
    const seqs = Array.from({ length: 9 }, (_, row) => 5 + row * apart);
    const frames = recordOf(...seqs.map((seq) => ({ seq, at: 1000 + seq })));
    expect(seqs.map((seq) => frames.seqAt(1000 + seq))).toEqual(seqs);
  }
});

test("a time leads to the number that the record had come to: of its last row then, or its last event", () => {
  const frames = recordOf({ seq: 2, at: 1000 }, { seq: 4, at: 2000 }, { seq: 10, at: 3000 });
  const own = (seq: number, at: number) =>
    frames.recorder.event({
      station: { id: 1, identity: "CP1" },
      event: { kind: "security-event", type: "x", at, seq },
      own: true,
    });
  expect([999, 1000, 1999, 2000, 2999].map((time) => frames.reachedAt(time))).toEqual([1, 3, 3, 9, 9]);
  expect(frames.reachedAt(3000)).toBe(Number.MAX_SAFE_INTEGER - 1);
  own(6, 2100);
  own(8, 2900);
  own(12, 3100);
  frames.recorder.flush();
  expect([2000, 2099, 2100, 2500, 2900, 2999].map((time) => frames.reachedAt(time))).toEqual([5, 5, 7, 7, 9, 9]);
  expect([3000, 3099].map((time) => frames.reachedAt(time))).toEqual([11, 11]);
  expect(frames.reachedAt(3100)).toBe(Number.MAX_SAFE_INTEGER - 1);
});

test("the ends of a record are known, and of an empty one none", () => {
  expect(recordOf().bounds()).toEqual({ first: 0, last: 0 });
  expect(recordOf({ seq: 4 }, { seq: 9 }, { seq: 2 }).bounds()).toEqual({ first: 2, last: 9 });
  expect([recordOf().seqAt(5), recordOf().reachedAt(5)]).toEqual([1, Number.MAX_SAFE_INTEGER - 1]);
});

test("a row whose notes cannot be read is there without them, and each is counted", () => {
  const frames = recordOf({ seq: 2, findings: [{ rule: "odd-token", where: "x", said: "y" }], marks: ["held"] });
  const whole = frames.holding(2);
  expect(whole).toMatchObject({ findings: [{ rule: "odd-token" }], marks: ["held"], at: 1000 });
  for (const [column, value] of [
    ["findings", '"none"'],
    ["findings", "[null]"],
    ["findings", "[7]"],
    ["findings", '[{"where":"x"}]'],
    ["findings", "["],
  ]) {
    frames.database.prepare(`UPDATE frames SET ${column} = ?`).run(String(value));
    expect(frames.holding(2)?.findings).toEqual([]);
  }
  frames.database.prepare("UPDATE frames SET marks = ?").run("[7]");
  expect(frames.holding(2)?.marks).toEqual([]);
  frames.database.exec(
    "UPDATE frames SET findings = NULL, marks = NULL, at = 8.65e15, answer_text = 'x', answer_at = 'soon'",
  );
  expect(frames.holding(2)).toEqual({ ...whole, findings: [], marks: undefined, at: 0, answer: { at: 0, text: "x" } });
  expect(frames.database.skipped.get("frames")).toBe(5 + 2 + 2);
});

test("an action of any length is told cut, and how far one look reaches goes by what is looked for", () => {
  const frames = recordOf({ seq: 2, action: "Heartbeat" });
  frames.database.prepare("UPDATE frames SET action = ?").run("x".repeat(101));
  expect(frames.holding(2)?.action?.length).toBeLessThanOrEqual(100);
  expect(frames.beginBelow(50_000, {})).toBe(30_000);
  expect(frames.beginBelow(50_000, { station: 1 })).toBe(30_000);
  frames.database.exec("UPDATE frame_keys_reach SET seq = 50000");
  expect(frames.beginBelow(50_000, { station: 1 })).toBe(-350_000);
  expect(frames.beginBelow(50_001, { station: 1 })).toBe(30_001);
  expect(frames.beginBelow(50_000, {})).toBe(30_000);
});

test.each<[string, boolean, Partial<FrameEntry>]>([
  ["a plain heartbeat", false, {}],
  ["a finding", true, { findings: [{ rule: "odd-token", where: "x", said: "y" }] }],
  ["an error", true, { data: '[4,"1","X","",{}]' }],
  ["an error of ours", true, { answer: { at: 1, text: '[4,"1","X","",{}]' } }],
  ["an error in the middle of a text", false, { data: '[3,"1",{"a":"[4,"}]' }],
  ["a fault", true, { action: "StatusNotification", data: '[2,"1","StatusNotification",{"status":"Faulted"}]' }],
  ["an error code", true, { action: "StatusNotification", data: '{"errorCode":"GroundFailure"}' }],
  ["none", false, { action: "StatusNotification", data: '{"errorCode":"NoError","status":"Available"}' }],
  ["no code at all", false, { action: "StatusNotification", data: '{"status":"Available"}' }],
  ["a word of faults elsewhere", false, { action: "DataTransfer", data: '{"status":"Faulted","errorCode":"X"}' }],
  ["a problem", true, { action: "NotifyEvent", data: '{"variable":{"name":"Problem"}}' }],
  ["a maker's code", true, { action: "NotifyEvent", data: '{"techCode":"E1"}' }],
  ["an event of another kind", false, { action: "NotifyEvent", data: '{"variable":{"name":"Power"}}' }],
])("%s is a problem: %s", (_what, is, entry) => {
  expect(numbers(recordOf({ seq: 2, ...entry }).between(0, 9, { problems: true }))).toEqual(is ? [2] : []);
});

test("a question of ours is a problem where it was answered with an error at the station", () => {
  const error = '[4,"1","NotSupported","",{}]';
  const problems = (...entries: (Partial<FrameEntry> & { seq: number })[]) =>
    numbers(recordOf({ seq: 2, direction: "out", action: "Reset" }, ...entries).between(0, 9, { problems: true }));
  expect(problems({ seq: 4, question: 2, data: error })).toEqual([2, 4]);
  expect(problems({ seq: 4, question: 2, data: '[3,"1",{}]' })).toEqual([]);
  expect(problems({ seq: 4, question: 2, data: error, lane: "upstream" })).toEqual([4]);
  expect(problems({ seq: 4, question: 9, data: error })).toEqual([4]);
});
