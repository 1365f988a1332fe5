import { createEmitter, type Emitter } from "../lib/emitter.ts";
import type { Logger } from "../lib/logger.ts";
import { dialectOf } from "../ocpp/versions.ts";
import type { EventBody, StationEvent } from "../station/events.ts";
import { type Finding, ownFault } from "../station/findings.ts";
import { newStation, type OcppVersion, type StationState } from "../station/model.ts";
import { countExchange, countFrame, reduce } from "../station/reduce.ts";
import { findTransaction } from "../station/transactions/ledger.ts";
import { withOwnTime } from "../station/transactions/own-time.ts";
import type { EventsRepository } from "../store/events.ts";
import type { FramesRepository, StoredFrame } from "../store/frames.ts";
import type { StationsRepository } from "../store/stations.ts";
import type { StationEntry } from "./entry.ts";
import { exchangeOf, replay } from "./exchange.ts";

export type RegistryOptions = {
  stations: StationsRepository;
  frames: FramesRepository;
  events: EventsRepository;
  log: Logger;
};

const batch = 5000;

/** What became of events: those worth a line in the time line, and faults of ours to be told. */
export type Applied = { news: StationEvent[]; faults: Finding[] };

/** What was spoken on each connection: a replaced one may still speak when the next has begun in another version. */
type Versions = Map<number, OcppVersion>;

/** All known stations and their states: the fold over the record, live and after a restart alike. */
export class Registry {
  readonly #options: RegistryOptions;
  readonly #byIdentity = new Map<string, StationEntry>();
  readonly #byId = new Map<number, StationEntry>();

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
    const entry = this.#add(this.#options.stations.add(identity, state), identity, state);
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

  /** Lets a station go, which has no connection; what comes by its name from now on is another's. */
  forget(entry: StationEntry): void {
    this.#byIdentity.delete(entry.identity);
    this.#byId.delete(entry.id);
    this.forgotten.emit(entry);
  }

  /** Counts a frame as a sign of life. */
  count(entry: StationEntry, direction: "in" | "out", at: number, seq: number): void {
    entry.state = countFrame(entry.state, direction, at, seq);
    entry.dirty = true;
  }

  /** Counts a frame that came, and our answer to it. */
  countExchange(entry: StationEntry, at: number, answerSeq: number): void {
    entry.state = countExchange(entry.state, at, answerSeq);
    entry.dirty = true;
  }

  /** Rebuilds every state: the one last kept, and the record after it; all of it where none can be read. */
  restore(): void {
    const { stations } = this.#options;
    const anew: number[] = [];
    for (const { id, identity, state } of stations.all()) {
      this.#add(id, identity, state ?? newStation(identity, 0));
      if (!state) anew.push(id);
    }
    const after = stations.folded() + 1;
    if (anew.length > 0) this.#fold(0, after, anew);
    if (this.#byId.size > 0) this.#fold(after, Number.MAX_SAFE_INTEGER, null);
  }

  /** Keeps the states that changed since the last time.
   * @param folded how far the record is in the states, all of them */
  save(folded: number): void {
    const dirty = this.all().filter((entry) => entry.dirty);
    if (dirty.length === 0) return;
    this.#options.stations.save(dirty, folded);
    for (const entry of dirty) entry.dirty = false;
  }

  #add(id: number, identity: string, state: StationState): StationEntry {
    const entry: StationEntry = { id, identity, state, session: null, dirty: false };
    this.#byIdentity.set(identity, entry);
    this.#byId.set(id, entry);
    return entry;
  }

  /** Folds what is on record with numbers in [from, to), of all stations or of some. */
  #fold(from: number, to: number, stations: number[] | null): void {
    const { frames, events } = this.#options;
    const own = events.own(from, to, stations);
    const filter = stations ? { stations } : {};
    const versions: Versions = new Map();
    let next = 0;
    const until = (seq: number) => {
      for (let item = own[next]; item && item.event.seq < seq; item = own[++next]) {
        const { station, event } = item;
        if (event.kind === "link-opened") versions.set(event.connection, event.ocpp);
        this.#foldInto(station, event.seq, (entry) => this.#foldEvent(entry, event));
      }
    };
    for (let at = from; ; ) {
      const rows = frames.between(at, to, filter, batch);
      for (const row of rows) {
        until(row.seq);
        this.#foldInto(row.station, row.seq, (entry) => this.#foldFrame(entry, row, versions));
      }
      const last = rows.at(-1);
      if (!last || rows.length < batch) break;
      at = last.seq + 1;
    }
    until(Number.POSITIVE_INFINITY);
  }

  /** Folds one entry of the record, unless the state has it. */
  #foldInto(station: number, seq: number, fold: (entry: StationEntry) => void): void {
    const entry = this.#byId.get(station);
    if (entry && seq > entry.state.seq) fold(entry);
  }

  #foldEvent(entry: StationEntry, event: StationEvent): void {
    try {
      entry.state = reduce(entry.state, event);
    } catch (error) {
      // It was told when it came: the finding is on record.
      this.#options.log.error("an event of the record could not be folded", {
        seq: event.seq,
        kind: event.kind,
        error,
      });
    }
    if (event.seq > entry.state.seq) entry.state = { ...entry.state, seq: event.seq };
    entry.dirty = true;
  }

  #foldFrame(entry: StationEntry, row: StoredFrame, versions: Versions): void {
    // What passed above is not the station's own talk.
    if (row.lane) return;
    const { seq } = row;
    const { at, bodies } = this.#eventsOf(entry, row, versions);
    for (const body of bodies) this.#foldEvent(entry, { ...body, at, seq });
    for (const finding of row.findings) this.#foldEvent(entry, { kind: "found", finding, at, seq });
    this.count(entry, row.direction, row.at, seq);
    if (row.answer) this.count(entry, "out", row.answer.at, seq + 1);
  }

  /** The events of a row, and when they happened. */
  #eventsOf(entry: StationEntry, row: StoredFrame, versions: Versions): { at: number; bodies: EventBody[] } {
    const { frames, log } = this.#options;
    const version = versions.get(row.connection) ?? entry.state.ocpp;
    const completed = exchangeOf(row, (seq) => frames.holding(seq));
    const at = completed?.at ?? row.at;
    if (!version || !completed) return { at, bodies: [] };
    try {
      return { at, bodies: replay(dialectOf(version), completed.exchange, { at, station: entry.state }) };
    } catch (error) {
      log.bug("a frame of the record could not be read again", { frame: row.seq, error });
      return { at, bodies: [] };
    }
  }
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
