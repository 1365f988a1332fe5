import type { KeptFile } from "../../station/model.ts";
import type { Database, Row } from "../sqlite/database.ts";

/** What is known of the files; their bytes are in the folder beside. */
export class FilesRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Newest first.
   * @param station of this one alone */
  list(station?: string): KeptFile[] {
    if (!this.#isThere) return [];
    const rows =
      station === undefined
        ? this.#database.prepare("SELECT * FROM files ORDER BY id DESC").all()
        : this.#database.prepare("SELECT * FROM files WHERE station = ? ORDER BY id DESC").all(station);
    return this.#database.read("files", rows, toFile);
  }

  get(id: number): KeptFile | undefined {
    if (!this.#isThere) return undefined;
    const row = this.#database.prepare("SELECT * FROM files WHERE id = ?").get(id);
    return row && toFile(row);
  }

  /** Begins a file. Numbers are never given twice. */
  add({ station, name, at }: Pick<KeptFile, "station" | "name" | "at">): KeptFile {
    const row = this.#database
      .prepare("INSERT INTO files (station, name, bytes, at, state) VALUES (?, ?, 0, ?, 'coming') RETURNING *")
      .get(station ?? null, name, at);
    if (!row) throw new Error("no row came of a file");
    return toFile(row);
  }

  put({ id, name, bytes, sha256, state, note }: KeptFile): void {
    this.#database
      .prepare("UPDATE files SET name = ?, bytes = ?, sha256 = ?, state = ?, note = ? WHERE id = ?")
      .run(name, bytes, sha256 ?? null, state, note ?? null, id);
  }

  remove(id: number): void {
    this.#database.prepare("DELETE FROM files WHERE id = ?").run(id);
  }

  /** A record from before there were any lacks the table, where it is only read. */
  get #isThere(): boolean {
    return this.#database.has("files");
  }
}

const states: ReadonlySet<unknown> = new Set<KeptFile["state"]>(["coming", "whole", "partial"]);

/** @throws when it is none */
function toFile(row: Row): KeptFile {
  const { id, station, name, bytes, sha256, at, state, note } = row;
  if (!Number.isSafeInteger(id) || !Number.isFinite(at) || !states.has(state)) throw new Error("no file");
  return {
    id: Number(id),
    ...(station !== null && { station: String(station) }),
    name: String(name),
    bytes: Number(bytes),
    ...(sha256 !== null && { sha256: String(sha256) }),
    at: Number(at),
    state: state as KeptFile["state"],
    ...(note !== null && { note: String(note) }),
  };
}
