import { copyFileSync, rmSync, statSync } from "node:fs";
import { dirname } from "node:path";
import type { Words } from "../../lib/words.ts";
import { moveFile, syncFile, syncFolder } from "../../lib/write-file.ts";
import { words } from "../../station/phrases.ts";
import { Database } from "../sqlite/database.ts";
import { setAside } from "../sqlite/set-aside.ts";
import { StorageError } from "../sqlite/storage-error.ts";
import { lengthByHeader } from "./header.ts";
import { isLogDamaged } from "./log-check.ts";
import { salvage } from "./salvage.ts";

/** A file up to here is checked in the background after every start; a longer one where its last user was killed. */
const checkedAlways = 256 * 1024 * 1024;
/** A file up to here is checked before it is used, where its last user was killed; it takes some ten milliseconds. */
const checkedAtOnce = 32 * 1024 * 1024;

/** What is read at every start besides the states: damage in it has to be found here. */
const readAtStart = ["tokens", "settings", "access", "procedures", "certificates", "signing_requests", "record"];
const attemptsAtStart = "SELECT body FROM attempts ORDER BY last_at DESC LIMIT 200";

/** Opens a record for writing, whatever lies at its path. One that is damaged is put aside whole, and what can be read of it goes on in
 * a new one; what happened is told in words. `doubtful`: it has still to be looked through.
 * @throws FailureError as `Database`; not for damage */
export function openRepaired(path: string, now: number): { database: Database; told: Words[]; doubtful: boolean } {
  const told: Words[] = [];
  const before = statSync(path, { throwIfNoEntry: false });
  if (before?.isDirectory()) {
    told.push(words("record-begun-anew", { path, copy: setAside(path, now) ?? "" }));
  } else if (before?.size === 0) told.push(words("record-was-empty", { path }));
  else if (before && isLogDamaged(`${path}-wal`)) {
    const copy = `${path}-wal.damaged-${now}`;
    copyFileSync(`${path}-wal`, copy);
    told.push(words("record-log-damaged", { copy }));
  }
  const length = before?.isFile() ? before.size : 0;
  const suspect = length > 0 && isSuspect(path, length);
  for (let again = false; ; again = true) {
    let database: Database | null = null;
    try {
      database = new Database(path);
      const checked = again || (suspect && length <= checkedAtOnce);
      const sound = again || (isReadable(database) && !(checked && !database.isSound()));
      if (sound) return { database, told, doubtful: !checked && (suspect || length <= checkedAlways) };
    } catch (error) {
      if (again || !(error instanceof StorageError && error.fault === "damaged")) throw error;
    }
    database?.dispose();
    told.push(putInPlace(path, buildBeside(path), now));
  }
}

/** A sound record, made of what can be read of a damaged one, beside it. */
export type Built = { readable: boolean; frames: number; gaps: number };

const besideName = (path: string) => `${path}.new`;

/** Makes a sound record of a damaged one, beside it.
 * @throws StorageError when it cannot be written */
export function buildBeside(path: string): Built {
  const beside = besideName(path);
  for (const part of ["", "-wal", "-shm"]) rmSync(`${beside}${part}`, { force: true });
  const built = salvage(path, beside);
  syncFile(beside);
  return built;
}

/** Puts the damaged record aside, and the one beside it into its place. Nobody may have it open. Returns what to tell. */
export function putInPlace(path: string, { readable, frames, gaps }: Built, now: number): Words {
  const copy = setAside(path, now) ?? "";
  moveFile(besideName(path), path);
  syncFolder(dirname(path));
  if (!readable) return words("record-begun-anew", { path, copy });
  return words("record-salvaged", { copy, frames, gaps });
}

/** Killed with its log not yet moved into it, or cut short. */
function isSuspect(path: string, size: number): boolean {
  const log = statSync(`${path}-wal`, { throwIfNoEntry: false });
  if (log && log.size > 0) return true;
  const length = lengthByHeader(path);
  return length !== null && length > size;
}

function isReadable(database: Database): boolean {
  for (const table of readAtStart) database.prepare(`SELECT * FROM ${table}`).all();
  database.prepare(attemptsAtStart).all();
  return true;
}
