import { expect, test } from "vitest";
import { createManualClock, guardedClock } from "./clock.ts";
import { createEmitter } from "./emitter.ts";

test("a listener that throws stops neither the others nor who told them", () => {
  const bugs: unknown[] = [];
  const heard: number[] = [];
  const emitter = createEmitter<number>({ bug: (message, { error }) => bugs.push([message, error]) });
  emitter.on(() => {
    throw "broken";
  });
  emitter.on((value) => heard.push(value));
  emitter.emit(7);
  expect({ bugs, heard }).toEqual({ bugs: [["a listener failed", "broken"]], heard: [7] });
});

test("a timer that throws is told of, and a repeating one goes on", () => {
  const told: unknown[] = [];
  const clock = createManualClock();
  const guarded = guardedClock(clock, (error) => told.push([clock.monotonic(), error]));
  const fail = () => {
    throw "broken";
  };
  guarded.after(5, fail);
  const repeating = guarded.every(10, fail);
  clock.advance(25);
  repeating.stop();
  clock.advance(25);
  expect(told).toEqual([5, 10, 20].map((at) => [at, "broken"]));
});

test("who listens is told until he has enough, each once for one event", () => {
  const heard: string[] = [];
  const emitter = createEmitter<number>({ bug: () => undefined });
  const first = (value: number) => heard.push(`first ${value}`);
  const listening = emitter.on(first);
  emitter.on((value) => heard.push(`second ${value}`));
  expect(emitter.size).toBe(2);
  emitter.emit(1);
  void listening.dispose();
  void listening.dispose();
  expect(emitter.size).toBe(1);
  emitter.emit(2);
  expect(heard).toEqual(["first 1", "second 1", "second 2"]);
});
