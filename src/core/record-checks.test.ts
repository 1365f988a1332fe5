import { beforeEach, expect, test, vi } from "vitest";
import { createManualClock } from "../lib/clock.ts";
import { DisposableStore } from "../lib/disposable.ts";
import { createEmitter } from "../lib/emitter.ts";
import { silentLogger } from "../lib/logger.ts";
import { type CareOptions, careForRecord } from "./record-care.ts";

const made = vi.hoisted(() => ({
  calls: [] as string[],
  found: null as (() => void) | null,
  index: null as (() => void) | null,
}));
vi.mock("../store/file/checkpoints.ts", () => ({
  Checkpoints: class {
    constructor(path: string, _log: unknown, move: () => void) {
      made.calls.push(`log of ${path}`);
      move();
    }
    committed = () => made.calls.push("committed");
    reopened = () => made.calls.push("reopened");
    pause = () => made.calls.push("pause");
    dispose = () => made.calls.push("checkpoints end");
  },
}));
vi.mock("../store/file/background-check.ts", () => ({
  checkInBackground: (path: string, _log: unknown, found: () => void) => {
    made.calls.push(`check ${path}`);
    made.found = found;
    return { dispose: () => made.calls.push("check ends") };
  },
}));
vi.mock("./index-frames.ts", () => ({
  indexInQuiet: ({ written }: { written: () => void }) => {
    made.index = written;
    return { dispose: () => made.calls.push("index ends") };
  },
}));
beforeEach(() => Object.assign(made, { calls: [], found: null, index: null }));

function setUp(doubtful: boolean) {
  const clock = createManualClock();
  const closing = new DisposableStore();
  const error = vi.fn();
  const recorder = {
    trouble: null,
    reached: 7,
    stored: createEmitter<unknown>(silentLogger),
    check: vi.fn(),
    flush: vi.fn(),
  };
  const file = {
    doubtful: false,
    reopened: createEmitter<void>(silentLogger),
    lastCall: () => undefined,
    foundDamaged: () => made.calls.push("found damaged"),
  };
  const registry = { save: vi.fn(), takeMoments: () => made.calls.push("moments") };
  const database = { path: "p.db", moveLog: () => made.calls.push("moved"), prepare: () => ({}), has: () => false };
  careForRecord(
    { database, file, recorder, registry, clock, log: { ...silentLogger, error }, doubtful } as unknown as CareOptions,
    closing,
  );
  const take = () => made.calls.splice(0);
  return { clock, closing, recorder, file, registry, error, take };
}

test("the log of the database is moved as it grows: at each commit, at what the index writes, and in a quiet moment", () => {
  const { recorder, file, clock, take } = setUp(false);
  expect(take()).toEqual(["log of p.db", "moved"]);
  recorder.stored.emit({});
  expect(take()).toEqual(["committed", "moments"]);
  file.reopened.emit();
  made.index?.();
  expect(take()).toEqual(["reopened", "committed"]);
  clock.advance(1999);
  expect(take()).toEqual([]);
  clock.advance(1);
  expect(take()).toEqual(["pause"]);
});

test("a record that is in doubt is looked through a second after the start, and damage is told at once", async () => {
  const { clock, recorder, take, closing } = setUp(true);
  take();
  clock.advance(999);
  expect(take()).toEqual([]);
  recorder.check.mockClear();
  clock.advance(1);
  expect(take()).toEqual(["check p.db"]);
  recorder.check.mockClear();
  made.found?.();
  expect([take(), recorder.check.mock.calls]).toEqual([["found damaged"], [[false]]]);
  await closing.dispose();
  expect(take()).toEqual(["check ends", "index ends", "checkpoints end"]);
});

test("one that is not is not looked through, nor one whose core ends before", async () => {
  const sound = setUp(false);
  sound.clock.advance(5000);
  const short = setUp(true);
  await short.closing.dispose();
  short.clock.advance(5000);
  expect(made.calls).not.toContain("check p.db");
});

test("a state that cannot be kept, or a file that cannot be looked at, is logged, and tried again", () => {
  const { clock, recorder, registry, error } = setUp(false);
  registry.save.mockImplementationOnce(() => {
    throw new Error("disk full");
  });
  clock.advance(2000);
  expect(error.mock.calls).toEqual([["the state could not be kept", { error: new Error("disk full") }]]);
  recorder.check.mockImplementationOnce(() => {
    throw new Error("gone");
  });
  clock.advance(1000);
  expect(error).toHaveBeenLastCalledWith("the record could not be looked at", { error: new Error("gone") });
  clock.advance(1000);
  expect([registry.save.mock.calls.length, error.mock.calls.length]).toEqual([2, 2]);
});
