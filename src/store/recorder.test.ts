import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createManualClock } from "../lib/clock.ts";
import { silentLogger } from "../lib/logger.ts";
import type { Words } from "../lib/words.ts";
import { unstoredCost } from "../station/bounds.ts";
import { words } from "../station/phrases.ts";
import { FramesRepository } from "./frames.ts";
import { type FrameEntry, Recorder, type RecorderOptions } from "./recorder.ts";
import { Database, lockFolder } from "./sqlite/database.ts";

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "plugside-store-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

function setUp(path = join(folder(), "plugside.db"), more: Partial<RecorderOptions> = {}) {
  const database = new Database(path);
  onTestFinished(() => database.dispose());
  const clock = createManualClock();
  const tasks: (() => void)[] = [];
  const recorder = new Recorder({ database, clock, log: silentLogger, schedule: (task) => tasks.push(task), ...more });
  return { path, database, clock, recorder, tick: () => tasks.splice(0).map((task) => task()) };
}

function frame(seq: number, change: Partial<FrameEntry> = {}): FrameEntry {
  return {
    seq,
    station: { id: 1, identity: "CP1" },
    connection: 1,
    at: 1000.25,
    direction: "in",
    data: '[2,"a","Heartbeat",{}]',
    action: "Heartbeat",
    question: null,
    stationTime: null,
    findings: [],
    answer: { at: 1000.5, text: '[3,"a",{}]' },
    ...change,
  };
}

test("frames of one tick share a commit, and nobody is told before it", () => {
  const { recorder, tick, database } = setUp();
  const told: string[] = [];
  recorder.stored.on(({ frames }) => told.push(`stored ${frames.length}`));
  recorder.frame(frame(2), () => told.push("first"));
  recorder.frame(frame(4), () => told.push("second"));
  expect(told).toEqual([]);
  tick();
  expect(told).toEqual(["first", "second", "stored 2"]);
  expect(new FramesRepository(database).between(0, 100).map((row) => row.seq)).toEqual([2, 4]);
});

/** How many frames are stored after each turn, when so many come in each. */
function storedBy(arrivals: readonly number[]): number[] {
  const { recorder, tick } = setUp();
  let stored = 0;
  let next = 2;
  recorder.stored.on(({ frames }) => {
    stored += frames.length;
  });
  return arrivals.map((count) => {
    for (let one = 0; one < count; one++, next += 2) recorder.frame(frame(next));
    tick();
    return stored;
  });
}

test("under load a commit waits while more keep coming, four turns at the most and 256 frames; a few never wait", () => {
  expect(storedBy([3])).toEqual([3]);
  expect(storedBy([4, 0])).toEqual([0, 4]);
  expect(storedBy([4, 1, 1, 1, 1])).toEqual([0, 0, 0, 7, 8]);
  expect(storedBy([255, 1])).toEqual([0, 256]);
  expect(storedBy([256])).toEqual([256]);
});

test("tells how much waits, each frame by its bytes, its answer's and what it costs, until it is stored", () => {
  const { recorder, tick } = setUp();
  expect([recorder.unstored, recorder.waiting]).toEqual([0, 0]);
  recorder.frame(frame(2, { data: "12345", answer: { at: 1, text: "123" } }));
  recorder.frame(frame(4, { data: "12345", answer: null }));
  expect([recorder.unstored, recorder.waiting]).toEqual([2 * unstoredCost + 13, 2]);
  tick();
  expect([recorder.unstored, recorder.waiting]).toEqual([0, 0]);
});

test("a stored frame reads back as it was", () => {
  const { recorder, tick, database } = setUp();
  const bytes = new Uint8Array([91, 0xff, 93]);
  recorder.frame(frame(2, { findings: [{ rule: "early-call", where: "Heartbeat", said: "Heartbeat" }] }));
  recorder.frame(
    frame(4, { data: bytes, action: null, answer: null, stationTime: "2026-01-01T00:00:00Z", question: 3 }),
  );
  tick();
  const frames = new FramesRepository(database);
  expect(frames.holding(3)).toEqual({
    ...frame(2, { findings: [{ rule: "early-call", where: "Heartbeat", said: "Heartbeat" }] }),
    station: 1,
  });
  expect(frames.holding(4)).toEqual({
    ...frame(4, { data: bytes, action: null, answer: null, stationTime: "2026-01-01T00:00:00Z", question: 3 }),
    station: 1,
  });
  expect(frames.holding(5)).toBeUndefined();
});

test("numbers go on after a restart, past the answer of the last frame", () => {
  const first = setUp();
  first.recorder.frame(frame(first.recorder.take(2)));
  first.recorder.dispose();
  first.database.dispose();
  const second = setUp(first.path);
  const last = new FramesRepository(second.database).bounds().last;
  expect(second.recorder.take()).toBeGreaterThan(last + 1);
});

test("what cannot be written is kept, nobody is told, and it is tried again", () => {
  const { recorder, tick, clock, database } = setUp();
  const told: string[] = [];
  const problems: (Words | null)[] = [];
  recorder.problem.on((problem) => problems.push(problem));
  database.exec("ALTER TABLE frames RENAME TO away");
  recorder.frame(frame(2), () => told.push("answered"));
  tick();
  expect(told).toEqual([]);
  expect(recorder.trouble).toEqual(words("system-says", { error: "no such table: frames" }));
  database.exec("ALTER TABLE away RENAME TO frames");
  clock.advance(1000);
  expect(told).toEqual(["answered"]);
  expect(problems.length).toBe(2);
  expect(recorder.trouble).toBeNull();
});

test("a folder in use is refused in words", () => {
  const path = join(folder(), "lock.db");
  const lock = lockFolder(path);
  expect(() => lockFolder(path)).toThrow(/Another Plugside is using the data folder/);
  void lock.dispose();
  void lockFolder(path).dispose();
});

test("a record of a newer Plugside is refused in words", () => {
  const { database, path } = setUp();
  database.exec("PRAGMA user_version = 999");
  expect(() => new Database(path)).toThrow(/newer Plugside/);
});

test("what came is known by its number, on record or about to be", () => {
  const { recorder, tick } = setUp();
  const bytes = new Uint8Array([91, 0xff]);
  recorder.frame(frame(2));
  recorder.frame(frame(4, { data: bytes, answer: null }));
  const known = () => [2, 3, 4, 6].map((seq) => recorder.dataOf(seq));
  const expected = [frame(2).data, undefined, bytes, undefined];
  expect(known()).toEqual(expected);
  tick();
  expect(known()).toEqual(expected);
});

test("marks of a frame that is on record are told with those that changed, and with nothing else", () => {
  const { recorder, tick, database } = setUp();
  const told: number[][] = [];
  recorder.stored.on(({ frames, events, marked }) => told.push([frames.length, events.length, marked.length]));
  const entry = frame(2);
  recorder.frame(entry);
  tick();
  recorder.mark(entry, ["not-sent"]);
  expect([entry.marks, recorder.waiting]).toEqual([["not-sent"], 1]);
  tick();
  expect(told).toEqual([
    [1, 0, 0],
    [0, 0, 1],
  ]);
  expect(new FramesRepository(database).holding(2)?.marks).toEqual(["not-sent"]);
});

test("whether it can be written is asked without writing, or tried with nothing to write", () => {
  let obstacle: Words | null = null;
  const failed: unknown[] = [];
  const logged: unknown[] = [];
  const log = {
    ...silentLogger,
    error: (text: string, details?: object) => logged.push([text, details]),
    info: (text: string) => logged.push(text),
  };
  const more = { obstacle: () => obstacle, failed: (error: unknown) => failed.push(error), log };
  const { recorder, clock, database } = setUp(undefined, more);
  recorder.check(false);
  recorder.check(true);
  expect(recorder.trouble).toBeNull();
  database.exec("ALTER TABLE record RENAME TO away");
  recorder.check(false);
  expect([recorder.trouble, failed]).toEqual([null, []]);
  recorder.check(true);
  expect([recorder.trouble, failed.length]).toEqual([words("system-says", { error: expect.any(String) }), 1]);
  // While it is tried again by itself nobody else tries.
  recorder.check(true);
  recorder.flush();
  expect(failed).toHaveLength(1);
  database.exec("ALTER TABLE away RENAME TO record");
  clock.advance(999);
  expect(recorder.trouble).not.toBeNull();
  clock.advance(1);
  expect(recorder.trouble).toBeNull();
  obstacle = words("record-gone", { path: "x" });
  recorder.check(false);
  expect([recorder.trouble, failed.length]).toEqual([obstacle, 1]);
  expect(logged).toEqual([
    ["the record cannot be written", { why: expect.any(String) }],
    "the record can be written again",
    ["the record cannot be written", { why: expect.any(String) }],
  ]);
});

test("what follows a commit and fails is a fault of ours, and what comes behind it follows all the same", () => {
  const bugs: unknown[] = [];
  const { recorder, tick } = setUp(undefined, { log: { ...silentLogger, bug: (text) => bugs.push(text) } });
  const told: string[] = [];
  recorder.frame(frame(2), () => {
    throw new Error("no link");
  });
  recorder.frame(frame(4), () => told.push("second"));
  recorder.stored.on(() => told.push("stored"));
  tick();
  expect([bugs, told]).toEqual([["what follows a commit failed"], ["second", "stored"]]);
});

test("at the end what waits is stored, and what cannot be is told as lost", () => {
  const logged: unknown[] = [];
  const log = {
    ...silentLogger,
    error: (text: string, details?: Record<string, unknown>) => logged.push([text, details?.count]),
  };
  const first = setUp(undefined, { log });
  first.recorder.frame(frame(2));
  first.recorder.dispose();
  expect([new FramesRepository(first.database).bounds().last, logged]).toEqual([2, []]);
  const second = setUp(undefined, { log, obstacle: () => words("record-gone", { path: "x" }) });
  second.recorder.frame(frame(2));
  second.recorder.dispose();
  second.clock.advance(5000);
  expect(logged.at(-1)).toEqual(["the record ends without its last entries", 1]);
  expect(logged).toHaveLength(2);
});
