import type { EventKind, StationEvent, WebSocketVia } from "../station/events.ts";
import type { Database, Row, Value } from "./sqlite/database.ts";

export type StoredEvent = { station: number; own: boolean; event: StationEvent };

export type EventFilter = { station?: number; kinds?: readonly EventKind[] };

/** Which way the time line is read. */
type Direction = { sign: "<"; order: "DESC" } | { sign: ">"; order: "ASC" };

/** Connections whose carrier is kept at hand. */
const mostCarriers = 10_000;

/** Reads the time line. */
export class EventsRepository {
  readonly #database: Database;
  readonly #carriers = new Map<number, "serial" | "modbus" | "console" | null>();

  constructor(database: Database) {
    this.#database = database;
  }

  /** Entries with a number below `before`, newest first. Those of one number stay together: there are a few more than `limit`
   * where the border lies among them. */
  newest(before: number, filter: EventFilter, limit: number): StoredEvent[] {
    return this.#walk({ sign: "<", order: "DESC" }, before, filter, limit);
  }

  /** Entries with a number above `after`, oldest first; those of one number stay together. */
  oldest(after: number, filter: EventFilter, limit: number): StoredEvent[] {
    return this.#walk({ sign: ">", order: "ASC" }, after, filter, limit);
  }

  #walk({ sign, order }: Direction, from: number, filter: EventFilter, limit: number): StoredEvent[] {
    const clauses: string[] = [];
    const values: Value[] = [];
    if (filter.station !== undefined) {
      clauses.push("station = ?");
      values.push(filter.station);
    }
    if (filter.kinds) {
      clauses.push("kind IN (SELECT value FROM json_each(?))");
      values.push(JSON.stringify(filter.kinds));
    }
    const select = (where: string) =>
      this.#database.prepare(
        `SELECT seq, n, station, own, body FROM events WHERE ${[where, ...clauses].join(" AND ")} ORDER BY seq ${order}, n ${order} LIMIT ?`,
      );
    const rows = select(`seq ${sign} ?`).all(from, ...values, limit);
    const last = rows.at(-1);
    if (last && rows.length === limit) {
      rows.push(...select(`seq = ? AND n ${sign} ?`).all(Number(last.seq), Number(last.n), ...values, -1));
    }
    return this.#database.read("events", rows, toEvent);
  }

  /** The core's own entries with numbers in [from, to), oldest first, of all stations or of some. */
  own(from: number, to: number, stations: readonly number[] | null = null): StoredEvent[] {
    const rows = this.#database
      .prepare(
        `SELECT seq, station, own, body FROM events WHERE seq >= ? AND seq < ? AND own = 1
          AND (?3 IS NULL OR station IN (SELECT value FROM json_each(?3))) ORDER BY seq, n`,
      )
      .all(from, to, stations && JSON.stringify(stations));
    return this.#database.read("events", rows, toEvent);
  }

  /** The core's own entries about one station with numbers in (after, upTo], oldest first. */
  ownOf(station: number, after: number, upTo: number): StoredEvent[] {
    const rows = this.#database
      .prepare(
        `SELECT seq, station, own, body FROM events INDEXED BY events_by_station
          WHERE station = ? AND seq > ? AND seq <= ? AND own = 1 ORDER BY seq, n`,
      )
      .all(station, after, upTo);
    return this.#database.read("events", rows, toEvent);
  }

  /** What carried a connection, where that is no WebSocket. Its number is that of the entry that opened it. */
  carrierOf(connection: number): "serial" | "modbus" | "console" | undefined {
    const known = this.#carriers.get(connection);
    if (known !== undefined) return known ?? undefined;
    const [row] = this.#database
      .prepare("SELECT seq, station, own, body FROM events WHERE seq = ? AND kind = 'link-opened' LIMIT 1")
      .all(connection);
    const [opened] = row ? this.#database.read("events", [row], toEvent) : [];
    // One that is not on record yet is looked for again.
    if (!opened) return undefined;
    const kind = opened.event.kind === "link-opened" ? opened.event.via.kind : "websocket";
    const carrier = kind === "websocket" ? null : kind;
    if (this.#carriers.size >= mostCarriers) this.#carriers.clear();
    this.#carriers.set(connection, carrier);
    return carrier ?? undefined;
  }

  /** The port of a console by the entry that tells of it; undefined where that is gone. */
  consoleOf(seq: number): string | undefined {
    const rows = this.#database
      .prepare("SELECT seq, station, own, body FROM events WHERE seq = ? AND kind = 'console-heard' LIMIT 1")
      .all(seq);
    const [told] = this.#database.read("events", rows, toEvent);
    return told?.event.kind === "console-heard" ? told.event.port : undefined;
  }

  /** The time of the last event of a kind whose body holds a value at a path; for "last seen". */
  lastAt(kind: EventKind, path: string): Map<string, number> {
    const rows = this.#database
      .prepare(
        "SELECT json_extract(body, ?) AS key, max(at) AS at FROM events WHERE kind = ? AND json_valid(body) GROUP BY 1",
      )
      .all(path, kind);
    return new Map(rows.map((row) => [String(row.key), Number(row.at)]));
  }
}

/** @throws when it is no event of this number */
function toEvent(row: Row): StoredEvent {
  const event = JSON.parse(String(row.body)) as StationEvent;
  if (event.seq !== Number(row.seq) || !Number.isFinite(event.at) || typeof event.kind !== "string") {
    throw new Error("no event");
  }
  return { station: Number(row.station), own: row.own === 1, event: asToldNow(event) };
}

/** An event as it is told now: a record of before there was more than one carrier tells of the WebSocket beside the link. */
function asToldNow(event: StationEvent): StationEvent {
  if (event.kind !== "link-opened" || event.via) return event;
  const { kind, at, seq, connection, ocpp, ...via } = event as typeof event & Omit<WebSocketVia, "kind">;
  return { kind, at, seq, connection, ocpp, via: { ...via, kind: "websocket" } };
}
