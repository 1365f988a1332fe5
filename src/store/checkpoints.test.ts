import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
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

it("says so when its thread ends, and does not hold up the end", async () => {
  const errors: string[] = [];
  const log: Logger = { ...silentLogger, error: (text) => void errors.push(text) };
  const checkpoints = new Checkpoints(join(folder, "no such folder", "plugside.db"), log);
  checkpoints.begin();
  await vi.waitFor(() => expect(errors).toEqual(["checkpoints of the record have ended"]));
  await checkpoints.dispose();
});
