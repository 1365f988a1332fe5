import { deflateRawSync, inflateRawSync } from "node:zlib";
import { longestMoment, momentsUnthinned } from "../../station/bounds.ts";
import type { StationState } from "../../station/model.ts";
import type { Database, Row, Statement } from "../sqlite/database.ts";
import { readKeptState } from "./kept-state.ts";
import { packNumbers, unpackNumbers } from "./numbers.ts";

/** A station's state as it was when the record had come to `state.seq`, and the numbers of its rows that led there from the moment
 * before; null: they are not known. */
export type Moment = { state: StationState; numbers: readonly number[] | null };

/** What a later state is folded from: a state (null: none is kept, begin with nothing), and the numbers of the station's rows behind
 * it, up to the last moment on record; null: they are not known, look at all. */
export type Footing = { state: StationState | null; numbers: number[] | null };

/** States of the past. Each row also tells which rows of the record are the station's, so that nobody has to look through those of
 * others; an index of the frames would cost each frame a page. Old rows lose their state, never their numbers. */
export class MomentsRepository {
  readonly #database: Database;
  readonly #known: boolean;
  readonly #add: Statement | null;
  readonly #thin: Statement | null;

  constructor(database: Database) {
    this.#database = database;
    // A record of before that is only read has none.
    this.#known = database.has("moments");
    this.#add = this.#known
      ? database.prepare(
          `INSERT OR IGNORE INTO moments (station, n, seq, state, numbers)
            SELECT ?1, coalesce(max(n), 0) + 1, ?2, ?3, ?4 FROM moments WHERE station = ?1 RETURNING n`,
        )
      : null;
    this.#thin = this.#known ? database.prepare("UPDATE moments SET state = NULL WHERE station = ? AND n = ?") : null;
  }

  /** Adds a station's newest moment, unless it is kept. Goes into the transaction of its kept state. */
  add(station: number, { state, numbers }: Moment): void {
    const text = deflateRawSync(JSON.stringify(state), { level: 1 });
    const row = this.#add?.get(station, state.seq, text, numbers && packNumbers(numbers));
    for (const n of thinnedBy(Number(row?.n ?? 0))) this.#thin?.run(station, n);
  }

  /** Lets a station's moments go: its states are folded anew. */
  clear(station: number): void {
    if (this.#known) this.#database.prepare("DELETE FROM moments WHERE station = ?").run(station);
  }

  /** What the state at a number is folded from. */
  footing({ id, identity }: { id: number; identity: string }, seq: number): Footing {
    if (!this.#known) return { state: null, numbers: null };
    const states = this.#database
      .prepare("SELECT state FROM moments WHERE station = ? AND seq <= ? AND state IS NOT NULL ORDER BY seq DESC")
      .iterate(id, seq);
    let state: StationState | null = null;
    for (const row of states) {
      state = stateOf(row, identity);
      if (state) break;
    }
    const rows = this.#database
      .prepare(
        `SELECT numbers FROM moments WHERE station = ?1 AND seq > ?2 AND n <= coalesce(
          (SELECT n FROM moments WHERE station = ?1 AND seq >= ?3 ORDER BY seq LIMIT 1), 9007199254740991) ORDER BY n`,
      )
      .all(id, state?.seq ?? 0, seq);
    const numbers: number[] = [];
    for (const row of rows) {
      const more = row.numbers instanceof Uint8Array ? unpackNumbers(row.numbers) : null;
      if (!more) return { state, numbers: null };
      for (const number of more) numbers.push(number);
    }
    return { state, numbers };
  }
}

/** Null where it cannot be read, or is of another shape: an earlier one serves as well. */
function stateOf(row: Row, identity: string): StationState | null {
  try {
    const text = inflateRawSync(row.state as Uint8Array, { maxOutputLength: longestMoment }).toString();
    const state = readKeptState(text, identity);
    return typeof state === "string" ? null : state;
  } catch {
    return null;
  }
}

/** Which moments lose their state when the `n`th comes: of those behind the newest ones every second, of those twice as far back every
 * second of the rest, and so on. So their count grows with the logarithm of the record. */
export function thinnedBy(n: number): number[] {
  const thinned: number[] = [];
  for (let far = momentsUnthinned, step = 2; far < n; far += momentsUnthinned * step, step *= 2) {
    const old = n - far;
    if (old % step === step / 2) thinned.push(old);
  }
  return thinned;
}
