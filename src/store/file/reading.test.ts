import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { Database } from "../sqlite/database.ts";
import { StorageError, type StorageFault } from "../sqlite/storage-error.ts";
import { openForReading } from "./reading.ts";

/** How a medium fails on the first opening of this path, and with what options it was opened. */
let fails: { path: string; fault: StorageFault } | null = null;
const openings: { path: string; unchanging: boolean }[] = [];

vi.mock("../sqlite/database.ts", async (original) => {
  const real = await original<typeof import("../sqlite/database.ts")>();
  return {
    ...real,
    Database: class extends real.Database {
      constructor(...[path, options = {}]: ConstructorParameters<typeof real.Database>) {
        if (options.readOnly) openings.push({ path, unchanging: options.unchanging ?? false });
        if (options.readOnly && !options.unchanging && fails?.path === path) {
          throw new StorageError(fails.fault, { phrase: "record-newer" });
        }
        super(path, options);
      }
    },
  };
});

/** A record that tells one setting; with its log beside it, as a killed process leaves it, or closed. */
function record(end: "closed" | "killed"): string {
  const folder = mkdtempSync(join(tmpdir(), "plugside-read-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const made = new Database(join(folder, "made.db"));
  made.exec("INSERT INTO settings VALUES ('where', 'here')");
  const path = join(folder, "plugside.db");
  if (end === "closed") made.dispose();
  for (const part of end === "closed" ? [""] : ["", "-wal"]) copyFileSync(`${made.path}${part}`, `${path}${part}`);
  made.dispose();
  openings.length = 0;
  fails = null;
  return path;
}

const told = (database: Database) => database.prepare("SELECT value FROM settings WHERE key = 'where'").get()?.value;

test("a record is read where it lies", () => {
  const path = record("closed");
  const { database, close } = openForReading(path);
  expect([told(database), openings]).toEqual(["here", [{ path, unchanging: false }]]);
  expect(() => database.exec("DELETE FROM settings")).toThrow();
  close();
  expect(() => told(database)).toThrow();
});

test.each(["read-only", "failing"] as const)("on a medium that is %s one without a log is read as it is", (fault) => {
  const path = record("closed");
  fails = { path, fault };
  const { database, close } = openForReading(path);
  expect([told(database), openings.at(-1)]).toEqual(["here", { path, unchanging: true }]);
  close();
});

test("there one with a log is read in a copy, which is gone afterwards, and its own bytes stay as they are", () => {
  const path = record("killed");
  const before = [path, `${path}-wal`].map((file) => readFileSync(file));
  fails = { path, fault: "read-only" };
  const { database, close } = openForReading(path);
  expect([told(database), openings.at(-1)?.path === path]).toEqual(["here", false]);
  close();
  expect(() => told(database)).toThrow();
  expect([path, `${path}-wal`].map((file) => readFileSync(file))).toEqual(before);
  expect(existsSync(dirname(openings.at(-1)?.path ?? "."))).toBe(false);
});

test("a record that is damaged, or held by another, is no medium's fault and is told as it is", () => {
  for (const fault of ["damaged", "busy"] as const) {
    const path = record("closed");
    fails = { path, fault };
    expect(() => openForReading(path)).toThrow(expect.objectContaining({ fault }));
    expect(openings).toHaveLength(1);
  }
});
