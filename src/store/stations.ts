import type { StationState } from "../station/model.ts";
import { readKeptState } from "./moments/kept-state.ts";
import { type Moment, MomentsRepository } from "./moments/moments.ts";
import { packNumbers, unpackNumbers } from "./moments/numbers.ts";
import { type Database, forgottenState, type Row, type Statement } from "./sqlite/database.ts";

/** `state` is null where none was ever kept, or the kept one cannot be read: the record has it all. `tail` are the numbers of its rows
 * since its last moment; null: they are not known. */
export type StationRow = { id: number; identity: string; state: StationState | null; tail?: number[] | null };

/** Moments of a station to be kept. `anew`: they take the place of those that are kept. */
export type NewMoments = { id: number; moments: readonly Moment[]; anew: boolean };

/** A station to be kept, with its moments since the last time. */
export type ChangedStation = NewMoments & { state: StationState; tail: readonly number[] | null };

/** Known stations, each with its state as last folded; the record has the rest. */
export class StationsRepository {
  readonly #database: Database;
  readonly #all: Statement;
  readonly #moments: MomentsRepository;

  constructor(database: Database) {
    this.#database = database;
    this.#moments = new MomentsRepository(database);
    this.#all = database.prepare(`SELECT * FROM stations WHERE state IS NOT '${forgottenState}' ORDER BY id`);
  }

  all(): StationRow[] {
    return this.#all.all().map((row) => {
      const identity = String(row.identity);
      const tail = row.tail instanceof Uint8Array ? unpackNumbers(row.tail) : null;
      return { id: Number(row.id), identity, state: this.#stateOf(row, identity), tail };
    });
  }

  /** What stands in the record at or below this number is in every state that could be read. */
  folded(): number {
    if (!this.#database.has("record")) {
      // Only read, never migrated: there each state tells for itself.
      const row = this.#database.prepare("SELECT min(seq) AS seq FROM stations WHERE state IS NOT NULL").get();
      return Number(row?.seq ?? 0);
    }
    return Number(this.#database.prepare("SELECT folded FROM record").get()?.folded ?? 0);
  }

  /** Gives a new station its number. */
  add(identity: string, state: StationState): number {
    const row = this.#database
      .prepare("INSERT INTO stations (identity, state, seq, tail) VALUES (?,?,?,?) RETURNING id")
      .get(identity, JSON.stringify(state), state.seq, packNumbers([]));
    return Number(row?.id);
  }

  /** Keeps the states that have changed, so that a restart need not fold the whole record.
   * @param folded how far the record is in them, and in those that have not changed */
  save(stations: readonly ChangedStation[], folded: number): void {
    const update = this.#database.prepare("UPDATE stations SET state = ?, seq = ?, tail = ? WHERE id = ?");
    const reach = this.#database.prepare("UPDATE record SET folded = ?");
    // The frames are the truth: what a power cut takes of this is folded again.
    this.#database.transaction(() => {
      for (const changed of stations) {
        const { id, state, tail } = changed;
        this.#addMoments(changed);
        update.run(JSON.stringify(state), state.seq, tail && packNumbers(tail), id);
      }
      reach.run(folded);
    }, false);
  }

  /** Adds moments of stations whose states are being folded anew: a start that is killed meanwhile begins that again. */
  addMoments(stations: readonly NewMoments[]): void {
    this.#database.transaction(() => {
      for (const station of stations) this.#addMoments(station);
    }, false);
  }

  #addMoments({ id, moments, anew }: NewMoments): void {
    if (anew) this.#moments.clear(id);
    for (const moment of moments) this.#moments.add(id, moment);
  }

  #stateOf(row: Row, identity: string): StationState | null {
    if (row.state === null) return null;
    const state = readKeptState(String(row.state), identity);
    if (typeof state !== "string") return state;
    // Of a version before: no harm, and nothing to tell.
    if (state === "damaged") this.#database.skip("stations");
    return null;
  }
}
