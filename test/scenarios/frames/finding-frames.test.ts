import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, it, onTestFinished } from "vitest";
import { finding } from "../../../src/station/findings.ts";
import { FindingFramesRepository } from "../../../src/store/finding-frames.ts";
import { findingFrames } from "../../../src/store/migrations/0006-finding-frames.ts";
import { migrations } from "../../../src/store/migrations/index.ts";
import { Database } from "../../../src/store/sqlite/database.ts";

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "plugside-test-"));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

it("gives the newest frames of one station, rule and place, below a number", () => {
  const database = new Database(join(folder(), "plugside.db"));
  onTestFinished(() => database.dispose());
  const index = new FindingFramesRepository(database);
  for (const seq of [10, 20, 30]) index.add(1, seq, [finding("too-long", "A /x", ""), finding("too-long", "A /y", "")]);
  index.add(2, 40, [finding("too-long", "A /x", "")]);
  index.add(1, 50, [finding("bad-format", "A /x", "")]);
  const place = { station: 1, rule: "too-long", where: "A /x" };
  expect(index.newest(place, Number.MAX_SAFE_INTEGER, 2)).toEqual([30, 20]);
  expect(index.newest(place, 20, 2)).toEqual([10]);
});

it("is made for the frames of an older record when that is opened, and is empty where it may not be", () => {
  const path = join(folder(), "plugside.db");
  const old = new DatabaseSync(path);
  const before = migrations.indexOf(findingFrames);
  for (const sql of migrations.slice(0, before)) old.exec(sql);
  old.exec(`PRAGMA user_version = ${before}`);
  const found = JSON.stringify([finding("too-long", "A /x", "y")]);
  const insert = old.prepare(
    "INSERT INTO frames (seq, station, connection, at, direction, text, findings) VALUES (?, 1, 1, 0, 0, '[]', ?)",
  );
  insert.run(5, found);
  insert.run(6, null);
  insert.run(7, "damaged");
  old.close();
  const place = { station: 1, rule: "too-long", where: "A /x" };
  const reading = new Database(path, { readOnly: true });
  expect(new FindingFramesRepository(reading).newest(place, 99, 9)).toEqual([]);
  reading.dispose();
  const database = new Database(path);
  onTestFinished(() => database.dispose());
  expect(new FindingFramesRepository(database).newest(place, 99, 9)).toEqual([5]);
});
