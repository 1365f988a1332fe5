import { expect, test } from "vitest";
import { createManualClock } from "../lib/clock.ts";
import { DisposableStore } from "../lib/disposable.ts";
import { createEmitter } from "../lib/emitter.ts";
import { silentLogger } from "../lib/logger.ts";
import type { Words } from "../lib/words.ts";
import { words } from "../station/phrases.ts";
import { type CareOptions, careForRecord } from "./record-care.ts";

/** A record whose every part is made by hand; `said` is what was done for it, in order. */
function setUp() {
  const said: string[] = [];
  const clock = createManualClock();
  const closing = new DisposableStore();
  const recorder = {
    trouble: null as Words | null,
    reached: 7,
    waiting: 0,
    stored: createEmitter<unknown>(silentLogger),
    check: (trying: boolean) => said.push(`looked at${trying ? ", writing" : ""}`),
    flush: () => said.push("flushed"),
  };
  const file = { doubtful: false, reopened: createEmitter<void>(silentLogger), lastCall: () => said.push("last call") };
  const registry = {
    save: (reached: number) => said.push(`saved at ${reached}`),
    takeMoments: () => said.push("moments taken"),
  };
  const database = {
    path: "nowhere/plugside.db",
    moveLog: () => undefined,
    prepare: () => ({ get: () => undefined }),
    has: () => false,
  };
  careForRecord(
    { database, file, recorder, registry, clock, log: silentLogger, doubtful: false } as unknown as CareOptions,
    closing,
  );
  return { said, clock, closing, recorder, file };
}

test("keeps the states every two seconds, after what waits is stored, and once more at the end", async () => {
  const { said, clock, closing } = setUp();
  clock.advance(2000);
  expect(said.filter((what) => what !== "looked at")).toEqual(["flushed", "saved at 7"]);
  said.length = 0;
  await closing.dispose();
  expect(said).toEqual(["last call", "looked at", "flushed", "saved at 7"]);
  said.length = 0;
  clock.advance(10_000);
  expect(said).toEqual([]);
});

test("keeps no state while the record cannot be written: a state never goes before the frames it is made of", () => {
  const { said, clock, recorder } = setUp();
  recorder.trouble = words("no-core");
  clock.advance(10_000);
  expect(said).not.toContain("saved at 7");
  recorder.trouble = null;
  clock.advance(2000);
  expect(said).toContain("saved at 7");
});

test("looks after the file every second, and writes where it is in doubt", () => {
  const { said, clock, file } = setUp();
  clock.advance(1000);
  file.doubtful = true;
  clock.advance(1000);
  expect(said.filter((what) => what.startsWith("looked at"))).toContain("looked at, writing");
  expect(said[0]).toBe("looked at");
});

test("takes the moments of what was stored", () => {
  const { said, recorder } = setUp();
  recorder.stored.emit({ frames: [], events: [], marked: [] });
  expect(said).toContain("moments taken");
});
