import type { Clock } from "../lib/clock.ts";
import type { DisposableStore } from "../lib/disposable.ts";
import type { Logger } from "../lib/logger.ts";
import type { Registry } from "../session/registry.ts";
import { checkInBackground } from "../store/file/background-check.ts";
import { Checkpoints } from "../store/file/checkpoints.ts";
import type { RecordFile } from "../store/file/record-file.ts";
import { FrameKeysRepository } from "../store/frame-keys.ts";
import type { Recorder } from "../store/recorder.ts";
import type { Database } from "../store/sqlite/database.ts";
import { indexInQuiet } from "./index-frames.ts";

export type CareOptions = {
  database: Database;
  file: RecordFile;
  recorder: Recorder;
  registry: Registry;
  clock: Clock;
  log: Logger;
  /** It has still to be looked through for damage. */
  doubtful: boolean;
};

const keepStateMs = 2000;
/** A folder that vanishes or fills is to be noticed within two seconds. */
const watchMs = 1000;
/** The first screen and the first station come before it. */
const checkAfterMs = 1000;

/** What is done for the record while the core runs: the states kept, the log moved into the database, the file watched. */
export function careForRecord(options: CareOptions, closing: DisposableStore): void {
  const { database, file, recorder, registry, clock, log, doubtful } = options;
  const { path } = database;
  const checkpoints = closing.add(new Checkpoints(path, log, () => database.moveLog()));
  closing.add(recorder.stored.on(() => checkpoints.committed()));
  // Between two turns every state is whole.
  closing.add(recorder.stored.on(() => registry.takeMoments()));
  closing.add(file.reopened.on(() => checkpoints.reopened()));
  const keys = new FrameKeysRepository(database);
  closing.add(indexInQuiet({ keys, recorder, clock, log, written: () => checkpoints.committed() }));

  function keepState(): void {
    recorder.check(file.doubtful);
    recorder.flush();
    if (recorder.trouble === null) registry.save(recorder.reached);
  }
  function every(ms: number, failure: string, task: () => void): void {
    const timer = clock.every(ms, () => {
      try {
        task();
      } catch (error) {
        log.error(failure, { error });
      }
    });
    closing.add({ dispose: () => timer.stop() });
  }
  closing.add({ dispose: keepState });
  closing.add({ dispose: () => file.lastCall() });
  every(keepStateMs, "the state could not be kept", () => {
    keepState();
    checkpoints.pause();
  });
  every(watchMs, "the record could not be looked at", () => recorder.check(file.doubtful));
  if (!doubtful) return;
  const later = clock.after(checkAfterMs, () => {
    const check = checkInBackground(path, log, () => {
      file.foundDamaged();
      recorder.check(false);
    });
    closing.add(check);
  });
  closing.add({ dispose: () => later.stop() });
}
