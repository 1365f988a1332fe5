import type { Clock } from "../lib/clock.ts";
import type { Disposable } from "../lib/disposable.ts";
import type { Emitter } from "../lib/emitter.ts";
import type { Logger } from "../lib/logger.ts";
import type { Attempt } from "../station/attempts.ts";
import type { Database, Row } from "./sqlite/database.ts";

/** How many attempts are kept; the oldest fall off. */
const attemptsKept = 5000;

const pruneEvery = 200;
const writeMs = 1000;

/** Tries to connect, as last known. */
export class AttemptsRepository {
  readonly #database: Database;
  #sincePruned = pruneEvery;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Keeps attempts anew, and drops those that were counted in another. */
  save(attempts: readonly Attempt[], dropped: readonly number[]): void {
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
    if (!this.#database.has("attempts")) return [];
    const rows = this.#database
      .prepare("SELECT id, body FROM attempts ORDER BY last_at DESC, id DESC LIMIT ?")
      .all(limit);
    return this.#database.read("attempts", rows, toAttempt).reverse();
  }

  get(id: number): Attempt | undefined {
    const rows = this.#database.prepare("SELECT id, body FROM attempts WHERE id = ?").all(id);
    return this.#database.read("attempts", rows, toAttempt)[0];
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
}

/** Keeps attempts as they change, gathered for a second at a time: none is in the way of a station's messages. Those under way wait
 * until they have stopped or opened. */
export function keepAttempts(options: {
  repository: AttemptsRepository;
  changed: Emitter<Attempt[]>;
  clock: Clock;
  log: Logger;
}): Disposable {
  const { repository, changed, clock, log } = options;
  const waiting = new Map<number, Attempt>();
  function write(): void {
    if (waiting.size === 0) return;
    const rows = [...waiting.values()];
    try {
      repository.save(
        rows.filter(({ into }) => into === undefined),
        rows.filter(({ into }) => into !== undefined).map(({ id }) => id),
      );
      waiting.clear();
    } catch (error) {
      log.error("attempts could not be kept", { error });
      if (waiting.size > attemptsKept) waiting.clear();
    }
  }
  const listening = changed.on((rows) => {
    for (const row of rows) if (row.state !== "under-way" || row.into !== undefined) waiting.set(row.id, row);
  });
  const timer = clock.every(writeMs, write);
  return {
    dispose() {
      void listening.dispose();
      timer.stop();
      write();
    },
  };
}

/** @throws when it is no attempt of this number */
function toAttempt(row: Row): Attempt {
  const attempt = JSON.parse(String(row.body)) as Attempt;
  const { id, lastAt, remoteAddress, passed, state, repeats, causes } = attempt;
  const fits =
    id === Number(row.id) &&
    [lastAt, repeats].every(Number.isFinite) &&
    [remoteAddress, passed, state].every((text) => typeof text === "string") &&
    causes.every(({ code }) => typeof code === "string");
  if (!fits) throw new Error("no attempt");
  return attempt;
}
