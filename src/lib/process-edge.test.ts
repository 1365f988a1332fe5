import type { EventEmitter } from "node:events";
import { expect, onTestFinished, test } from "vitest";
import { createManualClock } from "./clock.ts";
import { silentLogger } from "./logger.ts";
import { guardProcess } from "./process-edge.ts";

/** A guard of this process alone, and what it told. */
function guarded() {
  const others = process.listeners("uncaughtException");
  process.removeAllListeners("uncaughtException");
  const told: unknown[] = [];
  const clock = createManualClock();
  const log = {
    ...silentLogger,
    bug: (message: string, details: unknown) => told.push([message, details]),
    error: (message: string) => told.push(message),
  };
  const guard = guardProcess({ log, clock, end: () => told.push("end") });
  onTestFinished(() => {
    void guard.dispose();
    for (const other of others) process.on("uncaughtException", other);
  });
  const fail = (times = 1) => {
    for (let time = 0; time < times; time++)
      (process as EventEmitter).emit("uncaughtException", "x", "uncaughtException");
  };
  return { guard, told, clock, fail, ends: () => told.filter((one) => one === "end").length };
}

test("ten in a minute are borne, and the eleventh ends it, told with what was thrown", () => {
  const { told, clock, fail, ends } = guarded();
  fail(10);
  clock.advance(60_000);
  fail(10);
  clock.advance(59_999);
  expect([ends(), told[0]]).toEqual([0, ["nothing caught this", { error: "x", origin: "uncaughtException" }]]);
  fail();
  expect(told.slice(-3)).toEqual([told[0], "too many faults that nothing caught; the core ends", "end"]);
});

test("let go, it hears nothing more", () => {
  const { guard, told, fail } = guarded();
  void guard.dispose();
  fail(20);
  expect([told, process.listenerCount("uncaughtException")]).toEqual([[], 0]);
});

test("goes on over single faults, and ends once when they come too fast", () => {
  const others = process.listeners("uncaughtException");
  process.removeAllListeners("uncaughtException");
  const bugs: unknown[] = [];
  const ends: number[] = [];
  const clock = createManualClock();
  const log = { ...silentLogger, bug: (_message: string, details: unknown) => bugs.push(details) };
  const guard = guardProcess({ log, clock, end: () => ends.push(bugs.length) });
  onTestFinished(() => {
    void guard.dispose();
    for (const other of others) process.on("uncaughtException", other);
  });
  const fail = () => (process as EventEmitter).emit("uncaughtException", new Error("x"), "unhandledRejection");
  for (let minute = 0; minute < 30; minute++) {
    fail();
    clock.advance(10_000);
  }
  expect(ends).toEqual([]);
  for (let times = 0; times < 30; times++) fail();
  expect(bugs).toHaveLength(60);
  expect(ends).toHaveLength(1);
});
