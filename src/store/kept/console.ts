import type { ConsoleRecord } from "../../station/serial/console.ts";
import { laneNumbers } from "../frames.ts";
import { noStation } from "../recorder.ts";
import type { Database, Row } from "../sqlite/database.ts";

/** In the order of their numbers in the record. */
const kinds = ["in", "out", "note", "sign", "frame"] as const;

/** A piece of a console as it is kept. The data of all but `in` and `out` are JSON. */
export type ConsolePiece = {
  port: string;
  station: string | null;
  at: number;
  kind: (typeof kinds)[number];
  data: Uint8Array;
};
export type KeptPiece = ConsolePiece & { id: number };

/** What a piece costs beside its bytes. */
const pieceCost = 64;
/** Pieces that are taken away at a time, so that nothing waits for it. */
const pruneAtOnce = 2000;

/** What came and went on consoles. The oldest falls off once there is more than `most`. */
export class ConsoleRepository {
  readonly #database: Database;
  readonly #most: number;
  #bytes: number | null = null;

  /** @param most bytes kept, of all ports together */
  constructor(database: Database, most = 64 * 1024 * 1024) {
    this.#database = database;
    this.#most = most;
  }

  /** Puts pieces on record in one commit; their numbers, which are never given twice. The end of the process loses none of them, a power cut
   * the last seconds.
   * @throws StorageError */
  add(pieces: readonly ConsolePiece[]): number[] {
    const insert = this.#database.prepare(
      "INSERT INTO console (port, station, at, kind, data) VALUES (?, ?, ?, ?, ?) RETURNING id",
    );
    const ids: number[] = [];
    let bytes = this.#bytes ?? this.#sum();
    this.#database.transaction(() => {
      for (const { port, station, at, kind, data } of pieces) {
        ids.push(Number(insert.get(port, station, at, kinds.indexOf(kind), data)?.id));
        bytes += data.length + pieceCost;
      }
    }, false);
    this.#bytes = bytes;
    if (bytes > this.#most) this.#prune();
    return ids;
  }

  /** Pieces after a number, oldest first. */
  after(port: string, id: number, limit: number): KeptPiece[] {
    if (!this.#database.has("console")) return [];
    const rows = this.#database
      .prepare("SELECT * FROM console WHERE port = ? AND id > ? ORDER BY id LIMIT ?")
      .all(port, id, limit);
    return this.#database.read("console", rows, toPiece);
  }

  /** The newest pieces before a number, oldest first, as many as fit into so many bytes, and one at least. */
  before(port: string, id: number, bytes: number): KeptPiece[] {
    const found: KeptPiece[] = [];
    if (!this.#database.has("console")) return found;
    const rows = this.#database
      .prepare("SELECT * FROM console WHERE port = ? AND id < ? ORDER BY id DESC")
      .iterate(port, id);
    let left = bytes;
    for (const row of rows) {
      const [piece] = this.#database.read("console", [row], toPiece);
      if (!piece) continue;
      left -= piece.data.length + pieceCost;
      if (left < 0 && found.length > 0) break;
      found.push(piece);
    }
    return found.reverse();
  }

  /** What is on record, by port. */
  ports(): ConsoleRecord[] {
    if (!this.#database.has("console")) return [];
    return this.#database
      .prepare(
        "SELECT port, min(at) AS first, max(at) AS last, sum(length(data)) AS bytes FROM console WHERE kind < 2 GROUP BY port",
      )
      .all()
      .map(({ port, first, last, bytes }) => ({
        port: String(port),
        first: Number(first),
        last: Number(last),
        bytes: Number(bytes),
      }));
  }

  /** Takes what is on record of a port away, and what it printed of OCPP while no station was named for it. A station's messages stay, as
   * long as the station does. */
  clear(port: string): void {
    this.#database.transaction(() => {
      this.#database.prepare("DELETE FROM console WHERE port = ?").run(port);
      const opened = "SELECT seq FROM events WHERE kind = 'console-heard' AND station = ?1 AND body ->> '$.port' = ?2";
      for (const gone of [
        `DELETE FROM frames WHERE lane = ${laneNumbers.console} AND connection IN (${opened})`,
        `DELETE FROM events WHERE station = ?1 AND seq IN (${opened})`,
      ])
        this.#database.prepare(gone).run(noStation.id, port);
    });
    this.#bytes = null;
  }

  #sum(): number {
    const row = this.#database
      .prepare(`SELECT coalesce(sum(length(data) + ${pieceCost}), 0) AS bytes FROM console`)
      .get();
    return Number(row?.bytes);
  }

  #prune(): void {
    this.#database
      .prepare(`DELETE FROM console WHERE id IN (SELECT id FROM console ORDER BY id LIMIT ${pruneAtOnce})`)
      .run();
    this.#bytes = null;
  }
}

/** @throws when it is none */
function toPiece({ id, port, station, at, kind, data }: Row): KeptPiece {
  const known = kinds[Number(kind)];
  if (!known || !(data instanceof Uint8Array)) throw new Error("no piece of a console");
  return {
    id: Number(id),
    port: String(port),
    station: station === null || station === undefined ? null : String(station),
    at: Number(at),
    kind: known,
    data,
  };
}
