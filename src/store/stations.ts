import type { StationState } from "../station/model.ts";
import type { Database, Statement } from "./database.ts";

export type StationRow = { id: number; identity: string; state: StationState | null };

/** Known stations, each with its state as last folded; the record has the rest. */
export class StationsRepository {
  readonly #database: Database;
  readonly #all: Statement;

  constructor(database: Database) {
    this.#database = database;
    this.#all = database.prepare("SELECT id, identity, state FROM stations ORDER BY id");
  }

  all(): StationRow[] {
    return this.#all.all().map((row) => ({
      id: Number(row.id),
      identity: String(row.identity),
      state: row.state === null ? null : (JSON.parse(String(row.state)) as StationState),
    }));
  }

  /** Gives a new station its number. */
  add(identity: string): number {
    const row = this.#database.prepare("INSERT INTO stations (identity) VALUES (?) RETURNING id").get(identity);
    return Number(row?.id);
  }

  /** Keeps the states, so that a restart need not fold the whole record. */
  save(states: { id: number; state: StationState }[]): void {
    const update = this.#database.prepare("UPDATE stations SET state = ?, seq = ? WHERE id = ?");
    this.#database.transaction(() => {
      for (const { id, state } of states) update.run(JSON.stringify(state), state.seq, id);
    });
  }
}
