import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type Logger, silentLogger } from "../lib/logger.ts";
import { Checkpoints } from "./checkpoints.ts";
import { Database } from "./database.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "plugside-checkpoints-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("moves what is in the log into the database while the writer has it open", async () => {
  const path = join(folder, "plugside.db");
  const database = new Database(path);
  const checkpoints = new Checkpoints(path, silentLogger);
  database.exec("INSERT INTO settings VALUES ('where', 'written to the log alone')");
  expect(readFileSync(path).includes("written to the log alone")).toBe(false);
  checkpoints.begin();
  await vi.waitFor(() => expect(readFileSync(path).includes("written to the log alone")).toBe(true));
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
    import { Database } from ${place("./database.ts")};
    const path = ${JSON.stringify(path)};
    const database = new Database(path);
    const checkpoints = new Checkpoints(path, console);
    database.exec("INSERT INTO settings VALUES ('what', 'moved')");
    checkpoints.begin();
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

it("says so when its thread ends, and does not hold up the end", async () => {
  const errors: string[] = [];
  const log: Logger = { ...silentLogger, error: (text) => void errors.push(text) };
  const checkpoints = new Checkpoints(join(folder, "no such folder", "plugside.db"), log);
  checkpoints.begin();
  await vi.waitFor(() => expect(errors).toEqual(["checkpoints of the record have ended"]));
  await checkpoints.dispose();
});
