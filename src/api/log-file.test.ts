import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createManualClock } from "../lib/clock.ts";
import { earlierLogFile, logFile, mostLogBytes, openLogFile } from "./log-file.ts";

function setUp() {
  const home = mkdtempSync(join(tmpdir(), "plugside-log-"));
  const folder = join(home, "data");
  const clock = createManualClock(Date.UTC(2026, 0, 31));
  const log = openLogFile(folder, clock);
  onTestFinished(() => {
    void log.dispose();
    rmSync(home, { recursive: true, force: true });
  });
  return { folder, clock, log, text: () => readFileSync(logFile(folder), "utf8") };
}

test("lines are gathered for a moment and come in their order, in a file that nobody else reads", () => {
  const { folder, clock, log, text } = setUp();
  log.write("one");
  log.write("two");
  expect(statSync(logFile(folder), { throwIfNoEntry: false })).toBeUndefined();
  clock.advance(250);
  expect(text()).toBe("one\ntwo\n");
  log.write("three");
  clock.advance(249);
  expect(text()).toBe("one\ntwo\n");
  void log.dispose();
  expect(text()).toBe("one\ntwo\nthree\n");
  if (process.platform !== "win32") expect(statSync(logFile(folder)).mode & 0o777).toBe(0o600);
});

test("a full file takes the place of the one before it, and no more than two are kept", () => {
  const { folder, log, text } = setUp();
  const line = "x".repeat(9_999);
  for (let written = 0; written < 700; written++) log.write(line);
  log.write("the last");
  log.flush();
  const sizes = [logFile(folder), earlierLogFile(folder)].map((path) => statSync(path).size);
  for (const size of sizes) expect(size).toBeLessThanOrEqual(mostLogBytes);
  expect(sizes[1]).toBeGreaterThan(mostLogBytes / 2);
  expect(text().endsWith("\nthe last\n")).toBe(true);
});

test("a line is cut, however long it is", () => {
  const { log, text } = setUp();
  log.write("y".repeat(1_000_000));
  log.flush();
  expect(text().length).toBeLessThan(20_000);
});

test("a disk that takes nothing costs lines and nothing else, and how many is told", () => {
  const { folder, log, text } = setUp();
  writeFileSync(folder, "a file in the way");
  log.write("lost");
  log.write("lost with it");
  log.flush();
  log.write("lost too");
  log.flush();
  rmSync(folder);
  mkdirSync(folder);
  log.write("kept");
  log.flush();
  log.write("later");
  log.flush();
  expect(text()).toBe("2026-01-31T00:00:00.000Z warn 3 lines could not be written\nkept\nlater\n");
});

test("a file that cannot be moved is given up and does not grow", () => {
  const { folder, log, text } = setUp();
  mkdirSync(join(earlierLogFile(folder), "in the way"), { recursive: true });
  writeFileSync(logFile(folder), "z".repeat(mostLogBytes));
  log.write("after");
  log.flush();
  expect(text()).toBe("after\n");
});
