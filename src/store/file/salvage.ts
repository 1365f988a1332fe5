import { closeSync, copyFileSync, existsSync, openSync, rmSync, writeSync } from "node:fs";
import { indexFindings } from "../migrations/0006-finding-frames.ts";
import { Database, pageSize, type Row, type Value } from "../sqlite/database.ts";
import { StorageError } from "../sqlite/storage-error.ts";
import { headerOf } from "./header.ts";

/** What could be taken over of a damaged record. `gaps`: places where something could not be read. */
export type Salvaged = { readable: boolean; frames: number; gaps: number };

type Table = { name: string; key: string; numbered: boolean; columns: string[] };

const derived: readonly string[] = ["finding_frames", "frame_keys", "frame_keys_reach", "moments"];

/** Sizes that a record's pages may have, the likeliest first. */
const pageSizes = [pageSize, 8192, 32_768, 4096];

/** Takes all that can be read of a damaged record over into a new one. The damaged one stays as it is.
 * @throws StorageError when the new one cannot be written */
export function salvage(damaged: string, into: string): Salvaged {
  const target = new Database(into);
  const found: Salvaged = { readable: false, frames: 0, gaps: 0 };
  const patched = `${into}-header`;
  let source: Database | null = null;
  try {
    // The file is thrown away if this does not come to its end: it needs no log.
    target.exec("PRAGMA journal_mode = OFF");
    source = openDamaged(damaged, patched);
    if (source) {
      found.readable = true;
      const readable = source;
      for (const table of tablesOf(target)) {
        // Made anew, here or in time, or looked for in the frames; and there is one row about the record itself.
        if (derived.includes(table.name) || table.name === "record") continue;
        target.transaction(() => {
          found.gaps += takeOver(readable, target, table);
        });
      }
      target.exec("UPDATE stations SET tail = NULL");
      takeRecord(readable, target);
      target.exec(indexFindings);
      found.frames = Number(target.prepare("SELECT count(*) AS count FROM frames").get()?.count);
    }
  } finally {
    source?.dispose();
    target.dispose();
    for (const part of ["", "-wal", "-shm"]) rmSync(`${patched}${part}`, { force: true });
  }
  return found;
}

/** Null when not even the names of its tables can be read. */
function openDamaged(path: string, patched: string): Database | null {
  const plain = openReadable(path);
  if (plain) return plain;
  // Often only the head of the file is gone; what it says is known.
  for (const size of pageSizes) {
    const hasLog = existsSync(`${path}-wal`);
    copyFileSync(path, patched);
    if (hasLog) copyFileSync(`${path}-wal`, `${patched}-wal`);
    const file = openSync(patched, "r+");
    writeSync(file, headerOf(size, hasLog), 0, undefined, 0);
    closeSync(file);
    const source = openReadable(patched);
    if (source) return source;
  }
  return null;
}

function openReadable(path: string): Database | null {
  let source: Database | null = null;
  try {
    source = new Database(path, { readOnly: true });
    if (source.has("stations")) return source;
  } catch (error) {
    if (!isDamage(error)) throw error;
  }
  source?.dispose();
  return null;
}

function tablesOf(target: Database): Table[] {
  const names = target
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .all();
  return names.map((row) => {
    const name = String(row.name);
    const columns = target.prepare(`SELECT name, type, pk FROM pragma_table_info(?)`).all(name);
    const key = columns.find(({ pk }) => pk === 1);
    return {
      name,
      key: String(key?.name),
      numbered: key?.type === "INTEGER",
      columns: columns.map((column) => String(column.name)),
    };
  });
}

/** @returns how many places could not be read */
function takeOver(source: Database, target: Database, table: Table): number {
  const columns = table.columns.filter((column) => hasColumn(source, table.name, column));
  if (columns.length === 0) return 0;
  const insert = target.prepare(
    `INSERT OR IGNORE INTO ${table.name} (${columns.join()}) VALUES (${columns.map(() => "?").join()})`,
  );
  let refused = 0;
  const take = (row: Row) => {
    try {
      insert.run(...columns.map((column): Value => row[column] ?? null));
    } catch (error) {
      // What breaks the table's own rules is damage that the reading did not notice.
      if (error instanceof StorageError) throw error;
      refused += 1;
    }
  };
  const select = `SELECT ${columns.join()} FROM ${table.name}`;
  const gaps = table.numbered
    ? readNumbered(source, select, table.key, take)
    : readNamed(source, select, table.key, take);
  return gaps + refused;
}

function hasColumn(source: Database, table: string, column: string): boolean {
  return source.prepare("SELECT 1 FROM pragma_table_info(?) WHERE name = ?").get(table, column) !== undefined;
}

/** Reads rows in order of their numbers, and goes on behind each place that cannot be read. */
function readNumbered(source: Database, select: string, key: string, take: (row: Row) => void): number {
  const rows = source.prepare(`${select} WHERE ${key} >= ? ORDER BY ${key}`);
  const first = source.prepare(`${select} WHERE ${key} >= ? ORDER BY ${key} LIMIT 1`);
  let gaps = 0;
  for (let from: number | null = 0; from !== null; ) {
    let last: number = from - 1;
    try {
      for (const row of rows.iterate(from)) {
        const at = Number(row[key]);
        if (at < last) break;
        take(row);
        last = at;
      }
      return gaps;
    } catch (error) {
      if (!isDamage(error)) throw error;
      gaps += 1;
      from = readableAfter(last + 1, (at) => first.get(at)?.[key] ?? null);
    }
  }
  return gaps;
}

/** The first number behind `from` that can be read, found by steps that double and then halve: a page holds many rows.
 * @param probe the number of the first row at or after one, null when there is none; throws where it cannot be read */
function readableAfter(from: number, probe: (at: number) => Row[string]): number | null {
  const reads = (at: number): boolean => {
    try {
      probe(at);
      return true;
    } catch (error) {
      if (isDamage(error)) return false;
      throw error;
    }
  };
  let bad = from;
  let good = from + 1;
  for (let step = 1; !reads(good); step *= 2) {
    bad = good;
    good += step;
    if (!Number.isSafeInteger(good)) return null;
  }
  while (good - bad > 1) {
    const middle = Math.floor((bad + good) / 2);
    if (reads(middle)) good = middle;
    else bad = middle;
  }
  const next = probe(good);
  return next === null ? null : Number(next);
}

/** Reads rows from both ends, up to what cannot be read. */
function readNamed(source: Database, select: string, key: string, take: (row: Row) => void): number {
  let gaps = 0;
  for (const order of ["ASC", "DESC"]) {
    try {
      for (const row of source.prepare(`${select} ORDER BY ${key} ${order}`).iterate()) take(row);
      return gaps;
    } catch (error) {
      if (!isDamage(error)) throw error;
      gaps = 1;
    }
  }
  return gaps;
}

/** The record's own name, and how far its states are folded: not known, each state tells for itself. */
function takeRecord(source: Database, target: Database): void {
  target.exec(
    "UPDATE record SET folded = (SELECT coalesce(min(seq), 0) FROM stations WHERE state IS NOT NULL AND json_valid(state))",
  );
  try {
    const row = source.has("record") && source.prepare("SELECT name, folded FROM record").get();
    if (row)
      target.prepare("UPDATE record SET name = ?, folded = max(folded, ?)").run(String(row.name), Number(row.folded));
  } catch (error) {
    if (!isDamage(error)) throw error;
  }
}

function isDamage(error: unknown): boolean {
  return error instanceof StorageError && error.fault === "damaged";
}
