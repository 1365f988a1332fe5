import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { newStation } from "../../station/model.ts";
import { words } from "../../station/phrases.ts";
import type { AccessRow } from "../access.ts";
import { AccessRepository } from "../access.ts";
import { AttemptsRepository } from "../attempts.ts";
import { DiagnosticsRepository } from "../diagnostics.ts";
import { FilesRepository } from "../files/files.ts";
import { FindingFramesRepository } from "../finding-frames.ts";
import { MomentsRepository } from "../moments/moments.ts";
import { whatWasSkipped } from "../skipped.ts";
import { Database } from "../sqlite/database.ts";
import { StationsRepository } from "../stations.ts";
import { TokensRepository } from "../tokens.ts";
import { BookmarksRepository } from "./bookmarks.ts";
import { ConsoleRepository } from "./console.ts";
import { OutboxRepository } from "./outbox.ts";
import { SavedCallsRepository } from "./saved-calls.ts";

/** A fresh record; one without some tables is only read, as one that an older Plugside wrote. */
function open(...without: string[]): Database {
  const folder = mkdtempSync(join(tmpdir(), "plugside-rows-"));
  const path = join(folder, "plugside.db");
  const made = new Database(path);
  for (const table of without) made.exec(`DROP TABLE ${table}`);
  if (without.length > 0) made.dispose();
  const database = without.length > 0 ? new Database(path, { readOnly: true }) : made;
  onTestFinished(() => {
    database.dispose();
    rmSync(folder, { recursive: true, force: true });
  });
  return database;
}

const hash = { form: "text", layers: 0, salt: "c2FsdA==", hash: "aGFzaA==", setAt: 5 } as const;

test("what is asked of a station at the door is kept whole, one row for each identity", () => {
  const database = open();
  const access = new AccessRepository(database);
  const full: AccessRow = {
    identity: "CP1",
    decision: "accepted",
    profile: 2,
    password: hash,
    nextPassword: { ...hash, form: "hex", layers: 1 },
    unshown: true,
    used: { which: "next", at: 9 },
    certificate: "AA:BB",
    strict: true,
    emptyAnswers: true,
    bootStatus: "Pending",
    bootInterval: 60,
    bootPlan: [{ status: "Rejected", interval: 10, times: 2 }],
    note: "east gate",
  };
  access.save({ identity: "CP1", decision: "refused" });
  access.save(full);
  access.save({ identity: "CP2", decision: "refused" });
  for (const one of [access, new AccessRepository(database)]) {
    expect(one.all()).toEqual([full, { identity: "CP2", decision: "refused" }]);
    expect([one.find("CP1"), one.find("CP3")]).toEqual([full, undefined]);
  }
  expect([access.remove("CP1"), access.remove("CP1"), access.find("CP1")]).toEqual([true, false, undefined]);
  expect(new AccessRepository(database).all()).toEqual([{ identity: "CP2", decision: "refused" }]);
});

test.each([
  ["no JSON", "{"],
  ["a password without its salt", JSON.stringify({ password: { ...hash, salt: 7 } })],
  ["a password without its hash", JSON.stringify({ password: { ...hash, hash: null } })],
  ["a next password that is none", JSON.stringify({ password: hash, nextPassword: { form: "text" } })],
  ["a plan that is no list", JSON.stringify({ bootPlan: "Accepted" })],
])("a row of access that is %s lets nobody in, and is told", (_what, body) => {
  const database = open();
  database.prepare("INSERT INTO access (identity, body) VALUES ('CP1', ?), ('CP2', '{}')").run(body);
  expect(new AccessRepository(database).all()).toEqual([{ identity: "CP2" }]);
  expect(whatWasSkipped(database)).toEqual(words("record-rows-skipped", { tables: "access: 1" }));
});

test("what could not be read is told by table, each with its count; nothing where all was read", () => {
  const database = open();
  expect(whatWasSkipped(database)).toBeNull();
  for (const table of ["tokens", "files", "tokens"]) database.skip(table);
  expect(whatWasSkipped(database)).toEqual(words("record-rows-skipped", { tables: "tokens: 2, files: 1" }));
});

test("a token is found and removed in any letter case, and read back with all that is known of it", () => {
  const database = open();
  const tokens = new TokensRepository(database);
  const full = { value: "04aB", status: "Blocked", expiry: "2026-12-31T00:00:00Z", group: "G", note: "lost" } as const;
  tokens.save(full);
  tokens.save({ value: "05", status: "ConcurrentTx" });
  for (const one of [tokens, new TokensRepository(database)]) {
    expect(one.all()).toEqual([full, { value: "05", status: "ConcurrentTx" }]);
    expect([one.find("04AB"), one.find("04"), one.find("05")?.status]).toEqual([full, undefined, "ConcurrentTx"]);
  }
  expect([tokens.remove("04Ab"), tokens.remove("04Ab"), tokens.find("04aB")]).toEqual([true, false, undefined]);
  expect(new TokensRepository(database).all()).toEqual([{ value: "05", status: "ConcurrentTx" }]);
  database.prepare("INSERT INTO tokens (value, status) VALUES ('06', 'Lost'), ('07', 'toString')").run();
  expect(new TokensRepository(database).all()).toEqual([{ value: "05", status: "ConcurrentTx" }]);
  expect(database.skipped.get("tokens")).toBe(2);
});

test("requests for logs: the newest of them, oldest first, as they last stood, until their station is forgotten", () => {
  const database = open();
  const requests = new DiagnosticsRepository<{ step: string }>(database);
  const [first, second, third] = ["CP1", "CP2", "CP1"].map((station, at) => requests.add(station, { step: `${at}` }));
  requests.save(Number(second), { step: "uploading" });
  expect(requests.newest(2)).toEqual([
    { id: second, body: { step: "uploading" } },
    { id: third, body: { step: "2" } },
  ]);
  expect(requests.newest(9).map(({ id }) => id)).toEqual([first, second, third]);
  requests.forget("CP1");
  expect(requests.newest(9).map(({ id }) => id)).toEqual([second]);
  for (const body of ["null", "7", "{"]) {
    database.prepare("UPDATE diagnostics SET body = ?").run(body);
    expect(requests.newest(9)).toEqual([]);
  }
  expect(database.skipped.get("diagnostics")).toBe(3);
});

test("files come newest first, those of one station by themselves, with what is known of each", () => {
  const database = open();
  const files = new FilesRepository(database);
  const mine = files.add({ station: "CP1", name: "a.log", at: 5 });
  const nobodys = files.add({ name: "b.zip", at: 6 });
  expect(mine).toEqual({ id: 1, station: "CP1", name: "a.log", bytes: 0, at: 5, state: "coming" });
  expect(nobodys).toEqual({ id: 2, name: "b.zip", bytes: 0, at: 6, state: "coming" });
  const whole = { ...mine, name: "c.log", bytes: 12, sha256: "ab", state: "whole", note: "from the boot" } as const;
  files.put(whole);
  expect([files.list(), files.list("CP1"), files.list("CP2")]).toEqual([[nobodys, whole], [whole], []]);
  expect([files.get(1), files.get(9)]).toEqual([whole, undefined]);
  files.remove(1);
  expect(files.list()).toEqual([nobodys]);
  expect(files.add({ name: "d", at: 7 }).id).toBe(3);
  database.exec("UPDATE files SET state = 'gone' WHERE id = 2");
  expect([files.list().map(({ id }) => id), database.skipped.get("files")]).toEqual([[3], 1]);
  database.exec("UPDATE files SET state = 'partial', at = 'x' WHERE id = 3");
  expect([files.list(), database.skipped.get("files")]).toEqual([[], 3]);
});

test("bookmarks stand in the order of the record, one for each frame, with a note or without", () => {
  const database = open();
  const bookmarks = new BookmarksRepository(database);
  bookmarks.set({ seq: 9 });
  bookmarks.set({ seq: 4, note: "here it stops" });
  bookmarks.set({ seq: 9, note: "and goes on" });
  bookmarks.set({ seq: 4 });
  bookmarks.set({ seq: 5, note: "" });
  expect(bookmarks.all()).toEqual([{ seq: 4 }, { seq: 5, note: "" }, { seq: 9, note: "and goes on" }]);
  bookmarks.remove(5);
  bookmarks.remove(77);
  expect(bookmarks.all().map(({ seq }) => seq)).toEqual([4, 9]);
});

test("destinations come by their names, as they were last kept, each of a kind that there is", () => {
  const database = open();
  const outbox = new OutboxRepository(database);
  const url = "https://files.example/";
  const all = [
    { name: "a", kind: "http", url, method: "PUT" },
    { name: "b", kind: "sftp", host: "h", port: 22, path: "/in", user: "u", hostKey: "SHA256:x" },
    { name: "c", kind: "webdav", url, user: "u" },
    { name: "d", kind: "folder", path: "/media/stick", kept: [] },
    {
      name: "e",
      kind: "s3",
      endpoint: url,
      region: "r",
      bucket: "b",
      prefix: "",
      site: "",
      pathStyle: true,
      user: "k",
    },
  ] as const;
  outbox.saveDestination({ name: "a", kind: "folder", path: "/old" });
  for (const one of all.toReversed()) outbox.saveDestination(one as Parameters<typeof outbox.saveDestination>[0]);
  expect(outbox.destinations()).toEqual(all);
  outbox.removeDestination("c");
  expect(outbox.destinations().map(({ name }) => name)).toEqual(["a", "b", "d", "e"]);
  database.exec(`UPDATE destinations SET body = '{"kind":"pigeon"}' WHERE name = 'b'`);
  expect(outbox.destinations().map(({ name }) => name)).toEqual(["a", "d", "e"]);
  expect(database.skipped.get("destinations")).toBe(1);
});

test("what goes onward comes oldest first, each file once for a destination, as it last stood", () => {
  const database = open();
  const outbox = new OutboxRepository(database);
  const entry = (file: number, destination: string) =>
    outbox.add({ file, name: `${file}.log`, destination, state: "waiting", at: 5, tries: 0, nextAt: 6 });
  const first = entry(3, "a");
  const second = entry(3, "b");
  const begun = { file: 3, name: "3.log", state: "waiting", at: 5, tries: 0, nextAt: 6 };
  expect([first, second]).toEqual([
    { ...begun, id: 1, destination: "a" },
    { ...begun, id: 2, destination: "b" },
  ]);
  expect(() => entry(3, "a")).toThrow();
  const sent = { ...first, state: "sent", tries: 1, sentAt: 9, place: "/in/3.log", proof: "hash" } as const;
  outbox.put(sent);
  const stopped = { ...second, state: "stopped", why: words("link-closed") } as const;
  outbox.put(stopped);
  expect(outbox.entries()).toEqual([sent, stopped]);
  outbox.remove(2);
  expect([outbox.entries().map(({ id }) => id), entry(4, "b").id]).toEqual([[1], 3]);
  database.exec(`UPDATE outbox SET body = '{"state":"lost"}' WHERE id = 1`);
  expect([outbox.entries().map(({ id }) => id), database.skipped.get("outbox")]).toEqual([[3], 1]);
});

test("the frames of a finding are those of its station, rule and place, newest first, below a number and so many", () => {
  const frames = new FindingFramesRepository(open());
  const found = { rule: "odd-token", where: "Authorize", said: "x" } as const;
  for (const seq of [2, 4, 6, 8]) frames.add(1, seq, [found]);
  frames.add(1, 8, [found]);
  frames.add(1, 10, [{ ...found, where: "StartTransaction" }]);
  frames.add(1, 12, [{ ...found, rule: "too-long" }]);
  frames.add(2, 14, [found]);
  const newest = (before: number, limit: number) =>
    frames.newest({ station: 1, rule: "odd-token", where: "Authorize" }, before, limit);
  expect([newest(99, 9), newest(8, 9), newest(9, 2)]).toEqual([
    [8, 6, 4, 2],
    [6, 4, 2],
    [8, 6],
  ]);
});

test("a record of before, which is only read, has none of what came later", () => {
  const database = open(
    ...["bookmarks", "destinations", "outbox", "files", "finding_frames"],
    ...["attempts", "saved_calls", "console", "moments", "record"],
  );
  expect([
    new BookmarksRepository(database).all(),
    new OutboxRepository(database).destinations(),
    new OutboxRepository(database).entries(),
    new FilesRepository(database).list(),
    new FilesRepository(database).list("CP1"),
    new FilesRepository(database).get(1),
    new FindingFramesRepository(database).newest({ station: 1, rule: "x", where: "y" }, 9, 9),
  ]).toEqual([[], [], [], [], [], undefined, []]);
  const consoles = new ConsoleRepository(database);
  expect([
    new AttemptsRepository(database).newest(9),
    new SavedCallsRepository(database).all(),
    consoles.after("a", 0, 9),
    consoles.before("a", 9, 99),
    consoles.ports(),
  ]).toEqual([[], [], [], [], []]);
  const moments = new MomentsRepository(database);
  expect(moments.footing({ id: 1, identity: "CP1" }, 9)).toEqual({ state: null, numbers: null });
  const state = newStation("CP1", 0);
  expect(() => moments.add(1, { state, numbers: [1] })).not.toThrow();
  expect(() => moments.clear(1)).not.toThrow();
});

test("how far a record of before is folded, each state tells for itself: no further than the one that is least far", () => {
  const folder = mkdtempSync(join(tmpdir(), "plugside-rows-"));
  const path = join(folder, "plugside.db");
  const made = new Database(path);
  const stations = new StationsRepository(made);
  for (const [identity, seq] of [
    ["CP1", 40],
    ["CP2", 12],
  ] as const)
    stations.add(identity, { ...newStation(identity, 0), seq });
  made.exec("DROP TABLE record");
  // One that was forgotten, or could not be read, tells nothing.
  made.exec("INSERT INTO stations (identity, state, seq) VALUES ('CP3', NULL, 3)");
  made.dispose();
  const database = new Database(path, { readOnly: true });
  onTestFinished(() => {
    database.dispose();
    rmSync(folder, { recursive: true, force: true });
  });
  expect(new StationsRepository(database).folded()).toBe(12);
});
