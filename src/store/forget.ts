import { randomUUID } from "node:crypto";
import { type Database, forgottenState } from "./sqlite/database.ts";

/** Rows, or numbers of the record, looked at in one piece: some tens of milliseconds, so that no other station waits. */
const piece = 2000;

/** Takes a station out of the record: what it is known by at once, its frames and events piece by piece. What goes is overwritten in
 * the file. A kill in between is no harm: `unfinished` tells what is left to do. */
export class ForgetRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
    database.exec("PRAGMA secure_delete = ON");
  }

  /** Takes away what a station is known by. Its number stays taken until its rows are gone, or they would become another's.
   * @param lastNumber the record's: numbers are never given twice, even those of rows that go */
  begin({ id, identity }: { id: number; identity: string }, lastNumber: number): void {
    const run = (sql: string, ...values: (string | number)[]) => this.#database.prepare(sql).run(...values);
    this.#database.transaction(() => {
      run("INSERT OR REPLACE INTO settings (key, value) VALUES ('record.lastNumber', ?)", String(lastNumber));
      run("UPDATE stations SET identity = ?, state = ? WHERE id = ?", randomUUID(), forgottenState, id);
      // An answer of ours has the number after its question's, in whose row it stands.
      run(
        `DELETE FROM bookmarks WHERE EXISTS
          (SELECT 1 FROM frames WHERE frames.station = ?
            AND frames.seq = CASE WHEN EXISTS (SELECT 1 FROM frames WHERE frames.seq = bookmarks.seq)
              THEN bookmarks.seq ELSE bookmarks.seq - 1 END)`,
        id,
      );
      run("DELETE FROM access WHERE identity = ?", identity);
      run("DELETE FROM procedures WHERE identity = ?", identity);
      run("DELETE FROM certificates WHERE kind = 'station' AND station = ?", identity);
      run("DELETE FROM signing_requests WHERE station = ?", identity);
      run("DELETE FROM settings WHERE key = ?", `forward:${identity}`);
      run("DELETE FROM console WHERE station = ?", identity);
    });
  }

  /** The numbers of stations that are forgotten and still have rows. */
  unfinished(): number[] {
    return this.#database
      .prepare("SELECT id FROM stations WHERE state = ?")
      .all(forgottenState)
      .map((row) => Number(row.id));
  }

  /** Takes the rows of a forgotten station away, and then its number. It yields between the pieces; `closed` ends it early. */
  async purge(id: number, closed: () => boolean): Promise<void> {
    const bounds = this.#database.prepare("SELECT min(seq) AS first, max(seq) AS last FROM frames").get();
    const frames = this.#database.prepare("DELETE FROM frames WHERE seq >= ? AND seq < ? AND station = ?");
    for (let from = Number(bounds?.first ?? 0); from <= Number(bounds?.last ?? -1); from += piece) {
      if (closed()) return;
      frames.run(from, from + piece, id);
      await turn();
    }
    for (const [table, key] of [
      ["events", "seq, n"],
      ["finding_frames", "station, rule, place, seq"],
      ["moments", "station, n"],
    ]) {
      const left = this.#database.prepare(`SELECT 1 FROM ${table} WHERE station = ? LIMIT 1`);
      const some = this.#database.prepare(
        `DELETE FROM ${table} WHERE (${key}) IN (SELECT ${key} FROM ${table} WHERE station = ? LIMIT ${piece})`,
      );
      while (left.get(id)) {
        if (closed()) return;
        some.run(id);
        await turn();
      }
    }
    // Its other keys are of rows that are gone: they find nothing, and numbers are never given twice.
    this.#database.prepare("DELETE FROM frame_keys WHERE kind = 0 AND key = ?").run(id);
    this.#database.prepare("DELETE FROM stations WHERE id = ?").run(id);
  }
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
