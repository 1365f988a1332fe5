import type { Database, Value } from "./sqlite/database.ts";

/** A finding, a CALLERROR, a question of ours that was answered with one, or a fault that a station tells. */
export const problems = `(findings IS NOT NULL OR text LIKE '[4,%' OR answer_text LIKE '[4,%'
  OR (direction = 1 AND question IS NULL AND EXISTS (
    SELECT 1 FROM frames AS answers WHERE answers.question = frames.seq AND answers.lane IS NULL AND answers.text LIKE '[4,%'))
  OR (action = 'StatusNotification' AND (text LIKE '%"faulted"%' OR (text LIKE '%"errorcode"%' AND text NOT LIKE '%"noerror"%')))
  OR (action = 'NotifyEvent' AND (text LIKE '%"problem"%' OR text LIKE '%"techcode"%')))`;

/** Numbers taken up in one go: some ten milliseconds. */
export const keysPiece = 10_000;

const kinds = { station: 0, action: 1, problems: 2 };
const piece = "FROM frames WHERE seq >= ?1 AND seq < ?2";
const keysOfPiece = `
  SELECT ${kinds.station}, station, seq ${piece}
  UNION ALL SELECT ${kinds.action}, lower(action), seq ${piece} AND action IS NOT NULL
  UNION ALL SELECT ${kinds.problems}, 0, seq ${piece} AND ${problems}
  ORDER BY 1, 2, 3`;

/** What is looked for by a key: each is a condition on a row, told as an SQL text and its value. */
export type FrameKey = { kind: number; key: string; value: Value };

/** The keys that a filter names, the one that most often leaves least first. */
export function keysOf(filter: { station?: number; action?: string; problems?: boolean }): FrameKey[] {
  const keys: FrameKey[] = [];
  if (filter.station !== undefined) keys.push({ kind: kinds.station, key: "?", value: filter.station });
  if (filter.problems) keys.push({ kind: kinds.problems, key: "?", value: 0 });
  if (filter.action) keys.push({ kind: kinds.action, key: "lower(?)", value: filter.action });
  return keys;
}

/** An index of the frames by what is rare: a station, an action, problems. Kept up in quiet moments and not with each commit, where it
 * would cost every message; what it has not reached yet is looked through. */
export class FrameKeysRepository {
  readonly #database: Database;
  #isThere = false;

  constructor(database: Database) {
    this.#database = database;
  }

  /** All frames below this number are in the index. 0 for a record from before there was one. */
  get reach(): number {
    this.#isThere ||= this.#database.has("frame_keys_reach");
    return this.#isThere ? Number(this.#database.prepare("SELECT seq FROM frame_keys_reach").get()?.seq ?? 0) : 0;
  }

  /** Takes up the next frames, where there are enough of them.
   * @param last the number up to which all frames are on record
   * @returns whether it did
   * @throws StorageError when the disk or the file fails */
  extend(last: number): boolean {
    const first = this.#database.prepare("SELECT min(seq) AS seq FROM frames").get();
    const from = Math.max(this.reach, Number(first?.seq ?? last));
    const to = from + keysPiece;
    if (to > last) return false;
    this.#database.transaction(() => {
      this.#database.prepare(`INSERT OR IGNORE INTO frame_keys ${keysOfPiece}`).run(from, to);
      this.#database.prepare("UPDATE frame_keys_reach SET seq = ?").run(to);
    }, false);
    return true;
  }
}
