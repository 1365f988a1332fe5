import { closeSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { pathToFileURL } from "node:url";
import { FailureError } from "../../lib/contract.ts";
import type { Disposable } from "../../lib/disposable.ts";
import { patiently } from "../../lib/patient.ts";
import { failure, whyOf } from "../../station/failure.ts";
import { words } from "../../station/phrases.ts";
import { migrations } from "../migrations/index.ts";
import { setAside } from "./set-aside.ts";
import { asStorageError, StorageError } from "./storage-error.ts";

/** In place of the state of a station that is forgotten and whose rows are still being taken away. */
export const forgottenState = "forgotten";

export type Value = SQLInputValue;
export type Row = Record<string, null | number | bigint | string | Uint8Array>;

/** A compiled statement. It outlives the file it was made on: see `Database.reopen`. */
export type Statement = {
  /** @throws StorageError when the disk or the file fails; so do the others */
  run(...values: Value[]): void;
  get(...values: Value[]): Row | undefined;
  all(...values: Value[]): Row[];
  iterate(...values: Value[]): Iterable<Row>;
};

export type DatabaseOptions = {
  readOnly?: boolean;
  /** Nothing changes the file while it is open, so that not even a lock is needed: for a medium that cannot be written. */
  unchanging?: boolean;
};

/** Of a new record. Few rows of a usual length fit into a smaller one, and every commit writes the last one anew. */
export const pageSize = 16_384;
/** How long another connection may hold us up. */
const busyMs = 2000;
/** The log is moved off the hot path (checkpoints.ts). Where nobody does that, a commit does from this length on, bytes. */
const longestLog = 60 * 1024 * 1024;
/** How much of the log stays on disk once it has been moved into the database, bytes. */
const logKept = 28 * 1024 * 1024;

/** The record's database: one writer, WAL. The only file that imports the driver. */
export class Database implements Disposable {
  readonly path: string;
  /** Rows that could not be read and were passed over, by table. */
  readonly skipped = new Map<string, number>();
  readonly #options: DatabaseOptions;
  #driver: DatabaseSync;
  #begin: StatementSync;
  #commit: StatementSync;
  /** Grows with each `reopen`: statements of before are compiled anew. */
  #generation = 0;
  #synced: boolean | null = null;
  #inTransaction = false;

  /** @throws FailureError `unavailable` when the file cannot be opened or is from a newer Plugside; a StorageError where disk or file
   * are to blame */
  constructor(path: string, options: DatabaseOptions = {}) {
    this.path = path;
    this.#options = options;
    this.#driver = this.#open();
    this.#begin = this.#driver.prepare("BEGIN IMMEDIATE");
    this.#commit = this.#driver.prepare("COMMIT");
  }

  exec(sql: string): void {
    this.#guarded(() => this.#driver.exec(sql));
  }

  prepare(sql: string): Statement {
    let generation = this.#generation;
    let statement = this.#guarded(() => this.#driver.prepare(sql));
    const current = (): StatementSync => {
      if (generation === this.#generation) return statement;
      statement = this.#driver.prepare(sql);
      generation = this.#generation;
      return statement;
    };
    return {
      // Without a function around it: this runs for every frame.
      run: (...values) => {
        try {
          if (!this.#inTransaction) this.#sync(true);
          current().run(...values);
        } catch (error) {
          throw asStorageError(error, this.path);
        }
      },
      get: (...values) => this.#guarded(() => current().get(...values) as Row | undefined),
      all: (...values) => this.#guarded(() => current().all(...values) as Row[]),
      iterate: (...values) => this.#iterate(() => current().iterate(...values) as Iterable<Row>),
    };
  }

  /** Runs `work` in one transaction; all of it is stored, or nothing.
   * @param durable false: it may be lost in a power cut until the next one that is durable; never in the end of the process
   * @throws StorageError when the disk or the file fails */
  transaction(work: () => void, durable = true): void {
    this.#guarded(() => {
      this.#sync(durable);
      this.#begin.run();
      this.#inTransaction = true;
      try {
        work();
        this.#commit.run();
      } catch (error) {
        this.#rollBack();
        throw error;
      } finally {
        this.#inTransaction = false;
      }
    });
  }

  /** Whether it has a table: one that is only read has those of the Plugside that wrote it. */
  has(table: string): boolean {
    return this.prepare("SELECT 1 FROM sqlite_master WHERE name = ?").get(table) !== undefined;
  }

  /** Moves what is in the log into the database, so that the next commit begins the log anew.
   * @returns false where another connection is at it */
  moveLog(): boolean {
    return this.#guarded(() => this.#driver.prepare("PRAGMA wal_checkpoint(PASSIVE)").get()?.busy === 0);
  }

  /** Looks for damage, without comparing indexes. As slow as reading the file. */
  isSound(): boolean {
    try {
      return this.prepare("PRAGMA quick_check(1)").get()?.quick_check === "ok";
    } catch (error) {
      if (error instanceof StorageError && error.fault === "damaged") return false;
      throw error;
    }
  }

  /** Reads rows one by one: one that cannot be read is passed over and counted. */
  read<T>(table: string, rows: Iterable<Row>, toValue: (row: Row) => T): T[] {
    const values: T[] = [];
    for (const row of rows) {
      try {
        values.push(toValue(row));
      } catch {
        this.skip(table);
      }
    }
    return values;
  }

  /** Counts a row that cannot be read. */
  skip(table: string): void {
    this.skipped.set(table, (this.skipped.get(table) ?? 0) + 1);
  }

  /** Writes all that it holds into a new file, even when its own has lost its name.
   * @throws StorageError */
  copyTo(path: string): void {
    this.#guarded(() => this.#driver.prepare("VACUUM INTO ?").run(path));
  }

  /** Goes on with the file that now has its path.
   * @throws as the constructor does; then it is as it was */
  reopen(): void {
    const before = this.#driver;
    this.#driver = this.#open();
    if (before.isOpen) before.close();
    this.#begin = this.#driver.prepare("BEGIN IMMEDIATE");
    this.#commit = this.#driver.prepare("COMMIT");
    this.#generation += 1;
  }

  dispose(): void {
    if (this.#driver.isOpen) this.#driver.close();
  }

  #open(): DatabaseSync {
    const { readOnly = false, unchanging = false } = this.#options;
    let driver: DatabaseSync | null = null;
    try {
      if (!readOnly) makeFile(this.path);
      driver = new DatabaseSync(unchanging ? unchangingUrl(this.path) : this.path, { readOnly });
      driver.exec(`PRAGMA busy_timeout = ${busyMs}`);
      const newest = versionOf(driver);
      if (!readOnly) prepareForWriting(driver);
      if (!readOnly) migrate(driver, newest);
      this.#synced = null;
      return driver;
    } catch (error) {
      if (driver?.isOpen) driver.close();
      const known = asStorageError(error, this.path);
      if (known instanceof FailureError) throw known;
      throw failure("unavailable", words("record-unopened", { path: this.path, problem: whyOf(error) }));
    }
  }

  /** NORMAL syncs nothing at a commit: no process's end loses it, but a power cut may. FULL syncs the log. */
  #sync(durable: boolean): void {
    if (this.#synced === durable) return;
    this.#driver.exec(durable ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
    this.#synced = durable;
  }

  /** SQLite has rolled back by itself after some failures; the first one is the one to be told. */
  #rollBack(): void {
    try {
      this.#driver.exec("ROLLBACK");
    } catch {
      // There is nothing to roll back any more.
    }
  }

  *#iterate(rows: () => Iterable<Row>): Iterable<Row> {
    try {
      yield* rows();
    } catch (error) {
      throw asStorageError(error, this.path);
    }
  }

  #guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw asStorageError(error, this.path);
    }
  }
}

function prepareForWriting(driver: DatabaseSync): void {
  // `fullfsync`: on macOS nothing less reaches the disk.
  driver.exec(
    `PRAGMA page_size = ${pageSize}; PRAGMA journal_mode = WAL; PRAGMA cache_size = -8192;
    PRAGMA journal_size_limit = ${logKept}; PRAGMA fullfsync = ON`,
  );
  const { page_size: size } = driver.prepare("PRAGMA page_size").get() as { page_size: number };
  driver.exec(`PRAGMA wal_autocheckpoint = ${Math.floor(longestLog / size)}`);
}

function versionOf(driver: DatabaseSync): number {
  const { user_version: version } = driver.prepare("PRAGMA user_version").get() as { user_version: number };
  if (version > migrations.length) throw failure("unavailable", words("record-newer"));
  return version;
}

/** All or nothing. A new record waits for no disk: what a power cut takes of it is made again, and the next commit that must last syncs all
 * of the log. */
function migrate(driver: DatabaseSync, from: number): void {
  if (from === migrations.length) return;
  const missing = migrations.slice(from).join(";");
  if (from === 0) driver.exec("PRAGMA synchronous = OFF");
  driver.exec(`BEGIN IMMEDIATE; ${missing}; PRAGMA user_version = ${migrations.length}; COMMIT`);
  driver.exec("PRAGMA synchronous = NORMAL");
}

function unchangingUrl(path: string): URL {
  const url = pathToFileURL(path);
  url.search = "?immutable=1";
  return url;
}

/** Makes the file where there is none, for its owner alone: the record holds tokens, and passwords that were changed over OCPP. SQLite
 * gives its log the same mode. */
function makeFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  closeSync(patiently(() => openSync(path, "a", 0o600)));
}

/** Holds `path` for this process alone until disposed or the process ends, however it ends. Its folder is made where there is none.
 * @throws FailureError `conflict` when another process holds it, `unavailable` when the folder cannot be used */
export function lockFolder(path: string): Disposable {
  const lock = takeLock(path) ?? takeLock(path);
  if (!lock) throw failure("unavailable", words("folder-unusable", { folder: dirname(path), why: path }));
  return { dispose: () => lock.close() };
}

/** Null when there was something else in its place, which is now aside: nothing that is no database can hold a lock. */
function takeLock(path: string): DatabaseSync | null {
  let lock: DatabaseSync | null = null;
  try {
    makeFile(path);
    lock = new DatabaseSync(path);
    lock.exec("PRAGMA busy_timeout = 1500; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
    return lock;
  } catch (error) {
    if (lock?.isOpen) lock.close();
    const known = asStorageError(error, path);
    const folder = dirname(path);
    if (known instanceof StorageError) {
      if (known.fault === "busy") throw failure("conflict", words("record-in-use", { folder }));
      if (known.fault === "damaged" && setAside(path)) return null;
      if (known.fault !== "failing") throw known;
    }
    if ((error as NodeJS.ErrnoException).code === "EISDIR" && setAside(path)) return null;
    throw failure("unavailable", words("folder-unusable", { folder, why: whyOf(error) }));
  }
}
