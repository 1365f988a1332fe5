import type { Clock, Timer } from "../../lib/clock.ts";
import { FailureError } from "../../lib/contract.ts";
import type { Disposable } from "../../lib/disposable.ts";
import { createEmitter, type Emitter } from "../../lib/emitter.ts";
import type { Logger } from "../../lib/logger.ts";
import type { Words } from "../../lib/words.ts";
import { mostDestinations, mostInOutbox } from "../../station/bounds.ts";
import { failure, whyOf } from "../../station/failure.ts";
import type { Destination, OutboxEntry } from "../../station/onward/outbox.ts";
import { words } from "../../station/phrases.ts";
import type { FileStore } from "../../store/files/file-store.ts";
import type { OutboxRepository } from "../../store/kept/outbox.ts";
import { checkDestination, withHostKey } from "./check.ts";
import { hashOf } from "./hash.ts";
import { type DestinationSecrets, partsOf } from "./secrets.ts";
import { openSender } from "./senders/open.ts";
import type { DestinationSecret, Sender } from "./senders/sender.ts";

export type OutboxOptions = {
  files: Pick<FileStore, "require" | "placeOf">;
  repository: OutboxRepository;
  secrets: DestinationSecrets;
  /** The networks that this computer is on, as any text; another text is another network. */
  networks?: () => string;
  clock: Clock;
  log: Logger;
};

const firstPauseMs = 5_000;
const longestPauseMs = 10 * 60_000;
/** Timers stand still while the computer sleeps, and its clock may be set: it is looked at this often. */
const lookMs = 15_000;

/** How much more is there before it is told, bytes. */
const stretch = 512 * 1024;
/** How long a test of a destination may take, ms. */
const testMs = 90_000;

type Sending = { id: number; stop: AbortController };

/** What waits to be sent onward: one file at a time to each destination, tried until it has arrived. It goes on over a restart, since
 * what waits is in the record. */
export class Outbox implements Disposable {
  readonly #options: OutboxOptions;
  readonly #entries: Map<number, OutboxEntry>;
  readonly #stopping = new AbortController();
  /** By the names of the destinations. */
  readonly #sending = new Map<string, Sending>();
  readonly #work = new Map<string, Promise<void>>();
  #timer: Timer | null = null;
  #networks: string;
  /** An entry is new, has changed, or is gone (null). */
  readonly changed: Emitter<{ id: number; entry: OutboxEntry | null }>;
  readonly destinationChanged: Emitter<{ name: string; destination: Destination | null }>;

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.changed = createEmitter(options.log);
    this.destinationChanged = createEmitter(options.log);
    this.#networks = options.networks?.() ?? "";
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
    const entry = this.#entries.get(id);
    if (!entry) throw failure("not-found", words("no-outbox-entry", { id }));
    this.#options.repository.remove(id);
    this.#entries.delete(id);
    this.changed.emit({ id, entry: null });
    for (const sending of this.#sending.values()) if (sending.id === id) sending.stop.abort();
    this.#abandon(entry).catch((error: unknown) => this.#options.log.warn("a part of a file stays behind", { error }));
  }

  /** What is there of a file that will not be sent is taken away, as far as that can be had. */
  async #abandon({ file: number, destination, resume }: OutboxEntry): Promise<void> {
    if (resume === undefined) return;
    const sender = await this.#open(destination);
    const file = this.#options.files.require(number);
    const signal = AbortSignal.any([this.#stopping.signal, AbortSignal.timeout(testMs)]);
    await sender.abandon?.({ file, sha256: file.sha256 ?? "", resume, signal });
  }

  /** Tries all that waits now. */
  run(): void {
    for (const entry of this.list()) if (entry.state === "waiting") this.#tryNow(entry);
  }

  /** @param secret left out: what is kept stays; null: none is kept
   * @throws FailureError invalid-input, conflict */
  async save(given: Destination, secret?: DestinationSecret | null): Promise<Destination> {
    const { repository, secrets } = this.#options;
    const known = repository.destinations();
    checkDestination(given);
    const { name } = given;
    const before = known.find((one) => one.name === name);
    if (known.length >= mostDestinations && !before)
      throw failure("conflict", words("too-many-destinations", { count: mostDestinations }));
    if (secret !== undefined) await secrets.write(name, secret ?? {});
    const kept = secret === undefined ? (before?.kept ?? []) : partsOf(secret ?? {});
    const destination = { ...withHostKey(given, before), ...(kept.length > 0 && { kept }) };
    this.#keepDestination(destination);
    for (const entry of this.#waitingFor(name)) this.#tryNow(entry);
    return destination;
  }

  #keepDestination(destination: Destination): void {
    this.#options.repository.saveDestination(destination);
    this.destinationChanged.emit({ name: destination.name, destination });
  }

  /** @throws FailureError not-found, conflict */
  forget(name: string): void {
    this.#require(name);
    const count = this.#waitingFor(name).length;
    if (count > 0) throw failure("conflict", words("destination-in-use", { name, count }));
    this.#options.repository.removeDestination(name);
    this.#options.secrets.remove(name);
    this.destinationChanged.emit({ name, destination: null });
  }

  /** @returns what is wrong with a destination
   * @throws FailureError not-found */
  async test(name: string): Promise<Words | null> {
    this.#require(name);
    const stop = new AbortController();
    const timer = this.#options.clock.after(testMs, () =>
      stop.abort(failure("unavailable", words("away-still", { host: name, seconds: testMs / 1000 }))),
    );
    try {
      await (await this.#open(name)).test(stop.signal);
      return null;
    } catch (error) {
      return whyOf(error);
    } finally {
      timer.stop();
    }
  }

  /** Ends what goes on; it is tried again in the next life. */
  async dispose(): Promise<void> {
    this.#stopping.abort();
    this.#timer?.stop();
    for (const { stop } of this.#sending.values()) stop.abort();
    await Promise.all(this.#work.values());
  }

  async #open(name: string): Promise<Sender> {
    const { secrets, clock } = this.#options;
    const destination = this.#require(name);
    return await openSender(destination, {
      clock,
      secret: destination.kept ? await secrets.read(name) : {},
      learnHost: (hostKey) => this.#keepDestination({ ...destination, hostKey } as Destination),
    });
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
    if (this.#sending.get(entry.destination)?.id === entry.id) return entry;
    const next = this.#put({ ...entry, state: "waiting", tries: 0, nextAt: this.#options.clock.now() });
    this.#plan();
    return next;
  }

  #put(entry: OutboxEntry): OutboxEntry {
    const { done: _done, ...kept } = entry;
    this.#options.repository.put(kept);
    return this.#tell(entry);
  }

  #tell(entry: OutboxEntry): OutboxEntry {
    this.#entries.set(entry.id, entry);
    this.changed.emit({ id: entry.id, entry });
    return entry;
  }

  /** The next that may be tried now, for a destination or for any that nothing is on its way to. One that would wait for longer than any
   * pause was planned by a clock that was set since. */
  #due(destination?: string): OutboxEntry | undefined {
    const now = this.#options.clock.now();
    return this.list()
      .filter(({ state, nextAt = now }) => state === "waiting" && (nextAt <= now || nextAt > now + longestPauseMs))
      .filter((one) => (destination ? one.destination === destination : !this.#work.has(one.destination)))
      .sort((one, other) => (one.nextAt ?? 0) - (other.nextAt ?? 0))[0];
  }

  #plan(): void {
    this.#timer?.stop();
    this.#timer = null;
    if (this.#stopping.signal.aborted) return;
    const waiting = this.list().filter((one) => one.state === "waiting" && !this.#work.has(one.destination));
    if (waiting.length === 0) return;
    const { clock } = this.#options;
    const soonest = Math.min(...waiting.map(({ nextAt = 0 }) => nextAt)) - clock.now();
    this.#timer = clock.after(Math.max(0, Math.min(soonest, lookMs)), () => this.#begin());
  }

  #begin(): void {
    const networks = this.#options.networks?.() ?? "";
    // What failed on one network may go on another.
    if (networks !== this.#networks) this.run();
    this.#networks = networks;
    for (let entry = this.#due(); entry; entry = this.#due()) {
      const { destination } = entry;
      const work = this.#sendDue(destination)
        .then(() => 0)
        .catch((error: unknown) => {
          // What cannot be noted in the record waits as it did, and is found at its destination the next time.
          this.#options.log.error("the outbox could not go on", { error });
          return lookMs;
        })
        .then((pause) => this.#rest(destination, pause));
      this.#work.set(destination, work);
    }
    this.#plan();
  }

  #rest(destination: string, pause: number): void {
    const ended = () => {
      this.#work.delete(destination);
      this.#plan();
    };
    if (pause > 0 && !this.#stopping.signal.aborted) this.#options.clock.after(pause, ended);
    else ended();
  }

  async #sendDue(destination: string): Promise<void> {
    for (let entry = this.#due(destination); entry && !this.#stopping.signal.aborted; entry = this.#due(destination))
      await this.#send(entry);
  }

  async #send({ id, file: number, destination }: OutboxEntry): Promise<void> {
    const { files, clock } = this.#options;
    const stop = new AbortController();
    this.#sending.set(destination, { id, stop });
    try {
      const sender = await this.#open(destination);
      const file = files.require(number);
      const from = files.placeOf(number);
      const sha256 = file.sha256 ?? (await hashOf(from, stop.signal));
      const { place, proof } = await sender.send({
        file,
        from,
        sha256,
        resume: this.#entries.get(id)?.resume,
        signal: stop.signal,
        keep: (resume) => this.#change(id, (entry) => this.#put({ ...entry, resume })),
        progress: (done) => this.#progress(id, done, file.bytes),
      });
      this.#change(id, ({ nextAt: _next, why: _why, resume: _resume, done: _done, ...rest }) =>
        this.#put({ ...rest, state: "sent", sentAt: clock.now(), place, proof }),
      );
    } catch (error) {
      if (!this.#stopping.signal.aborted) this.#change(id, (entry) => this.#failed(entry, error));
    } finally {
      this.#sending.delete(destination);
    }
  }

  /** Unless it was taken out in the meantime. */
  #change(id: number, change: (entry: OutboxEntry) => void): void {
    const entry = this.#entries.get(id);
    if (entry) change(entry);
  }

  #progress(id: number, done: number, bytes: number): void {
    this.#change(id, (entry) => {
      if (done === bytes || Math.abs(done - (entry.done ?? 0)) >= stretch) this.#tell({ ...entry, done });
    });
  }

  #failed({ nextAt: _next, done: _done, ...entry }: OutboxEntry, error: unknown): void {
    const why = whyOf(error);
    if (error instanceof FailureError && error.code === "not-found") {
      this.#put({ ...entry, state: "stopped", why });
      return;
    }
    const tries = entry.tries + 1;
    // What only a person can put right is tried seldom: an account is closed after some wrong passwords.
    const byHand = error instanceof FailureError && error.code === "not-allowed";
    const pause = byHand ? longestPauseMs : Math.min(longestPauseMs, firstPauseMs * 2 ** (tries - 1));
    this.#put({ ...entry, tries, why, nextAt: this.#options.clock.now() + pause });
  }
}
