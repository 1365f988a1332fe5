import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createManualClock } from "../../lib/clock.ts";
import { silentLogger } from "../../lib/logger.ts";
import type { Words } from "../../lib/words.ts";
import { words } from "../../station/phrases.ts";
import { Database } from "../sqlite/database.ts";
import { StorageError } from "../sqlite/storage-error.ts";
import { RecordFile } from "./record-file.ts";

/** A record that is open and holds a setting, in a folder of its own that can be taken away. */
function setUp() {
  const outside = mkdtempSync(join(tmpdir(), "plugside-record-"));
  const folder = join(outside, "data");
  const path = join(folder, "plugside.db");
  const database = new Database(path);
  database.exec("INSERT INTO settings VALUES ('where', 'here')");
  onTestFinished(() => {
    database.dispose();
    rmSync(outside, { recursive: true, force: true });
  });
  const clock = createManualClock();
  const told: Words[] = [];
  const logged: string[] = [];
  const log = {
    ...silentLogger,
    warn: (text: string) => logged.push(text),
    error: (text: string) => logged.push(text),
  };
  const file = new RecordFile({ database, clock, log, tell: (what) => told.push(what) });
  const reopened: boolean[] = [];
  file.reopened.on(({ folder: anew }) => reopened.push(anew));
  const holds = () => database.prepare("SELECT value FROM settings WHERE key = 'where'").get()?.value;
  return { outside, folder, path, database, clock, told, logged, file, reopened, holds };
}

const failing = new StorageError("failing", words("record-newer"));
const damaged = new StorageError("damaged", words("record-newer"));

test("a record that is where it was has no obstacle, and whether it can be written is seen without writing", () => {
  const { file, database, reopened, told } = setUp();
  file.failed(new Error("ours"));
  file.failed(new StorageError("full", words("record-newer")));
  expect([file.obstacle(), file.doubtful, reopened, told]).toEqual([null, false, [], []]);
  rmSync(database.path);
  expect(file.doubtful).toBe(true);
});

test("a record that is gone is waited for 0.9 s, and then written anew from what is held of it", () => {
  const { file, path, folder, clock, told, logged, reopened, holds } = setUp();
  const gone = words("record-gone", { path });
  rmSync(folder, { recursive: true });
  expect(file.obstacle()).toEqual(gone);
  clock.advance(899);
  expect([file.obstacle(), existsSync(path)]).toEqual([gone, false]);
  clock.advance(1);
  expect([file.obstacle(), existsSync(path), existsSync(`${path}.new`)]).toEqual([null, true, false]);
  expect([told, reopened, logged]).toEqual([
    [words("record-remade", { path })],
    [true],
    ["the record was gone, and was written anew"],
  ]);
  expect([holds(), file.obstacle()]).toEqual(["here", null]);
});

test("one that is put back in time is gone on with, and the next time it is gone is counted anew", () => {
  const { file, path, folder, outside, clock, told, reopened } = setUp();
  const away = join(outside, "away");
  const gone = words("record-gone", { path });
  for (let time = 0; time < 2; time++) {
    renameSync(folder, away);
    expect(file.obstacle()).toEqual(gone);
    clock.advance(899);
    expect(file.obstacle()).toEqual(gone);
    renameSync(away, folder);
    expect(file.obstacle()).toBeNull();
  }
  expect([told, reopened]).toEqual([[], []]);
});

test("at the end of the core one that is gone is written anew at once, also where that has just failed", () => {
  const { file, path, folder, clock, holds } = setUp();
  rmSync(folder, { recursive: true });
  writeFileSync(folder, "in its way");
  expect(file.obstacle()).toEqual(words("record-gone", { path }));
  clock.advance(900);
  expect(file.obstacle()).toEqual(words("record-gone", { path }));
  rmSync(folder);
  clock.advance(9_999);
  expect([file.obstacle(), existsSync(path)]).toEqual([words("record-gone", { path }), false]);
  file.lastCall();
  expect([file.obstacle(), holds()]).toEqual([null, "here"]);
});

test("what could not be written anew is tried again after ten seconds", () => {
  const { file, path, folder, clock, reopened } = setUp();
  rmSync(folder, { recursive: true });
  writeFileSync(folder, "in its way");
  file.obstacle();
  clock.advance(900);
  file.obstacle();
  rmSync(folder);
  clock.advance(9_999);
  file.obstacle();
  expect(existsSync(path)).toBe(false);
  clock.advance(1);
  expect([file.obstacle(), reopened]).toEqual([null, [true]]);
});

test("another file in its place is not written into", () => {
  const { file, path, folder } = setUp();
  renameSync(folder, `${folder}-away`);
  onTestFinished(() => rmSync(`${folder}-away`, { recursive: true, force: true }));
  new Database(path).dispose();
  expect(file.obstacle()).toEqual(words("record-replaced", { path }));
  file.failed(failing);
  expect(file.obstacle()).toEqual(words("record-replaced", { path }));
  rmSync(path);
  mkdirSync(path);
  expect(file.obstacle()).toEqual(words("record-replaced", { path }));
});

test("after an error of the disk the file is opened anew, and nobody is told where it is the same one", () => {
  const { file, told, reopened, holds } = setUp();
  file.failed(failing);
  expect([file.obstacle(), told, reopened, holds()]).toEqual([null, [], [], "here"]);
});

test("a disk that was away and is back with our record is gone on with, and told", () => {
  const { file, path, folder, database, told, reopened, holds } = setUp();
  database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  database.copyTo(`${path}.copy`);
  rmSync(path);
  renameSync(`${path}.copy`, path);
  file.failed(failing);
  expect(file.obstacle()).toBeNull();
  expect([told, reopened, holds()]).toEqual([[words("record-back", { path })], [true], "here"]);
  expect([file.obstacle(), existsSync(folder)]).toEqual([null, true]);
});

test.each(["by a commit that failed", "by who looked it through"])(
  "damage that is met %s is mended, told, and over",
  (how) => {
    const { file, told, logged, reopened, holds } = setUp();
    if (how.startsWith("by a commit")) file.failed(damaged);
    else file.foundDamaged();
    expect([file.obstacle(), reopened, holds()]).toEqual([null, [false], "here"]);
    expect([told.length, logged]).toEqual([1, ["the record is damaged; what can be read of it is taken over"]]);
    expect([file.obstacle(), told.length]).toEqual([null, 1]);
  },
);
