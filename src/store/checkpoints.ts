import { Worker } from "node:worker_threads";
import type { Disposable } from "../lib/disposable.ts";
import type { Logger } from "../lib/logger.ts";

/** A text, not a file: so it needs no place of its own in the bundle, nor in the archive of an installed Plugside. */
const thread = `
const { parentPort, workerData } = require("node:worker_threads");
const { DatabaseSync } = require("node:sqlite");
const database = new DatabaseSync(workerData);
parentPort.on("message", (word) => {
  if (word === "end") {
    database.close();
    parentPort.close();
    return;
  }
  let problem = null;
  try {
    database.exec("PRAGMA wal_checkpoint(PASSIVE)");
  } catch (error) {
    problem = String(error);
  }
  parentPort.postMessage(problem);
});
`;

/** Moves what is in the write-ahead log into the database, on a thread of its own: it reads, writes and syncs many pages, and no
 * station shall wait for that. Where it fails nothing is lost: the log grows until the writer makes a checkpoint itself. */
export class Checkpoints implements Disposable {
  readonly #path: string;
  readonly #log: Logger;
  #worker: Worker | null = null;
  #underWay = false;
  #ended: Promise<void> = Promise.resolve();

  /** @param path the database's file */
  constructor(path: string, log: Logger) {
    this.#path = path;
    this.#log = log;
  }

  /** Begins a checkpoint, unless one is under way. */
  begin(): void {
    if (this.#underWay) return;
    this.#underWay = true;
    this.#worker ??= this.#start();
    this.#worker.postMessage("checkpoint");
  }

  /** Lets the one under way end. */
  async dispose(): Promise<void> {
    // Until now it kept nobody from ending; from here on it has to be waited for.
    this.#worker?.ref();
    this.#worker?.postMessage("end");
    await this.#ended;
  }

  #start(): Worker {
    const worker = new Worker(thread, { eval: true, workerData: this.#path, name: "checkpoints", execArgv: [] });
    worker.unref();
    worker.on("message", (problem: string | null) => {
      this.#underWay = false;
      if (problem !== null) this.#log.warn("a checkpoint of the record failed", { why: problem });
    });
    worker.on("error", (error) => this.#log.error("checkpoints of the record have ended", { error }));
    this.#ended = new Promise((resolve) => worker.once("exit", () => resolve()));
    return worker;
  }
}
