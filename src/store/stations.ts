import { newStation, type StationState, stateShape } from "../station/model.ts";
import { type Database, forgottenState, type Row, type Statement } from "./database.ts";

/** `state` is null where none was ever kept, or the kept one cannot be read: the record has it all. */
export type StationRow = { id: number; identity: string; state: StationState | null };

/** Known stations, each with its state as last folded; the record has the rest. */
export class StationsRepository {
  readonly #database: Database;
  readonly #all: Statement;

  constructor(database: Database) {
    this.#database = database;
    this.#all = database.prepare(
      `SELECT id, identity, state FROM stations WHERE state IS NOT '${forgottenState}' ORDER BY id`,
    );
  }

  all(): StationRow[] {
    return this.#all.all().map((row) => {
      const identity = String(row.identity);
      return { id: Number(row.id), identity, state: this.#stateOf(row, identity) };
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
      .prepare("INSERT INTO stations (identity, state, seq) VALUES (?,?,?) RETURNING id")
      .get(identity, JSON.stringify(state), state.seq);
    return Number(row?.id);
  }

  /** Keeps the states that have changed, so that a restart need not fold the whole record.
   * @param folded how far the record is in them, and in those that have not changed */
  save(states: { id: number; state: StationState }[], folded: number): void {
    const update = this.#database.prepare("UPDATE stations SET state = ?, seq = ? WHERE id = ?");
    const reach = this.#database.prepare("UPDATE record SET folded = ?");
    // The frames are the truth: what a power cut takes of this is folded again.
    this.#database.transaction(() => {
      for (const { id, state } of states) update.run(JSON.stringify(state), state.seq, id);
      reach.run(folded);
    }, false);
  }

  #stateOf(row: Row, identity: string): StationState | null {
    if (row.state === null) return null;
    try {
      const state = JSON.parse(String(row.state)) as { shape?: unknown } | null;
      if (isStation(state, identity)) return state;
      // Of a version before: no harm, and nothing to tell.
      if (state?.shape !== stateShape) return null;
    } catch {
      // Told with the others below.
    }
    this.#database.skip("stations");
    return null;
  }
}

/** Whether it has the parts of a state, each of its kind: a kept state is a cache, and what does not look like one is made anew. */
function isStation(value: unknown, identity: string): value is StationState {
  if (!isAlike(value, newStation(identity, 0))) return false;
  const { shape, identity: whose } = value as StationState;
  return shape === stateShape && whose === identity;
}

function isAlike(value: unknown, blank: unknown): boolean {
  if (Array.isArray(blank)) return Array.isArray(value) && value.every((item) => item !== null);
  if (typeof blank !== "object" || blank === null) return typeof value === typeof blank;
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(blank).every(([name, part]) => isAlike((value as Record<string, unknown>)[name], part));
}
