import type { Destination, OutboxEntry } from "../../station/onward/outbox.ts";
import type { Database, Row } from "../sqlite/database.ts";

/** The destinations, and what waits to go there or went. None in a record of before there were any. */
export class OutboxRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** By their names. */
  destinations(): Destination[] {
    if (!this.#database.has("destinations")) return [];
    const rows = this.#database.prepare("SELECT * FROM destinations ORDER BY name").all();
    return this.#database.read("destinations", rows, toDestination);
  }

  saveDestination({ name, ...body }: Destination): void {
    this.#database
      .prepare("INSERT OR REPLACE INTO destinations (name, body) VALUES (?, ?)")
      .run(name, JSON.stringify(body));
  }

  removeDestination(name: string): void {
    this.#database.prepare("DELETE FROM destinations WHERE name = ?").run(name);
  }

  /** Oldest first. */
  entries(): OutboxEntry[] {
    if (!this.#database.has("outbox")) return [];
    const rows = this.#database.prepare("SELECT * FROM outbox ORDER BY id").all();
    return this.#database.read("outbox", rows, toEntry);
  }

  /** Begins an entry. Numbers are never given twice.
   * @throws where the file is in the outbox for that destination already */
  add({ file, destination, ...body }: Omit<OutboxEntry, "id">): OutboxEntry {
    const row = this.#database
      .prepare("INSERT INTO outbox (file, destination, body) VALUES (?, ?, ?) RETURNING *")
      .get(file, destination, JSON.stringify(body));
    if (!row) throw new Error("no row came of an entry");
    return toEntry(row);
  }

  put({ id, file: _file, destination: _destination, ...body }: OutboxEntry): void {
    this.#database.prepare("UPDATE outbox SET body = ? WHERE id = ?").run(JSON.stringify(body), id);
  }

  remove(id: number): void {
    this.#database.prepare("DELETE FROM outbox WHERE id = ?").run(id);
  }
}

const kinds: ReadonlySet<unknown> = new Set<Destination["kind"]>(["folder", "http", "webdav", "s3", "sftp"]);

/** @throws when it is none */
function toDestination({ name, body }: Row): Destination {
  const read = JSON.parse(String(body)) as Destination;
  if (!kinds.has(read.kind)) throw new Error("no destination");
  return { ...read, name: String(name) };
}

const states: ReadonlySet<unknown> = new Set<OutboxEntry["state"]>(["waiting", "sent", "stopped"]);

/** @throws when it is none */
function toEntry({ id, file, destination, body }: Row): OutboxEntry {
  const read = JSON.parse(String(body)) as OutboxEntry;
  if (!states.has(read.state)) throw new Error("no entry of the outbox");
  return { ...read, id: Number(id), file: Number(file), destination: String(destination) };
}
