import type { EventEmitter } from "node:events";
import { expect, onTestFinished, test } from "vitest";
import { createManualClock } from "./clock.ts";
import { silentLogger } from "./logger.ts";
import { guardProcess } from "./process-edge.ts";

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
