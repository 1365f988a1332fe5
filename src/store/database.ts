import { closeSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { FailureError } from "../lib/contract.ts";
import type { Disposable } from "../lib/disposable.ts";
import { failure, whyOf } from "../station/failure.ts";
import { words } from "../station/phrases.ts";
import { migrations } from "./migrations/index.ts";

export type Value = SQLInputValue;
export type Row = Record<string, null | number | bigint | string | Uint8Array>;

/** A compiled statement. */
export type Statement = {
  run(...values: Value[]): void;
  get(...values: Value[]): Row | undefined;
  all(...values: Value[]): Row[];
  iterate(...values: Value[]): Iterable<Row>;
};

/** The record's database: one writer, WAL. The only file that imports the driver. */
export class Database implements Disposable {
  readonly #driver: DatabaseSync;
  readonly #begin: StatementSync;
  readonly #commit: StatementSync;

  /** @throws FailureError `unavailable` when the file cannot be opened, is no database, or is from a newer Plugside */
  constructor(path: string, options: { readOnly?: boolean } = {}) {
    try {
      if (!options.readOnly) makeFile(path);
      this.#driver = new DatabaseSync(path, { readOnly: options.readOnly ?? false });
      this.#driver.exec("PRAGMA busy_timeout = 2000");
      if (!options.readOnly) this.#prepareForWriting();
      this.#begin = this.#driver.prepare("BEGIN IMMEDIATE");
      this.#commit = this.#driver.prepare("COMMIT");
      this.#migrate(options.readOnly ?? false);
    } catch (error) {
      if (error instanceof FailureError) throw error;
      throw failure("unavailable", words("record-unopened", { path, problem: whyOf(error) }));
    }
  }

  exec(sql: string): void {
    this.#driver.exec(sql);
  }

  prepare(sql: string): Statement {
    const statement: StatementSync = this.#driver.prepare(sql);
    return {
      run: (...values) => void statement.run(...values),
      get: (...values) => statement.get(...values) as Row | undefined,
      all: (...values) => statement.all(...values) as Row[],
      iterate: (...values) => statement.iterate(...values) as Iterable<Row>,
    };
  }

  /** Runs `work` in one transaction; all of it is stored, or nothing. */
  transaction(work: () => void): void {
    this.#begin.run();
    try {
      work();
      this.#commit.run();
    } catch (error) {
      this.#driver.exec("ROLLBACK");
      throw error;
    }
  }

  dispose(): void {
    if (this.#driver.isOpen) this.#driver.close();
  }

  #prepareForWriting(): void {
    // Larger pages and rare checkpoints keep them off the hot path; NORMAL in WAL loses nothing when the process is killed.
    this.#driver.exec(
      "PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 16384; PRAGMA cache_size = -32768",
    );
  }

  #migrate(readOnly: boolean): void {
    const row = this.#driver.prepare("PRAGMA user_version").get() as { user_version: number };
    const at = row.user_version;
    if (at > migrations.length) {
      throw failure("unavailable", words("record-newer"));
    }
    if (readOnly) return;
    for (const [index, sql] of migrations.entries()) {
      if (index < at) continue;
      this.transaction(() => {
        this.#driver.exec(sql);
        this.#driver.exec(`PRAGMA user_version = ${index + 1}`);
      });
    }
  }
}

/** Makes the file where there is none, for its owner alone: the record holds tokens, and passwords that were changed over OCPP. SQLite
 * gives its log the same mode. */
function makeFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  closeSync(openSync(path, "a", 0o600));
}

/** Holds `path` for this process alone until disposed or the process ends, however it ends. Its folder is made where there is none.
 * @throws FailureError `conflict` when another process holds it, `unavailable` when the folder cannot be used */
export function lockFolder(path: string): Disposable {
  const lock = openLock(path);
  try {
    lock.exec("PRAGMA busy_timeout = 1500; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
  } catch {
    lock.close();
    throw failure("conflict", words("record-in-use", { folder: dirname(path) }));
  }
  return { dispose: () => lock.close() };
}

function openLock(path: string): DatabaseSync {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    return new DatabaseSync(path);
  } catch (error) {
    throw failure("unavailable", words("folder-unusable", { folder: dirname(path), why: whyOf(error) }));
  }
}
