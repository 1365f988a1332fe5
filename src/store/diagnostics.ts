import type { Database } from "./sqlite/database.ts";

/** Requests for logs as they stand, so that one goes on over a restart. `Body` is JSON-safe. */
export class DiagnosticsRepository<Body> {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The newest, oldest first. */
  newest(most: number): { id: number; body: Body }[] {
    const rows = this.#database.prepare("SELECT id, body FROM diagnostics ORDER BY id DESC LIMIT ?").all(most);
    const read = this.#database.read("diagnostics", rows, (row) => {
      const body: unknown = JSON.parse(String(row.body));
      if (typeof body !== "object" || body === null) throw new Error("no request");
      return { id: Number(row.id), body: body as Body };
    });
    return read.reverse();
  }

  /** Gives a new request its number. */
  add(station: string, body: Body): number {
    const row = this.#database
      .prepare("INSERT INTO diagnostics (station, body) VALUES (?,?) RETURNING id")
      .get(station, JSON.stringify(body));
    return Number(row?.id);
  }

  save(id: number, body: Body): void {
    this.#database.prepare("UPDATE diagnostics SET body = ? WHERE id = ?").run(JSON.stringify(body), id);
  }

  /** Forgets the requests of a station. */
  forget(station: string): void {
    this.#database.prepare("DELETE FROM diagnostics WHERE station = ?").run(station);
  }
}
