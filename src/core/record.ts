import { join } from "node:path";
import type { Clock } from "../lib/clock.ts";
import type { DisposableStore } from "../lib/disposable.ts";
import type { Logger } from "../lib/logger.ts";
import { createJournal, type Journal } from "../session/journal.ts";
import { Registry } from "../session/registry.ts";
import { lostLink } from "../station/lost-link.ts";
import { Checkpoints } from "../store/checkpoints.ts";
import { Database, lockFolder } from "../store/database.ts";
import { EventsRepository } from "../store/events.ts";
import { FramesRepository } from "../store/frames.ts";
import { Recorder } from "../store/recorder.ts";
import { StationsRepository } from "../store/stations.ts";

/** The record, and the stations as it tells of them. */
export type OpenRecord = {
  database: Database;
  recorder: Recorder;
  frames: FramesRepository;
  events: EventsRepository;
  registry: Registry;
  journal: Journal;
};

const keepStateMs = 2000;

/** Opens the record of a data folder, folds it, and keeps the states from then on.
 * @throws FailureError `conflict` when another core uses the folder, `unavailable` when the record cannot be opened */
export function openRecord(
  { dataFolder, clock, log }: { dataFolder: string; clock: Clock; log: Logger },
  closing: DisposableStore,
): OpenRecord {
  const path = join(dataFolder, "plugside.db");
  closing.add(lockFolder(join(dataFolder, "lock.db")));
  const database = closing.add(new Database(path));
  const checkpoints = closing.add(new Checkpoints(path, log));
  const recorder = closing.add(new Recorder({ database, clock, log }));
  const frames = new FramesRepository(database);
  const events = new EventsRepository(database);
  const registry = new Registry({ stations: new StationsRepository(database), frames, events, log });
  const journal = createJournal({ registry, recorder, clock });
  registry.restore();
  endLostLinks(registry, journal);

  function keepState(): void {
    recorder.flush();
    if (recorder.trouble === null) registry.save();
  }
  closing.add({ dispose: keepState });
  const keeping = clock.every(keepStateMs, () => {
    try {
      keepState();
      if (recorder.takeWritten()) checkpoints.begin();
    } catch (error) {
      log.error("the state could not be kept", { error });
    }
  });
  closing.add({ dispose: () => keeping.stop() });
  return { database, recorder, frames, events, registry, journal };
}

/** Links that were up when the last life ended are over. */
function endLostLinks(registry: Registry, journal: Journal): void {
  for (const entry of registry.all()) {
    const lost = lostLink(entry.state);
    if (lost) journal.write(entry, lost);
  }
}
