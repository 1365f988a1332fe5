import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { migrations } from "../../src/store/migrations/index.ts";

/** Copies a record as a kill left it: the database and its log. */
export function copyRecord(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to, { recursive: true });
  for (const name of ["plugside.db", "plugside.db-wal"]) {
    if (existsSync(join(from, name))) copyFileSync(join(from, name), join(to, name));
  }
}

const firstColumns =
  "seq, station, connection, at, direction, text, action, question, station_time, findings, answer_at, answer_text";

/** Brings a record back to what the first version wrote, so that the next start migrates it: its frames, its events and its stations, of
 * which no state is kept. What was killed before there was a record stays as it is. */
export function toFirstVersion(folder: string): void {
  const path = join(folder, "plugside.db");
  const older = join(folder, "older.db");
  if (!hasRecord(path)) return;
  rmSync(older, { force: true });
  const database = new DatabaseSync(older);
  database.exec(migrations[0] ?? "");
  database.exec(`PRAGMA user_version = 1;
    ATTACH '${path.replaceAll("'", "''")}' AS newer;
    BEGIN;
    INSERT INTO stations (id, identity) SELECT id, identity FROM newer.stations;
    INSERT INTO frames (${firstColumns}) SELECT ${firstColumns} FROM newer.frames;
    INSERT INTO events SELECT seq, n, station, at, kind, own, body FROM newer.events;
    INSERT INTO settings SELECT key, value FROM newer.settings;
    COMMIT;
    DETACH newer`);
  database.close();
  for (const end of ["-wal", "-shm"]) rmSync(`${path}${end}`, { force: true });
  renameSync(older, path);
}

function hasRecord(path: string): boolean {
  if (!existsSync(path)) return false;
  const database = new DatabaseSync(path);
  try {
    return Number(database.prepare("PRAGMA user_version").get()?.user_version) > 0;
  } finally {
    database.close();
  }
}
