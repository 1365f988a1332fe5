import type { Database, Row } from "../sqlite/database.ts";

/** A call that somebody keeps to send it again. */
export type SavedCallRow = { name: string; action: string; payload: string };

/** The saved calls. */
export class SavedCallsRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** By their names. None in a record of before there were any. */
  all(): SavedCallRow[] {
    if (!this.#database.has("saved_calls")) return [];
    const rows = this.#database.prepare("SELECT * FROM saved_calls ORDER BY name").all();
    return this.#database.read("saved_calls", rows, toRow);
  }

  save({ name, action, payload }: SavedCallRow): void {
    this.#database
      .prepare("INSERT OR REPLACE INTO saved_calls (name, action, payload) VALUES (?, ?, ?)")
      .run(name, action, payload);
  }

  remove(name: string): void {
    this.#database.prepare("DELETE FROM saved_calls WHERE name = ?").run(name);
  }
}

function toRow({ name, action, payload }: Row): SavedCallRow {
  return { name: String(name), action: String(action), payload: String(payload) };
}
