import { accessSync, constants, mkdirSync, rmSync, statSync } from "node:fs";
import { dirname } from "node:path";
import type { Clock } from "../../lib/clock.ts";
import { createEmitter, type Emitter } from "../../lib/emitter.ts";
import type { Logger } from "../../lib/logger.ts";
import type { Words } from "../../lib/words.ts";
import { moveFile, syncFile, syncFolder } from "../../lib/write-file.ts";
import { whyOf } from "../../station/failure.ts";
import { words } from "../../station/phrases.ts";
import { Database } from "../sqlite/database.ts";
import { freeBytes, StorageError } from "../sqlite/storage-error.ts";
import { buildBeside, putInPlace } from "./repair.ts";

export type RecordFileOptions = {
  database: Database;
  clock: Clock;
  log: Logger;
  /** What a person must know of. */
  tell: (what: Words) => void;
};

/** A file that is gone for so long is not being put back: it is made anew. Long enough that a person sees it said before. */
const awayMs = 900;
/** Making a long record anew takes long, and holds everybody up: what has failed is not tried at once again. */
const againMs = 10_000;
/** With less free than this it is tried whether the record can be written, though nothing comes: bytes. */
const littleRoom = 1024 * 1024;

/** The record's file while the core runs: whether it is still there, still ours and still sound; and what is done when it is not. A file
 * that has lost its name takes all that is written into it and keeps none of it, so this is asked before each commit. */
export class RecordFile {
  readonly #options: RecordFileOptions;
  readonly #path: string;
  readonly #name: string;
  #id: string | null;
  #goneSince: number | null = null;
  #failing = false;
  #damaged = false;
  #notBefore = Number.NEGATIVE_INFINITY;
  #patience = awayMs;
  #lastProblem: Words | null = null;

  /** Another file has the path now. `folder`: the whole folder was made anew, and who has files in it has to write them again. */
  readonly reopened: Emitter<{ folder: boolean }>;

  constructor(options: RecordFileOptions) {
    this.#options = options;
    this.#path = options.database.path;
    this.#name = nameOf(options.database);
    this.#id = idOf(this.#path);
    this.reopened = createEmitter(options.log);
  }

  /** Why nothing can be stored now; null when it can, as far as can be seen without writing. Mends what can be mended. */
  obstacle(): Words | null {
    if (this.#damaged) return this.#sometimes(() => this.#repair());
    const id = idOf(this.#path);
    if (id === null) return this.#gone();
    this.#goneSince = null;
    if (this.#failing) return this.#comeBack(id);
    return id === this.#id ? null : words("record-replaced", { path: this.#path });
  }

  /** Whether it takes a write to know that the record can be written. */
  get doubtful(): boolean {
    const free = freeBytes(this.#path);
    if (free !== null && free < littleRoom) return true;
    try {
      accessSync(this.#path, constants.W_OK);
      return false;
    } catch {
      return true;
    }
  }

  /** A commit, or a read, has failed. */
  failed(error: unknown): void {
    if (!(error instanceof StorageError)) return;
    if (error.fault === "damaged") this.#damaged = true;
    if (error.fault === "failing") this.#failing = true;
  }

  /** Damage was found in it. */
  foundDamaged(): void {
    this.#damaged = true;
  }

  /** The core ends: what can be mended is mended at once, or never. */
  lastCall(): void {
    this.#patience = 0;
    this.#notBefore = Number.NEGATIVE_INFINITY;
  }

  #gone(): Words | null {
    const now = this.#options.clock.monotonic();
    this.#goneSince ??= now;
    const gone = words("record-gone", { path: this.#path });
    if (now - this.#goneSince < this.#patience) return gone;
    return this.#sometimes(() => this.#remake()) && gone;
  }

  /** Writes the record anew from the file that has lost its name: it lives on as long as we hold it. */
  #remake(): null {
    const { database, tell, log } = this.#options;
    mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 });
    const draft = `${this.#path}.new`;
    rmSync(draft, { force: true });
    database.copyTo(draft);
    syncFile(draft);
    moveFile(draft, this.#path);
    syncFolder(dirname(this.#path));
    database.reopen();
    this.#settled();
    log.warn("the record was gone, and was written anew", { path: this.#path });
    this.reopened.emit({ folder: true });
    tell(words("record-remade", { path: this.#path }));
    return null;
  }

  #repair(): null {
    const { database, tell, clock, log } = this.#options;
    log.error("the record is damaged; what can be read of it is taken over", { path: this.#path });
    const built = buildBeside(this.#path);
    database.dispose();
    try {
      const told = putInPlace(this.#path, built, clock.now());
      this.#damaged = false;
      database.reopen();
      tell(told);
    } finally {
      if (this.#damaged) database.reopen();
    }
    this.#settled();
    this.reopened.emit({ folder: false });
    return null;
  }

  /** The disk gave errors: where it was away and is back, what we held of it is worth nothing any more. */
  #comeBack(id: string): Words | null {
    if (id !== this.#id && !this.#isOurs()) return words("record-replaced", { path: this.#path });
    try {
      this.#options.database.reopen();
    } catch (error) {
      return whyOf(error);
    }
    const was = this.#id;
    this.#settled();
    if (id !== was) {
      this.reopened.emit({ folder: true });
      this.#options.tell(words("record-back", { path: this.#path }));
    }
    return null;
  }

  #settled(): void {
    this.#id = idOf(this.#path);
    this.#goneSince = null;
    this.#failing = false;
  }

  #isOurs(): boolean {
    let there: Database | null = null;
    try {
      there = new Database(this.#path, { readOnly: true });
      return nameOf(there) === this.#name;
    } catch {
      return false;
    } finally {
      there?.dispose();
    }
  }

  /** What takes long is not tried again at once when it has failed. */
  #sometimes(work: () => null): Words | null {
    const now = this.#options.clock.monotonic();
    if (now < this.#notBefore) return this.#lastProblem;
    try {
      this.#lastProblem = work();
    } catch (error) {
      this.#lastProblem = whyOf(error);
      this.#notBefore = now + againMs;
    }
    return this.#lastProblem;
  }
}

function nameOf(database: Database): string {
  return String(database.prepare("SELECT name FROM record").get()?.name);
}

/** Tells a file from every other, whatever its name; null when there is none. */
function idOf(path: string): string | null {
  try {
    const found = statSync(path, { bigint: true, throwIfNoEntry: false });
    return found ? `${found.dev}:${found.ino}` : null;
  } catch {
    return null;
  }
}
