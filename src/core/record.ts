import { join } from "node:path";
import type { Clock } from "../lib/clock.ts";
import type { DisposableStore } from "../lib/disposable.ts";
import type { Logger } from "../lib/logger.ts";
import type { Words } from "../lib/words.ts";
import { createJournal, type Journal } from "../session/journal.ts";
import { Registry } from "../session/registry.ts";
import { lostLink } from "../station/fold/lost-link.ts";
import { english } from "../station/phrases.ts";
import { EventsRepository } from "../store/events.ts";
import { RecordFile } from "../store/file/record-file.ts";
import { openRepaired } from "../store/file/repair.ts";
import { FramesRepository } from "../store/frames.ts";
import { type Notices, openNotices } from "../store/notices.ts";
import { Recorder } from "../store/recorder.ts";
import { SettingsRepository } from "../store/settings.ts";
import { type Database, lockFolder } from "../store/sqlite/database.ts";
import { StorageError } from "../store/sqlite/storage-error.ts";
import { StationsRepository } from "../store/stations.ts";
import { careForRecord } from "./record-care.ts";

/** The record, and the stations as it tells of them. */
export type OpenRecord = {
  database: Database;
  recorder: Recorder;
  file: RecordFile;
  notices: Notices;
  /** Tells what a person must know of the record or of the keys. */
  tell: (what: Words) => void;
  frames: FramesRepository;
  events: EventsRepository;
  registry: Registry;
  journal: Journal;
};

/** Opens the record of a data folder, folds it, and keeps the states from then on. One that is damaged is opened as far as it goes.
 * @throws FailureError `conflict` when another core uses the folder, `unavailable` when the record cannot be opened */
export function openRecord(
  { dataFolder, clock, log }: { dataFolder: string; clock: Clock; log: Logger },
  closing: DisposableStore,
): OpenRecord {
  const lock = holdFolder(join(dataFolder, "lock.db"), closing);
  const { database, told, doubtful } = openRepaired(join(dataFolder, "plugside.db"), clock.now());
  closing.add(database);
  const notices = openNotices(new SettingsRepository(database), log);
  function tell(what: Words): void {
    log.warn(english(what));
    notices.add(what, clock.now());
  }
  for (const what of told) tell(what);

  const file = new RecordFile({ database, clock, log, tell });
  closing.add(
    file.reopened.on(({ folder }) => {
      if (folder) lock.again();
    }),
  );
  const recorder = closing.add(
    new Recorder({ database, clock, log, obstacle: () => file.obstacle(), failed: (error) => file.failed(error) }),
  );
  const frames = new FramesRepository(database);
  const events = new EventsRepository(database);
  const registry = new Registry({ stations: new StationsRepository(database), frames, events, log });
  const journal = createJournal({ registry, recorder, clock });
  restore(registry, file);
  endLostLinks(registry, journal);
  careForRecord({ database, file, recorder, registry, clock, log, doubtful }, closing);
  return { database, recorder, file, notices, tell, frames, events, registry, journal };
}

/** Keeps every other core out of the folder; `again` when the folder was made anew. */
function holdFolder(path: string, closing: DisposableStore): { again(): void } {
  let lock = lockFolder(path);
  closing.add({ dispose: () => lock.dispose() });
  return {
    again() {
      void lock.dispose();
      lock = lockFolder(path);
    },
  };
}

/** Damage that is found only now is mended like any other. */
function restore(registry: Registry, file: RecordFile): void {
  try {
    registry.restore();
  } catch (error) {
    if (!(error instanceof StorageError && error.fault === "damaged")) throw error;
    file.foundDamaged();
    if (file.obstacle() !== null) throw error;
    registry.restore();
  }
}

/** Links that were up when the last life ended are over. */
function endLostLinks(registry: Registry, journal: Journal): void {
  for (const entry of registry.all()) {
    const lost = lostLink(entry.state);
    if (lost) journal.write(entry, lost, undefined, entry.state.lastSeenAt);
  }
}
