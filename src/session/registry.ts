import { createEmitter, type Emitter } from "../lib/emitter.ts";
import type { Logger } from "../lib/logger.ts";
import type { StationEvent } from "../station/events.ts";
import { failure } from "../station/failure.ts";
import { type Finding, ownFault } from "../station/findings.ts";
import { countFrame, reduce } from "../station/fold/reduce.ts";
import { newStation, type StationState } from "../station/model.ts";
import { words } from "../station/phrases.ts";
import { findTransaction } from "../station/transactions/ledger.ts";
import { withOwnTime } from "../station/transactions/own-time.ts";
import type { EventsRepository } from "../store/events.ts";
import type { FramesRepository, StoredFrame } from "../store/frames.ts";
import type { FrameEntry } from "../store/recorder.ts";
import type { StationsRepository } from "../store/stations.ts";
import { foldItem, inOrderOf, noteVersion, type RecordItem, type Versions } from "./past/fold-record.ts";
import { inOrder, newTrace, noteEntry, takeMoment } from "./past/trace.ts";
import type { StationEntry, Trace } from "./station-entry.ts";

export type RegistryOptions = {
  stations: StationsRepository;
  frames: FramesRepository;
  events: EventsRepository;
  log: Logger;
};

const batch = 5000;

/** What became of events: those worth a line in the time line, and faults of ours to be told. */
export type Applied = { news: StationEvent[]; faults: Finding[] };

/** All known stations and their states: the fold over the record, live and after a restart alike. */
export class Registry {
  readonly #options: RegistryOptions;
  readonly #byIdentity = new Map<string, StationEntry>();
  readonly #byId = new Map<number, StationEntry>();
  /** Those of which a moment is to be taken. */
  readonly #due = new Set<StationEntry>();

  /** A station's state changed, or a station is new. */
  readonly changed: Emitter<StationEntry>;
  /** A station was let go. */
  readonly forgotten: Emitter<StationEntry>;
  /** Samples as they come; they are not kept as events, their frames are. */
  readonly sampled: Emitter<{ entry: StationEntry; event: Extract<StationEvent, { kind: "sampled" }> }>;

  constructor(options: RegistryOptions) {
    this.#options = options;
    this.changed = createEmitter(options.log);
    this.sampled = createEmitter(options.log);
    this.forgotten = createEmitter(options.log);
  }

  /** How many there are. */
  get size(): number {
    return this.#byIdentity.size;
  }

  get(identity: string): StationEntry | undefined {
    return this.#byIdentity.get(identity);
  }

  /** A station that was heard of.
   * @throws FailureError not-found */
  require(identity: string): StationEntry {
    const entry = this.#byIdentity.get(identity);
    if (!entry) throw failure("not-found", words("unknown-station", { identity }));
    return entry;
  }

  byId(id: number): StationEntry | undefined {
    return this.#byId.get(id);
  }

  all(): StationEntry[] {
    return [...this.#byIdentity.values()];
  }

  /** The entry of a station; a new one is put on record.
   * @param at our clock */
  ensure(identity: string, at: number): StationEntry {
    const known = this.#byIdentity.get(identity);
    if (known) return known;
    const state = newStation(identity, at);
    const entry = this.#add(this.#options.stations.add(identity, state), identity, state, newTrace([]));
    this.changed.emit(entry);
    return entry;
  }

  /** Folds events into a station's state and tells. One that cannot be folded is a fault of ours: the state goes on without it, then
   * and after each restart. */
  apply(entry: StationEntry, events: readonly StationEvent[]): Applied {
    const news: StationEvent[] = [];
    const faults: Finding[] = [];
    for (const event of events) {
      try {
        const isNew = isNews(entry.state, event);
        entry.state = reduce(entry.state, event);
        if (isNew) news.push(withOwnTime(entry.state, event));
      } catch (error) {
        this.#options.log.bug("an event could not be folded", { frame: event.seq, kind: event.kind, error });
        faults.push(ownFault(event.kind, error));
      }
      if (event.kind === "sampled" && this.sampled.size > 0) this.sampled.emit({ entry, event });
      if (event.seq > entry.state.seq) entry.state = { ...entry.state, seq: event.seq };
    }
    entry.dirty = true;
    this.changed.emit(entry);
    return { news, faults };
  }

  /** Notes an entry of the core's own that is folded. */
  noteOwn(entry: StationEntry, seq: number): void {
    if (noteEntry(entry.trace, seq, null)) this.#due.add(entry);
  }

  /** Lets a station go, which has no connection; what comes by its name from now on is another's. */
  forget(entry: StationEntry): void {
    this.#byIdentity.delete(entry.identity);
    this.#byId.delete(entry.id);
    this.#due.delete(entry);
    this.forgotten.emit(entry);
  }

  /** Counts a frame, with our answer; what came in is a sign of life. */
  count(entry: StationEntry, row: FrameEntry | StoredFrame): void {
    entry.state = countFrame(entry.state, row);
    entry.dirty = true;
    if (noteEntry(entry.trace, row.seq, row.data.length)) this.#due.add(entry);
  }

  /** Takes the moments that are due. Not within the handling of a frame. */
  takeMoments(): void {
    if (this.#due.size === 0) return;
    for (const entry of this.#due) takeMoment(entry.trace, entry.state);
    this.#due.clear();
  }

  /** Rebuilds every state: the one last kept, and the record after it; all of it where none can be read.
   * @param readOnly nothing is to be kept of it */
  restore(readOnly = false): void {
    const { stations } = this.#options;
    const anew: number[] = [];
    for (const { id, identity, state, tail = null } of stations.all()) {
      this.#add(id, identity, state ?? newStation(identity, 0), state ? newTrace(tail) : newTrace([], true));
      if (!state) anew.push(id);
    }
    const after = stations.folded() + 1;
    if (anew.length > 0) this.#fold(0, after, anew, readOnly ? undefined : () => this.#keepMoments(anew));
    if (this.#byId.size > 0) this.#fold(after, Number.MAX_SAFE_INTEGER, null);
  }

  /** Keeps the states that changed since the last time, and the moments taken.
   * @param folded how far the record is in the states, all of them */
  save(folded: number): void {
    this.takeMoments();
    const dirty = this.all().filter((entry) => entry.dirty);
    if (dirty.length === 0) return;
    const changed = dirty.map(({ id, state, trace: { moments, numbers, anew } }) => ({
      id,
      state,
      moments,
      anew,
      tail: numbers && inOrder(numbers),
    }));
    this.#options.stations.save(changed, folded);
    for (const entry of dirty) {
      entry.dirty = false;
      settle(entry);
    }
  }

  #add(id: number, identity: string, state: StationState, trace: Trace): StationEntry {
    const entry: StationEntry = { id, identity, state, session: null, dirty: false, trace };
    this.#byIdentity.set(identity, entry);
    this.#byId.set(id, entry);
    return entry;
  }

  /** Folds what is on record with numbers in [from, to), of all stations or of some.
   * @param pause now and then between two entries */
  #fold(from: number, to: number, stations: number[] | null, pause?: () => void): void {
    const { frames, events } = this.#options;
    const own = events.own(from, to, stations);
    const filter = stations ? { stations } : {};
    function* rows(): Iterable<StoredFrame> {
      for (let at = from; ; ) {
        const some = frames.between(at, to, filter, batch);
        yield* some;
        pause?.();
        const last = some.at(-1);
        if (!last || some.length < batch) return;
        at = last.seq + 1;
      }
    }
    const versions: Versions = new Map();
    for (const item of inOrderOf(rows(), own)) this.#foldItem(item, versions);
  }

  /** Folds one item of the record, unless the state has it. */
  #foldItem(item: RecordItem, versions: Versions): void {
    const station = "row" in item ? item.row.station : item.own.station;
    const seq = "row" in item ? item.row.seq : item.own.event.seq;
    noteVersion(item, versions);
    const entry = this.#byId.get(station);
    if (!entry || seq <= entry.state.seq || ("row" in item && item.row.lane)) return;
    entry.state = foldItem(entry.state, item, versions, this.#options);
    entry.dirty = true;
    const characters = "own" in item ? null : item.row.data.length;
    if (noteEntry(entry.trace, seq, characters)) takeMoment(entry.trace, entry.state);
  }

  /** Hands on what would fill the memory while a long record is folded. */
  #keepMoments(ids: readonly number[]): void {
    const entries = ids.flatMap((id) => this.#byId.get(id) ?? []).filter(({ trace }) => trace.moments.length > 0);
    try {
      this.#options.stations.addMoments(entries.map(({ id, trace: { moments, anew } }) => ({ id, moments, anew })));
    } catch (error) {
      // They are kept with the states, once the record can be written.
      this.#options.log.warn("moments could not be kept", { error });
      return;
    }
    for (const entry of entries) settle(entry);
  }
}

/** What its trace told is on record. */
function settle({ trace }: StationEntry): void {
  trace.moments = [];
  trace.anew = false;
}

/** A finding is news once for its rule and place; a periodic update of a transaction is none. */
function isNews(state: StationState, event: StationEvent): boolean {
  if (event.kind === "found") return !state.findings.some((group) => sameFinding(group, event.finding));
  if (event.kind !== "transaction-updated") return true;
  const known = findTransaction(state, event.id);
  return event.token !== undefined || known?.chargingState !== event.chargingState;
}

function sameFinding(a: Finding, b: Finding): boolean {
  return a.rule === b.rule && a.where === b.where;
}
