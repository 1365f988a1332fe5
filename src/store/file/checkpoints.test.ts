import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type Logger, silentLogger } from "../../lib/logger.ts";
import { Database } from "../sqlite/database.ts";
import { Checkpoints } from "./checkpoints.ts";

/** A thread takes its time to begin where the machine is busy. */
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "plugside-checkpoints-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("moves what is in the log into the database while the writer has it open", async () => {
  const path = join(folder, "plugside.db");
  const database = new Database(path);
  const checkpoints = new Checkpoints(path, silentLogger, () => true);
  database.exec("INSERT INTO settings VALUES ('where', 'written to the log alone')");
  expect(readFileSync(path).includes("written to the log alone")).toBe(false);
  checkpoints.committed();
  checkpoints.pause();
  await expect.poll(() => readFileSync(path).includes("written to the log alone")).toBe(true);
  await checkpoints.dispose();
  database.dispose();
});

it("is waited for by a process that has nothing else to do", async () => {
  const path = join(folder, "plugside.db");
  const place = (name: string) => JSON.stringify(new URL(name, import.meta.url).href);
  const program = `
    import { readFileSync } from "node:fs";
    import { setImmediate } from "node:timers/promises";
    import { Checkpoints } from ${place("./checkpoints.ts")};
    import { Database } from ${place("../sqlite/database.ts")};
    const path = ${JSON.stringify(path)};
    const database = new Database(path);
    const checkpoints = new Checkpoints(path, console, () => true);
    database.exec("INSERT INTO settings VALUES ('what', 'moved')");
    checkpoints.committed();
    checkpoints.pause();
    while (!readFileSync(path).includes("moved")) await setImmediate();
    // By now its thread idles.
    for (let turn = 0; turn < 5000; turn++) await setImmediate();
    await checkpoints.dispose();
    database.dispose();
    console.log("closed");`;
  const file = join(folder, "program.mjs");
  writeFileSync(file, program);
  const { stdout } = await promisify(execFile)(process.execPath, [file]);
  expect(stdout).toBe("closed\n");
}, 30_000);

it("says so once when its thread ends, and another takes over when it can", async () => {
  const warnings: string[] = [];
  const log: Logger = { ...silentLogger, warn: (text) => void warnings.push(text) };
  const place = join(folder, "not there yet");
  const path = join(place, "plugside.db");
  const checkpoints = new Checkpoints(path, log, () => true);
  checkpoints.committed();
  for (let time = 1; time <= 3; time++) {
    checkpoints.pause();
    await expect.poll(() => checkpoints.isIdle).toBe(true);
  }
  expect(warnings).toEqual(["the record's log cannot be moved into it; tried again"]);
  const database = new Database(path);
  database.exec("INSERT INTO settings VALUES ('where', 'written to the log alone')");
  checkpoints.pause();
  await expect.poll(() => readFileSync(path).includes("written to the log alone")).toBe(true);
  await checkpoints.dispose();
  database.dispose();
});

it("goes on with the file that has the path now, and lets the one before go", async () => {
  const path = join(folder, "plugside.db");
  const first = new Database(path);
  const checkpoints = new Checkpoints(path, silentLogger, () => true);
  checkpoints.committed();
  checkpoints.pause();
  await expect.poll(() => checkpoints.isIdle).toBe(true);
  first.dispose();
  for (const part of ["", "-wal", "-shm"]) rmSync(`${path}${part}`, { force: true });
  const second = new Database(path);
  second.exec("INSERT INTO settings VALUES ('where', 'in the next file')");
  checkpoints.reopened();
  expect(checkpoints.isIdle).toBe(true);
  checkpoints.committed();
  checkpoints.pause();
  expect(checkpoints.isIdle).toBe(false);
  await expect.poll(() => readFileSync(path).includes("in the next file")).toBe(true);
  await checkpoints.dispose();
  second.dispose();
});

it("does nothing in a quiet moment where nothing was committed", async () => {
  const path = join(folder, "plugside.db");
  const database = new Database(path);
  const checkpoints = new Checkpoints(path, silentLogger, () => true);
  checkpoints.pause();
  expect(checkpoints.isIdle).toBe(true);
  checkpoints.committed();
  expect(checkpoints.isIdle).toBe(true);
  checkpoints.pause();
  expect(checkpoints.isIdle).toBe(false);
  await expect.poll(() => checkpoints.isIdle).toBe(true);
  checkpoints.pause();
  expect(checkpoints.isIdle).toBe(true);
  await checkpoints.dispose();
  database.dispose();
});

it("keeps the log short under a load that never pauses", async () => {
  const path = join(folder, "plugside.db");
  const database = new Database(path);
  const checkpoints = new Checkpoints(path, silentLogger, () => database.moveLog());
  const insert = database.prepare("INSERT OR REPLACE INTO settings VALUES (?, ?)");
  let longest = 0;
  for (let round = 0; round < 600; round++) {
    database.transaction(() => {
      for (let row = 0; row < 40; row++) insert.run(`${round % 20}/${row}`, "x".repeat(6000));
    }, false);
    checkpoints.committed();
    longest = Math.max(longest, statSync(`${path}-wal`).size);
    // As between two frames of a station: the thread's word may come, and nothing waits for it.
    await new Promise(setImmediate);
  }
  await checkpoints.dispose();
  database.dispose();
  // Some 200 MB were written.
  expect(longest).toBeLessThan(64 * 1024 * 1024);
}, 60_000);
