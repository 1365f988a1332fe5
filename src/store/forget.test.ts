import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { ForgetRepository } from "./forget.ts";
import { Database } from "./sqlite/database.ts";

const stations = [
  { id: 1, identity: "CP1" },
  { id: 2, identity: "CP2" },
];

/** A record that tells of two stations in every table that names stations. */
function recordOfTwo() {
  const folder = mkdtempSync(join(tmpdir(), "plugside-forget-"));
  const database = new Database(join(folder, "plugside.db"));
  onTestFinished(() => {
    database.dispose();
    rmSync(folder, { recursive: true, force: true });
  });
  for (const { id, identity } of stations) {
    const run = (sql: string, ...values: (string | number)[]) => database.prepare(sql).run(...values);
    run("INSERT INTO stations (id, identity, state) VALUES (?,?,'{}')", id, identity);
    run("INSERT INTO access (identity, body) VALUES (?,'{}')", identity);
    run("INSERT INTO procedures (identity, body) VALUES (?,'{}')", identity);
    run(
      "INSERT INTO certificates (kind, fingerprint, pem, at, station) VALUES ('station',?,'',0,?)",
      identity,
      identity,
    );
    run("INSERT INTO certificates (kind, fingerprint, pem, at) VALUES ('root',?,'',0)", `root ${id}`);
    run("INSERT INTO signing_requests (station, at, csr, state) VALUES (?,0,'','open')", identity);
    run("INSERT INTO settings (key, value) VALUES (?,'{}')", `forward:${identity}`);
    run("INSERT INTO console (port, station, at, kind, data) VALUES ('p',?,0,0,'')", identity);
    run("INSERT INTO bookmarks (seq, note) VALUES (?,?)", 10 + id, identity);
    run("INSERT INTO frames (seq, station, connection, at, direction, text) VALUES (?,?,1,0,0,'')", 10 + id, id);
    run("INSERT INTO events (seq, n, station, at, kind, own, body) VALUES (?,0,?,0,'status',0,'{}')", 10 + id, id);
    run("INSERT INTO finding_frames (station, rule, place, seq) VALUES (?,'odd-token','x',?)", id, 10 + id);
    run("INSERT INTO moments (station, n, seq) VALUES (?,0,?)", id, 10 + id);
    run("INSERT INTO frame_keys (kind, key, seq) VALUES (0,?,?)", id, 10 + id);
  }
  return { path: join(folder, "plugside.db"), database, forget: new ForgetRepository(database) };
}

/** How often each table tells of a station. */
function tellsOf(database: Database, { id, identity }: { id: number; identity: string }): Record<string, number> {
  const conditions: Record<string, string> = {
    stations: "identity = ?2 AND id = ?1",
    access: "identity = ?2",
    procedures: "identity = ?2",
    certificates: "station = ?2",
    signing_requests: "station = ?2",
    settings: "key = 'forward:' || ?2",
    console: "station = ?2",
    bookmarks: "note = ?2",
    frames: "station = ?1",
    events: "station = ?1",
    finding_frames: "station = ?1",
    moments: "station = ?1",
    frame_keys: "kind = 0 AND key = ?1",
  };
  return Object.fromEntries(
    Object.entries(conditions).map(([table, condition]) => {
      const both = `?1 IS NOT NULL AND ?2 IS NOT NULL AND ${condition}`;
      const row = database.prepare(`SELECT count(*) AS count FROM ${table} WHERE ${both}`).get(id, identity);
      return [table, Number(row?.count)];
    }),
  );
}

test("one station goes from every table, and the other stays in each", async () => {
  const { database, forget } = recordOfTwo();
  const [gone, stays] = stations as [(typeof stations)[0], (typeof stations)[0]];
  const before = tellsOf(database, stays);
  expect(new Set(Object.values(before))).toEqual(new Set([1]));
  forget.begin(gone, 99);
  await forget.purge(gone.id, () => false);
  expect(new Set(Object.values(tellsOf(database, gone)))).toEqual(new Set([0]));
  expect(tellsOf(database, stays)).toEqual(before);
  const roots = database.prepare("SELECT count(*) AS count FROM certificates WHERE kind = 'root'").get();
  expect(roots?.count).toBe(2);
  const last = database.prepare("SELECT value FROM settings WHERE key = 'record.lastNumber'").get();
  expect(last?.value).toBe("99");
});

test("with a frame goes what was noted of its answer, and not what was noted of the next frame, another station's", async () => {
  const { database, forget } = recordOfTwo();
  const noted = () =>
    database
      .prepare("SELECT seq FROM bookmarks ORDER BY seq")
      .all()
      .map(({ seq }) => Number(seq));
  database.prepare("INSERT INTO bookmarks (seq) VALUES (13)").run();
  expect(noted()).toEqual([11, 12, 13]);
  forget.begin({ id: 1, identity: "CP1" }, 99);
  expect(noted()).toEqual([12, 13]);
  forget.begin({ id: 2, identity: "CP2" }, 99);
  expect(noted()).toEqual([]);
});

test("until its rows are gone its number stays taken, and it is known what is left to do", async () => {
  const { database, forget } = recordOfTwo();
  const [gone] = stations as [(typeof stations)[0]];
  expect(forget.unfinished()).toEqual([]);
  forget.begin(gone, 99);
  expect(forget.unfinished()).toEqual([1]);
  await forget.purge(gone.id, () => true);
  expect([forget.unfinished(), tellsOf(database, gone).frames]).toEqual([[1], 1]);
  let asked = 0;
  await forget.purge(gone.id, () => ++asked > 1);
  const { frames, events } = tellsOf(database, gone);
  expect([forget.unfinished(), frames, events], "ended between two tables").toEqual([[1], 0, 1]);
  await forget.purge(gone.id, () => false);
  expect([forget.unfinished(), tellsOf(database, gone).events]).toEqual([[], 0]);
});

test("what a forgotten station said is not in the file any more, though its pages are still there", async () => {
  const { path, database, forget } = recordOfTwo();
  database.prepare("UPDATE frames SET text = 'said by ' || station").run();
  forget.begin({ id: 1, identity: "CP1" }, 99);
  await forget.purge(1, () => false);
  database.dispose();
  const left = readFileSync(path, "latin1");
  expect([left.includes("said by 1"), left.includes("said by 2")]).toEqual([false, true]);
});
