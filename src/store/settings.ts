import type { Database } from "./sqlite/database.ts";

/** Settings by name, each a JSON value. */
export class SettingsRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** All that were ever set; what cannot be read is left out. */
  all(): Record<string, unknown> {
    const values: Record<string, unknown> = {};
    for (const row of this.#database.prepare("SELECT key, value FROM settings").all()) {
      try {
        values[String(row.key)] = JSON.parse(String(row.value));
      } catch {
        // A damaged value falls back to its default.
        this.#database.skip("settings");
      }
    }
    return values;
  }

  set(values: Record<string, unknown>): void {
    const statement = this.#database.prepare("INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)");
    this.#database.transaction(() => {
      for (const [key, value] of Object.entries(values)) {
        if (value !== undefined) statement.run(key, JSON.stringify(value));
      }
    });
  }
}
