import type { Finding } from "../station/findings.ts";
import type { Database, Statement } from "./sqlite/database.ts";

/** Where a finding is looked for: one station, one rule, one place. */
export type FindingPlace = { station: number; rule: string; where: string };

/** The frames that findings rest on. Reads and writes touch what is asked for alone, however long the record is. */
export class FindingFramesRepository {
  readonly #database: Database;
  #insert: Statement | null = null;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Puts a frame's findings down, within the transaction that stores the frame. */
  add(station: number, seq: number, findings: readonly Finding[]): void {
    this.#insert ??= this.#database.prepare(
      "INSERT OR IGNORE INTO finding_frames (station, rule, place, seq) VALUES (?,?,?,?)",
    );
    for (const { rule, where } of findings) this.#insert.run(station, rule, where, seq);
  }

  /** The numbers of the newest frames below `before`, newest first. Empty for a record from before there was this index. */
  newest({ station, rule, where }: FindingPlace, before: number, limit: number): number[] {
    if (!this.#database.has("finding_frames")) return [];
    return this.#database
      .prepare(
        "SELECT seq FROM finding_frames WHERE station = ? AND rule = ? AND place = ? AND seq < ? ORDER BY seq DESC LIMIT ?",
      )
      .all(station, rule, where, before, limit)
      .map((row) => Number(row.seq));
  }
}
