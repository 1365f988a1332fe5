import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { Database, pageSize } from "./sqlite/database.ts";

/** PRAGMA synchronous: 1 syncs nothing at a commit, 2 syncs the log. */
const [normal, full] = [1, 2];

function opened(): Database {
  const folder = mkdtempSync(join(tmpdir(), "plugside-durable-"));
  const database = new Database(join(folder, "plugside.db"));
  onTestFinished(() => {
    database.dispose();
    rmSync(folder, { recursive: true, force: true });
  });
  return database;
}

function pragma(database: Database, name: string): unknown {
  return Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0];
}

test("what must outlive a power cut is synced, and what need not be is not", () => {
  const database = opened();
  const told: unknown[] = [];
  const note = () => told.push(pragma(database, "synchronous"));
  database.transaction(note);
  database.transaction(note, false);
  database.transaction(note, true);
  database.transaction(note);
  database.prepare("DELETE FROM tokens").run();
  note();
  database.transaction(note, false);
  database.prepare("DELETE FROM tokens").run();
  note();
  expect(told).toEqual([full, normal, full, full, full, normal, full]);
});

test("the record is written ahead, synced for good where the system has more ways than one, and its log moved off by whoever does it", () => {
  const database = opened();
  expect(["journal_mode", "fullfsync", "journal_size_limit"].map((name) => pragma(database, name))).toEqual([
    ...["wal", 1, 28 * 1024 * 1024],
  ]);
  expect(Number(pragma(database, "wal_autocheckpoint")) * Number(pragma(database, "page_size"))).toBe(60 * 1024 * 1024);
});

test("a new record is made without a wait for the disk, and has the usual care from then on", () => {
  const database = opened();
  expect(pragma(database, "synchronous")).toBe(normal);
  const size = () => statSync(database.path).size;
  expect(size()).toBe(pageSize);
  database.moveLog();
  expect(size()).toBe(pageSize * Number(pragma(database, "page_count")));
});
