import { expect, test } from "vitest";
import { createManualClock } from "../lib/clock.ts";
import { createEmitter } from "../lib/emitter.ts";
import { silentLogger } from "../lib/logger.ts";
import type { FrameEntry, Stored } from "../store/recorder.ts";
import { indexInQuiet } from "./index-frames.ts";

function setUp() {
  const clock = createManualClock();
  const stored = createEmitter<Stored>(silentLogger);
  const asked: number[] = [];
  const written: number[] = [];
  const errors: string[] = [];
  const record = { waiting: 0, trouble: null, reached: 50_000, stored };
  const keys = { fails: false };
  const indexing = indexInQuiet({
    keys: {
      extend(last) {
        asked.push(last);
        if (keys.fails) throw new Error("disk full");
        return true;
      },
    },
    recorder: record,
    clock,
    log: { ...silentLogger, error: (what) => errors.push(what) },
    written: () => written.push(clock.monotonic()),
  });
  const store = (count: number) =>
    stored.emit({ frames: Array.from({ length: count }, () => ({}) as FrameEntry), events: [], marked: [] });
  return { clock, record, keys, asked, written, errors, store, indexing };
}

test("takes up a piece at each look, short of the newest", () => {
  const { clock, asked, written, indexing } = setUp();
  clock.advance(500);
  expect([asked, written.length]).toEqual([[40_000, 40_000], 2]);
  indexing.dispose();
  clock.advance(500);
  expect(asked).toHaveLength(2);
});

test("waits while many frames come, and while some are not stored", () => {
  const { clock, record, asked, store } = setUp();
  store(51);
  clock.advance(250);
  record.waiting = 1;
  clock.advance(250);
  expect(asked).toEqual([]);
  record.waiting = 0;
  store(50);
  clock.advance(250);
  expect(asked).toHaveLength(1);
});

test("tries again after a minute where it could not write", () => {
  const { clock, keys, asked, written, errors } = setUp();
  keys.fails = true;
  clock.advance(59_000);
  keys.fails = false;
  clock.advance(1000);
  expect([asked.length, errors.length, written]).toEqual([1, 1, []]);
  clock.advance(500);
  expect(written).toHaveLength(2);
});
