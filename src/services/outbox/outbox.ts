import type { Clock, Timer } from "../../lib/clock.ts";
import { FailureError } from "../../lib/contract.ts";
import type { Disposable } from "../../lib/disposable.ts";
import { createEmitter, type Emitter } from "../../lib/emitter.ts";
import type { Logger } from "../../lib/logger.ts";
import type { Words } from "../../lib/words.ts";
import { mostDestinations, mostInOutbox } from "../../station/bounds.ts";
import { failure, whyOf } from "../../station/failure.ts";
import type { Destination, OutboxEntry } from "../../station/model.ts";
import { words } from "../../station/phrases.ts";
import type { FileStore } from "../../store/files/file-store.ts";
import type { OutboxRepository } from "../../store/kept/outbox.ts";
import { checkPath, sendToFolder, testFolder } from "./folder.ts";

export type OutboxOptions = {
  files: Pick<FileStore, "require" | "placeOf">;
  repository: OutboxRepository;
  clock: Clock;
  log: Logger;
};

const firstPauseMs = 5_000;
const longestPauseMs = 10 * 60_000;
/** Timers stand still while the computer sleeps, and its clock may be set: it is looked at this often. */
const lookMs = 15_000;

/** What waits to be sent onward: one file at a time, tried until it has arrived. It goes on over a restart, since what waits is in the record. */
export class Outbox implements Disposable {
  readonly #options: OutboxOptions;
  readonly #entries: Map<number, OutboxEntry>;
  readonly #stopping = new AbortController();
  #sending: { id: number; stop: AbortController } | null = null;
  #work: Promise<void> | null = null;
  #timer: Timer | null = null;
  /** An entry is new, has changed, or is gone (null). */
  readonly changed: Emitter<{ id: number; entry: OutboxEntry | null }>;
  readonly destinationChanged: Emitter<{ name: string; destination: Destination | null }>;

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.changed = createEmitter(options.log);
    this.destinationChanged = createEmitter(options.log);
    this.#entries = new Map(options.repository.entries().map((entry) => [entry.id, entry]));
    this.#plan();
  }

  list(): OutboxEntry[] {
    return [...this.#entries.values()];
  }

  destinations(): Destination[] {
    return this.#options.repository.destinations();
  }

  /** @throws FailureError not-found, conflict */
  add(file: number, destination: string): OutboxEntry {
    const { files, repository, clock } = this.#options;
    const { name, state } = files.require(file);
    if (state === "coming") throw failure("conflict", words("file-coming", { name }));
    this.#require(destination);
    const known = this.list().find((entry) => entry.file === file && entry.destination === destination);
    if (known) return known.state === "sent" ? known : this.#tryNow(known);
    if (this.#entries.size >= mostInOutbox)
      throw failure("conflict", words("too-many-in-outbox", { count: mostInOutbox }));
    const at = clock.now();
    const entry = repository.add({ file, name, destination, state: "waiting", at, tries: 0, nextAt: at });
    this.#tell(entry);
    this.#plan();
    return entry;
  }

  /** @throws FailureError not-found */
  remove(id: number): void {
    if (!this.#entries.has(id)) throw failure("not-found", words("no-outbox-entry", { id }));
    this.#options.repository.remove(id);
    this.#entries.delete(id);
    this.changed.emit({ id, entry: null });
    if (this.#sending?.id === id) this.#sending.stop.abort();
  }

  /** Tries all that waits now. */
  run(): void {
    for (const entry of this.list()) if (entry.state === "waiting") this.#tryNow(entry);
  }

  /** @throws FailureError invalid-input, conflict */
  save(destination: Destination): Destination {
    const { repository } = this.#options;
    const known = repository.destinations();
    checkPath(destination.path);
    if (known.length >= mostDestinations && !known.some(({ name }) => name === destination.name))
      throw failure("conflict", words("too-many-destinations", { count: mostDestinations }));
    repository.saveDestination(destination);
    this.destinationChanged.emit({ name: destination.name, destination });
    for (const entry of this.#waitingFor(destination.name)) this.#tryNow(entry);
    return destination;
  }

  /** @throws FailureError not-found, conflict */
  forget(name: string): void {
    this.#require(name);
    const count = this.#waitingFor(name).length;
    if (count > 0) throw failure("conflict", words("destination-in-use", { name, count }));
    this.#options.repository.removeDestination(name);
    this.destinationChanged.emit({ name, destination: null });
  }

  /** @returns what is wrong with a destination
   * @throws FailureError not-found */
  async test(name: string): Promise<Words | null> {
    const { path } = this.#require(name);
    return await testFolder(path).then(() => null, whyOf);
  }

  /** Ends what goes on; it is tried again in the next life. */
  async dispose(): Promise<void> {
    this.#stopping.abort();
    this.#timer?.stop();
    this.#sending?.stop.abort();
    await this.#work;
  }

  #require(name: string): Destination {
    const found = this.destinations().find((one) => one.name === name);
    if (!found) throw failure("not-found", words("no-destination", { name }));
    return found;
  }

  #waitingFor(name: string): OutboxEntry[] {
    return this.list().filter(({ destination, state }) => state === "waiting" && destination === name);
  }

  #tryNow({ why: _why, ...entry }: OutboxEntry): OutboxEntry {
    const next = this.#put({ ...entry, state: "waiting", tries: 0, nextAt: this.#options.clock.now() });
    this.#plan();
    return next;
  }

  #put(entry: OutboxEntry): OutboxEntry {
    this.#options.repository.put(entry);
    return this.#tell(entry);
  }

  #tell(entry: OutboxEntry): OutboxEntry {
    this.#entries.set(entry.id, entry);
    this.changed.emit({ id: entry.id, entry });
    return entry;
  }

  /** The next that may be tried now. One that would wait for longer than any pause was planned by a clock that was set since. */
  #due(): OutboxEntry | undefined {
    const now = this.#options.clock.now();
    return this.list()
      .filter(({ state, nextAt = now }) => state === "waiting" && (nextAt <= now || nextAt > now + longestPauseMs))
      .sort((one, other) => (one.nextAt ?? 0) - (other.nextAt ?? 0))[0];
  }

  #plan(): void {
    this.#timer?.stop();
    this.#timer = null;
    if (this.#work || this.#stopping.signal.aborted) return;
    const waiting = this.list().filter(({ state }) => state === "waiting");
    if (waiting.length === 0) return;
    const { clock } = this.#options;
    const soonest = Math.min(...waiting.map(({ nextAt = 0 }) => nextAt)) - clock.now();
    this.#timer = clock.after(Math.max(0, Math.min(soonest, lookMs)), () => this.#begin());
  }

  #begin(): void {
    if (this.#work) return;
    this.#work = this.#sendDue()
      // What cannot be noted in the record waits as it did, and is found at its destination the next time.
      .catch((error: unknown) => this.#options.log.error("the outbox could not go on", { error }))
      .finally(() => {
        this.#work = null;
        if (!this.#stopping.signal.aborted) this.#timer = this.#options.clock.after(lookMs, () => this.#begin());
        if (!this.#due()) this.#plan();
      });
  }

  async #sendDue(): Promise<void> {
    for (let entry = this.#due(); entry && !this.#stopping.signal.aborted; entry = this.#due()) await this.#send(entry);
  }

  async #send({ id, file: number, destination }: OutboxEntry): Promise<void> {
    const { files, clock } = this.#options;
    const stop = new AbortController();
    this.#sending = { id, stop };
    try {
      const { path } = this.#require(destination);
      const place = await sendToFolder(path, files.require(number), files.placeOf(number), stop.signal);
      const entry = this.#entries.get(id);
      if (!entry) return;
      const { nextAt: _next, why: _why, ...rest } = entry;
      this.#put({ ...rest, state: "sent", sentAt: clock.now(), place });
    } catch (error) {
      const entry = this.#entries.get(id);
      if (!entry || this.#stopping.signal.aborted) return;
      this.#failed(entry, error);
    } finally {
      this.#sending = null;
    }
  }

  #failed({ nextAt: _next, ...entry }: OutboxEntry, error: unknown): void {
    const why = whyOf(error);
    if (error instanceof FailureError && error.code === "not-found") {
      this.#put({ ...entry, state: "stopped", why });
      return;
    }
    const tries = entry.tries + 1;
    const pause = Math.min(longestPauseMs, firstPauseMs * 2 ** (tries - 1));
    this.#put({ ...entry, tries, why, nextAt: this.#options.clock.now() + pause });
  }
}
