import { statSync } from "node:fs";
import { Worker } from "node:worker_threads";
import type { Disposable } from "../../lib/disposable.ts";
import type { Logger } from "../../lib/logger.ts";

/** A text, not a file: so it needs no place of its own in the bundle, nor in the archive of an installed Plugside. */
const thread = `
const { parentPort, workerData } = require("node:worker_threads");
const { DatabaseSync } = require("node:sqlite");
const { path, busy } = workerData;
const database = new DatabaseSync(path);
const checkpoint = database.prepare("PRAGMA wal_checkpoint(PASSIVE)");
parentPort.on("message", (word) => {
  if (word === "end") {
    database.close();
    parentPort.close();
    return;
  }
  let problem = null;
  try {
    checkpoint.get();
  } catch (error) {
    problem = String(error);
  }
  Atomics.store(busy, 0, 0);
  Atomics.notify(busy, 0);
  parentPort.postMessage(problem);
});
`;

/** From here on the log is to be moved and begun anew, bytes: above what of it stays on disk, so that its length tells. The longer, the
 * more often a page is written to the log before it is moved once. */
const longLog = 32 * 1024 * 1024;
/** From here on nothing more is written before it is moved: the disk is slower than what comes. With the commit that goes past it, the
 * log stays below 64 MB. */
const fullLog = 48 * 1024 * 1024;
/** A thread that takes longer than this for one pass hangs, and so does the disk. */
const longestWaitMs = 30_000;
/** How long the writer waits before it looks whether the thread still holds it up. */
const waitMs = 50;
/** So often the thread moves what came while it moved the rest, so that little is left for the writer. */
const passes = 2;

/** Moves what is in the write-ahead log into the database, on a thread of its own: it reads, writes and syncs many pages, and no
 * station shall wait for that. Under a load that never pauses the log would grow for ever, since it begins anew only when all of it
 * is moved: the little that is then left is moved by the writer, between two commits. A log that is full all the same is moved by the
 * writer before it goes on. Where the thread fails nothing is lost, and the next time there is another. */
export class Checkpoints implements Disposable {
  readonly #path: string;
  readonly #log: Logger;
  readonly #finish: () => boolean;
  #worker: Worker | null = null;
  /** 1 while the thread is at it: shared with it, so that the writer can wait. */
  #busy = new Int32Array(new SharedArrayBuffer(4));
  #underWay = false;
  #wanted = false;
  #passes = 0;
  /** Told of once, until it works again. */
  #failed = false;
  #ended: Promise<void> = Promise.resolve();

  /** @param path the database's file
   * @param finish moves what is left, by the writer; false while another is at it */
  constructor(path: string, log: Logger, finish: () => boolean) {
    this.#path = path;
    this.#log = log;
    this.#finish = finish;
  }

  /** Something was committed: in a quiet moment it is moved. */
  committed(): void {
    this.#wanted = true;
    const length = this.#length();
    if (length > fullLog) this.#finishNow(longestWaitMs);
    else if (length > longLog) this.#begin();
  }

  /** A quiet moment, or what passes for one. */
  pause(): void {
    if (this.#wanted) this.#begin();
  }

  /** Whether none is under way. */
  get isIdle(): boolean {
    return !this.#underWay;
  }

  /** Lets the one under way end. */
  async dispose(): Promise<void> {
    // Until now it kept nobody from ending; from here on it has to be waited for.
    this.#worker?.ref();
    this.#worker?.postMessage("end");
    await this.#ended;
  }

  /** Another file has the path now: the thread has still the one of before. */
  reopened(): void {
    this.#worker?.postMessage("end");
    this.#worker = null;
    this.#busy = new Int32Array(new SharedArrayBuffer(4));
    this.#underWay = false;
  }

  #begin(): void {
    if (this.#underWay) return;
    this.#underWay = true;
    this.#wanted = false;
    try {
      this.#worker ??= this.#start();
      Atomics.store(this.#busy, 0, 1);
      this.#worker.postMessage("checkpoint");
    } catch (error) {
      this.#over(String(error));
    }
  }

  #start(): Worker {
    const worker = new Worker(thread, {
      eval: true,
      workerData: { path: this.#path, busy: this.#busy },
      name: "checkpoints",
      execArgv: [],
      // It holds next to nothing, and would be given what a program of its own is given.
      resourceLimits: { maxYoungGenerationSizeMb: 1, maxOldGenerationSizeMb: 16 },
    });
    worker.unref();
    worker.on("message", (problem: string | null) => {
      if (this.#worker === worker) this.#done(problem);
    });
    worker.on("error", (error) => {
      if (this.#worker !== worker) return;
      this.#worker = null;
      this.#over(String(error));
    });
    this.#ended = new Promise((resolve) =>
      worker.once("exit", () => {
        resolve();
        if (this.#worker !== worker) return;
        this.#worker = null;
        this.#underWay = false;
      }),
    );
    return worker;
  }

  #done(problem: string | null): void {
    this.#over(problem);
    this.#passes += 1;
    if (problem !== null || this.#length() <= longLog) this.#passes = 0;
    else if (this.#passes < passes) this.#begin();
    else {
      this.#passes = 0;
      this.#finishNow(0);
    }
  }

  /** Moves the rest by the writer, who waits for the thread where that is at it. */
  #finishNow(longestMs: number): void {
    try {
      for (let waited = 0; !this.#finish() && this.#underWay && waited < longestMs; waited += waitMs) {
        Atomics.wait(this.#busy, 0, 1, waitMs);
      }
    } catch (error) {
      this.#tell(String(error));
    }
  }

  #over(problem: string | null): void {
    this.#underWay = false;
    Atomics.store(this.#busy, 0, 0);
    if (problem !== null) this.#wanted = true;
    this.#tell(problem);
  }

  #tell(problem: string | null): void {
    if (problem !== null && !this.#failed) {
      this.#log.warn("the record's log cannot be moved into it; tried again", { why: problem });
    }
    this.#failed = problem !== null;
  }

  #length(): number {
    return statSync(`${this.#path}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  }
}
