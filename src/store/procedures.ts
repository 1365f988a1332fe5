import type { Database } from "./sqlite/database.ts";

/** Guarded procedures as they stand, so that one survives a restart in its middle. `Body` is JSON-safe. */
export class ProceduresRepository<Body> {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The last procedure of each station. */
  latest(): { id: number; identity: string; body: Body }[] {
    const rows = this.#database
      .prepare(
        "SELECT id, identity, body FROM procedures WHERE id IN (SELECT max(id) FROM procedures GROUP BY identity)",
      )
      .all();
    return this.#database.read("procedures", rows, (row) => {
      const body: unknown = JSON.parse(String(row.body));
      if (typeof body !== "object" || body === null) throw new Error("no procedure");
      return { id: Number(row.id), identity: String(row.identity), body: body as Body };
    });
  }

  /** Gives a new procedure its number. */
  add(identity: string, body: Body): number {
    const row = this.#database
      .prepare("INSERT INTO procedures (identity, body) VALUES (?,?) RETURNING id")
      .get(identity, JSON.stringify(body));
    return Number(row?.id);
  }

  save(id: number, body: Body): void {
    this.#database.prepare("UPDATE procedures SET body = ? WHERE id = ?").run(JSON.stringify(body), id);
  }
}
