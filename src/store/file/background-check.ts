import { Worker } from "node:worker_threads";
import type { Disposable } from "../../lib/disposable.ts";
import type { Logger } from "../../lib/logger.ts";

/** A text, not a file: so it needs no place of its own in the bundle, nor in the archive of an installed Plugside. */
const thread = `
const { parentPort, workerData } = require("node:worker_threads");
const { DatabaseSync } = require("node:sqlite");
const corrupt = 11;
const noDatabase = 26;
let sound = true;
try {
  const database = new DatabaseSync(workerData, { readOnly: true });
  sound = database.prepare("PRAGMA quick_check(1)").get().quick_check === "ok";
  database.close();
} catch (error) {
  if (![corrupt, noDatabase].includes(error.errcode & 0xff)) throw error;
  sound = false;
}
parentPort.postMessage(sound);
`;

/** Looks a record through for damage on a thread of its own: a long one takes seconds.
 * @param onDamage called once where there is some */
export function checkInBackground(path: string, log: Logger, onDamage: () => void): Disposable {
  let worker: Worker | null = null;
  try {
    worker = new Worker(thread, { eval: true, workerData: path, name: "record-check", execArgv: [] });
    worker.unref();
    worker.on("message", (sound: boolean) => {
      if (!sound) onDamage();
    });
    worker.on("error", (error) => log.warn("the record could not be looked through", { why: String(error) }));
  } catch (error) {
    log.warn("the record could not be looked through", { why: String(error) });
  }
  return { dispose: async () => void (await worker?.terminate()) };
}
