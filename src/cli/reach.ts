import { existsSync } from "node:fs";
import { join } from "node:path";
import { type CoreClient, createClient } from "../api/client.ts";
import { readContact } from "../api/contact.ts";
import type { FeedInput, FeedName, FeedValue } from "../api/contract.ts";
import { dialCore } from "../api/dial.ts";
import { silentLogger } from "../lib/logger.ts";
import { isoTime } from "../lib/units.ts";
import { Registry } from "../session/registry.ts";
import { lostLink } from "../station/fold/lost-link.ts";
import { reduce } from "../station/fold/reduce.ts";
import { english } from "../station/phrases.ts";
import { AttemptsRepository } from "../store/attempts.ts";
import { EventsRepository } from "../store/events.ts";
import { openForReading } from "../store/file/reading.ts";
import { FilesRepository } from "../store/files/files.ts";
import { FindingFramesRepository } from "../store/finding-frames.ts";
import { FramesRepository } from "../store/frames.ts";
import { BookmarksRepository } from "../store/kept/bookmarks.ts";
import { ConsoleRepository } from "../store/kept/console.ts";
import { OutboxRepository } from "../store/kept/outbox.ts";
import { SavedCallsRepository } from "../store/kept/saved-calls.ts";
import { MomentsRepository } from "../store/moments/moments.ts";
import { whatWasSkipped } from "../store/skipped.ts";
import { StationsRepository } from "../store/stations.ts";
import { exitCodes } from "./exit.ts";
import { complain } from "./output.ts";

/** A client of the core that uses a folder; null when none runs there: `core.json` may be the leavings of a killed one, and its port
 * somebody else's by now. */
export function reachCore(folder: string): Promise<CoreClient | null> {
  const contact = readContact(folder);
  if (!contact) return Promise.resolve(null);
  const impostor = () => complain(`What answers at ${new URL(contact.url).host} is not this folder's core.`);
  const client = createClient({ connect: () => dialCore(contact, impostor), retryMs: null });
  return new Promise((resolve, reject) => {
    const listening = client.onState((state) => {
      listening.stop();
      if (state !== "open") resolve(null);
      else tellOfRecord(client).then(() => resolve(client), reject);
    });
  });
}

/** Whatever is asked for: a person has to know when no station is answered, or when something befell the record. */
async function tellOfRecord(core: CoreClient): Promise<void> {
  const { storeProblem, notices } = await snapshotOf(core, "connection.status", {});
  if (storeProblem) complain(`No station is answered: ${english(storeProblem)}`);
  for (const { at, words } of notices) complain(`${isoTime(at)} ${english(words)}`);
}

/** Lets the core of a folder do something. Without one it says so.
 * @returns the exit code: what `work` returns where that is a number */
export async function withCore(folder: string, work: (core: CoreClient) => Promise<unknown>): Promise<number> {
  const core = await reachCore(folder);
  if (!core) {
    complain("No core runs on this folder. Start one: plugside serve");
    return exitCodes.offline;
  }
  const code = await work(core).finally(() => core.close());
  return typeof code === "number" ? code : exitCodes.ok;
}

/** The snapshot of a feed, and no more of it. */
export function snapshotOf<N extends FeedName>(core: CoreClient, name: N, input: FeedInput<N>): Promise<FeedValue<N>> {
  return new Promise((resolve, reject) => {
    const watch = core.watch(
      name,
      input,
      (value) => {
        queueMicrotask(() => watch.stop());
        resolve(value);
      },
      reject,
    );
  });
}

/** The record of a folder where no core runs, for reading. */
export type OpenRecord = {
  registry: Registry;
  frames: FramesRepository;
  events: EventsRepository;
  moments: MomentsRepository;
  attempts: AttemptsRepository;
  findingFrames: FindingFramesRepository;
  files: FilesRepository;
  bookmarks: BookmarksRepository;
  savedCalls: SavedCallsRepository;
  outbox: OutboxRepository;
  consoles: ConsoleRepository;
  close(): void;
};

/** Where no core runs no link is up, whatever a killed one left behind. */
function endLinks(registry: Registry): void {
  for (const entry of registry.all()) {
    const lost = lostLink(entry.state);
    const { seq, lastSeenAt } = entry.state;
    if (lost) entry.state = reduce(entry.state, { ...lost, seq, at: lastSeenAt });
  }
}

/** Opens the record of a folder; null when there is none. */
export function openRecord(folder: string): OpenRecord | null {
  const path = join(folder, "plugside.db");
  if (!existsSync(path)) return null;
  const { database, close } = openForReading(path);
  const frames = new FramesRepository(database);
  const events = new EventsRepository(database);
  const registry = new Registry({ stations: new StationsRepository(database), frames, events, log: silentLogger });
  registry.restore(true);
  endLinks(registry);
  const skipped = whatWasSkipped(database);
  if (skipped) complain(english(skipped));
  return {
    registry,
    frames,
    events,
    moments: new MomentsRepository(database),
    attempts: new AttemptsRepository(database),
    findingFrames: new FindingFramesRepository(database),
    files: new FilesRepository(database),
    bookmarks: new BookmarksRepository(database),
    savedCalls: new SavedCallsRepository(database),
    outbox: new OutboxRepository(database),
    consoles: new ConsoleRepository(database),
    close,
  };
}
