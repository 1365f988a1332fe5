import type { Database, Row } from "../sqlite/database.ts";

/** A frame that somebody wants to come back to, by its number in the record. */
export type BookmarkRow = { seq: number; note?: string };

/** The bookmarks of the record. */
export class BookmarksRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** In the order of the record. None in a record of before there were any. */
  all(): BookmarkRow[] {
    if (!this.#database.has("bookmarks")) return [];
    return this.#database.read(
      "bookmarks",
      this.#database.prepare("SELECT * FROM bookmarks ORDER BY seq").all(),
      toRow,
    );
  }

  set({ seq, note }: BookmarkRow): void {
    this.#database.prepare("INSERT OR REPLACE INTO bookmarks (seq, note) VALUES (?, ?)").run(seq, note ?? null);
  }

  remove(seq: number): void {
    this.#database.prepare("DELETE FROM bookmarks WHERE seq = ?").run(seq);
  }
}

function toRow({ seq, note }: Row): BookmarkRow {
  const row: BookmarkRow = { seq: Number(seq) };
  if (note !== null) row.note = String(note);
  return row;
}
