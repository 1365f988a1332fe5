import type { Attempt } from "../station/attempts.ts";
import type { Database, Row } from "./database.ts";

/** How many attempts are kept; the oldest fall off. */
export const attemptsKept = 5000;

const pruneEvery = 200;

/** Tries to connect, as last known. */
export class AttemptsRepository {
  readonly #database: Database;
  #sincePruned = pruneEvery;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Keeps attempts anew, and drops those that were counted in another. */
  save(attempts: readonly Attempt[], dropped: readonly number[]): void {
    if (attempts.length === 0 && dropped.length === 0) return;
    const write = this.#database.prepare("INSERT OR REPLACE INTO attempts (id, last_at, body) VALUES (?, ?, ?)");
    const remove = this.#database.prepare("DELETE FROM attempts WHERE id = ?");
    this.#sincePruned += attempts.length;
    const prune = this.#sincePruned >= pruneEvery;
    this.#database.transaction(() => {
      for (const attempt of attempts) write.run(attempt.id, attempt.lastAt, JSON.stringify(attempt));
      for (const id of dropped) remove.run(id);
      if (prune) this.#prune();
    });
    if (prune) this.#sincePruned = 0;
  }

  /** The newest, oldest first. Empty for a record from before there were attempts. */
  newest(limit: number): Attempt[] {
    if (!this.#known()) return [];
    return this.#database
      .prepare("SELECT body FROM attempts ORDER BY last_at DESC, id DESC LIMIT ?")
      .all(limit)
      .map(toAttempt)
      .reverse();
  }

  get(id: number): Attempt | undefined {
    const row = this.#database.prepare("SELECT body FROM attempts WHERE id = ?").get(id);
    return row && toAttempt(row);
  }

  /** The largest number given so far; 0 when none was. */
  lastId(): number {
    return Number(this.#database.prepare("SELECT max(id) AS id FROM attempts").get()?.id ?? 0);
  }

  #prune(): void {
    this.#database
      .prepare("DELETE FROM attempts WHERE id IN (SELECT id FROM attempts ORDER BY last_at DESC LIMIT -1 OFFSET ?)")
      .run(attemptsKept);
  }

  /** A record opened for reading alone has only what its own Plugside knew. */
  #known(): boolean {
    return this.#database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'attempts'").get() !== undefined;
  }
}

function toAttempt(row: Row): Attempt {
  return JSON.parse(String(row.body)) as Attempt;
}
