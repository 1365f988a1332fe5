import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { migrations } from "../migrations/index.ts";
import { Database, lockFolder, pageSize } from "./database.ts";

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "plugside-database-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

function open(path = join(folder(), "plugside.db")): Database {
  const database = new Database(path);
  onTestFinished(() => database.dispose());
  return database;
}

const keys = (database: Database) =>
  database
    .prepare("SELECT key FROM settings ORDER BY key")
    .all()
    .map(({ key }) => key);
const insert = (database: Database, key: string) => database.prepare("INSERT INTO settings VALUES (?, '1')").run(key);

test("all of a transaction is stored, or nothing, and the one after it is as ever", () => {
  const database = open();
  expect(() =>
    database.transaction(() => {
      insert(database, "a");
      throw new Error("ours");
    }),
  ).toThrow("ours");
  expect(keys(database)).toEqual([]);
  database.transaction(() => {
    insert(database, "b");
    insert(database, "c");
  });
  expect(keys(database)).toEqual(["b", "c"]);
});

test("it is made anew with every migration, in pages of its size, and opened again without one", () => {
  const database = open();
  const version = () => database.prepare("PRAGMA user_version").get()?.user_version;
  expect([version(), database.prepare("PRAGMA page_size").get()?.page_size]).toEqual([migrations.length, pageSize]);
  expect([database.has("frames"), database.has("nothing")]).toEqual([true, false]);
  insert(database, "a");
  database.dispose();
  database.dispose();
  expect(keys(open(database.path))).toEqual(["a"]);
});

test("rows that cannot be read are passed over and counted by table", () => {
  const database = open();
  for (const key of ["a", "b", "c"]) insert(database, key);
  const rows = database.prepare("SELECT key FROM settings ORDER BY key").iterate();
  const read = database.read("settings", rows, ({ key }) => {
    if (key === "b") throw new Error("no setting");
    return key;
  });
  database.skip("frames");
  expect([read, [...database.skipped]]).toEqual([
    ["a", "c"],
    [
      ["settings", 1],
      ["frames", 1],
    ],
  ]);
});

test("a copy holds all of it, and opened anew at its path it goes on with what is there now, statements and all", () => {
  const place = folder();
  const database = open(join(place, "plugside.db"));
  insert(database, "a");
  const select = database.prepare("SELECT count(*) AS count FROM settings");
  const count = () => select.get()?.count;
  const copy = join(place, "copy.db");
  database.copyTo(copy);
  expect(keys(open(copy))).toEqual(["a"]);
  expect(() => database.copyTo(copy)).toThrow();
  insert(database, "b");
  expect(count()).toBe(2);
  database.reopen();
  expect([count(), keys(database)]).toEqual([2, ["a", "b"]]);
  database.transaction(() => insert(database, "c"));
  expect(count()).toBe(3);
});

test("one that is only read cannot be written, and is not made where there is none", () => {
  const database = open();
  insert(database, "a");
  const reader = new Database(database.path, { readOnly: true });
  onTestFinished(() => reader.dispose());
  expect(keys(reader)).toEqual(["a"]);
  expect(() => insert(reader, "b")).toThrow(expect.objectContaining({ fault: "read-only" }));
  const none = join(folder(), "none.db");
  expect(() => new Database(none, { readOnly: true })).toThrow(expect.objectContaining({ code: "unavailable" }));
  expect(existsSync(none)).toBe(false);
});

test("it is sound, or its pages say otherwise; and its log can be moved into it", () => {
  const database = open();
  insert(database, "a");
  expect([database.isSound(), database.moveLog()]).toEqual([true, true]);
  database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  database.dispose();
  const size = statSync(database.path).size;
  writeFileSync(database.path, Buffer.alloc(size, 7), { flag: "r+" });
  expect(() => new Database(database.path)).toThrow(expect.objectContaining({ fault: "damaged" }));
});

test.each([
  ["a page of a table", pageSize],
  ["what tells of its tables", 100],
])("damage that opening does not meet, in %s, is no error but an answer", (_what, from) => {
  const database = open();
  insert(database, "a");
  database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  database.dispose();
  const bytes = readFileSync(database.path);
  bytes.fill(7, from);
  writeFileSync(database.path, bytes);
  const reader = new Database(database.path, { readOnly: true });
  onTestFinished(() => reader.dispose());
  expect(reader.isSound()).toBe(false);
});

test("what cannot be a record at all is told with its path and the system's words", () => {
  const path = folder();
  expect(() => new Database(path)).toThrow(
    expect.objectContaining({
      code: "unavailable",
      words: expect.objectContaining({ phrase: "record-unopened", values: expect.objectContaining({ path }) }),
    }),
  );
});

test("a folder that cannot be made is told when it is to be locked", () => {
  const file = join(folder(), "file");
  writeFileSync(file, "");
  expect(() => lockFolder(join(file, "lock.db"))).toThrow(
    expect.objectContaining({
      code: "unavailable",
      words: expect.objectContaining({ phrase: "folder-unusable", values: expect.objectContaining({ folder: file }) }),
    }),
  );
});

test.skipIf(process.platform === "win32")("its file and its folder are made for their owner alone", () => {
  const place = join(folder(), "deep", "er");
  const database = open(join(place, "plugside.db"));
  expect([statSync(database.path).mode & 0o777, statSync(place).mode & 0o777]).toEqual([0o600, 0o700]);
});

test("what lies in the place of a folder's lock and is none is put aside", () => {
  const place = folder();
  const path = join(place, "lock.db");
  void lockFolder(path).dispose();
  rmSync(path);
  mkdirSync(path);
  void lockFolder(path).dispose();
  rmSync(path);
  writeFileSync(path, "no database, but a text that is long enough to be looked at as one");
  void lockFolder(path).dispose();
  expect(readdirSync(place).filter((name) => name.startsWith("lock.db.damaged-"))).toHaveLength(2);
});
