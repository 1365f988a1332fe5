import { expect, onTestFinished, test, vi } from "vitest";
import { createLogger, type Logger, logToAll } from "./logger.ts";

const levels = ["info", "warn", "error", "bug"] as const;

test("each message is a line, with its time, how grave it is and what belongs to it", () => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2026, 0, 1) });
  onTestFinished(() => void vi.useRealTimers());
  const lines: string[] = [];
  const log = createLogger((line) => lines.push(line));
  for (const level of levels) log[level]("a port is open", { error: 1 });
  log.info("alone");
  expect(lines).toEqual([
    ...levels.map((level) => `2026-01-01T00:00:00.000Z ${level} a port is open {"error":1}`),
    "2026-01-01T00:00:00.000Z info alone",
  ]);
});

test("an error is told with its stack, and nothing that is told begins another line", () => {
  const lines: string[] = [];
  const log = createLogger((line) => lines.push(line));
  const error = new Error("broken");
  log.bug("one\ntwo", { error, name: "a\nb\u001b[2J" });
  error.stack = undefined;
  log.bug("three", { error });
  expect(lines).toHaveLength(2);
  expect(lines[0]).toContain("logger.test.ts");
  expect(lines[1]).toContain('{"error":"broken"}');
  for (const sign of ["\n", "\u001b"]) expect(lines.join("")).not.toContain(sign);
});

test("what is said to all is said to each, as it was said", () => {
  const told: unknown[] = [];
  const listener = (name: string) =>
    Object.fromEntries(levels.map((level) => [level, (...said: unknown[]) => told.push([name, level, ...said])]));
  const log = logToAll(...(["a", "b"].map(listener) as unknown as Logger[]));
  for (const level of levels) log[level](`said ${level}`, { error: level });
  expect(told).toEqual(
    levels.flatMap((level) => ["a", "b"].map((name) => [name, level, `said ${level}`, { error: level }])),
  );
});
