import { cutText } from "../lib/text.ts";
import { longestName } from "../station/bounds.ts";
import type { Finding } from "../station/findings.ts";
import type { FrameDirection, FrameMark, FrameOn, Lane } from "../station/marks.ts";
import { type FrameKey, FrameKeysRepository, keysOf, problems } from "./frame-keys.ts";
import { isRecordNumber } from "./record-number.ts";
import type { Database, Row, Value } from "./sqlite/database.ts";

/** A row of the record: a frame, and with it our answer where we gave one at once. */
export type StoredFrame = {
  seq: number;
  station: number;
  connection: number;
  at: number;
  direction: FrameDirection;
  /** As it came; bytes where it was binary or not UTF-8. */
  data: string | Uint8Array;
  action: string | null;
  question: number | null;
  stationTime: string | null;
  findings: Finding[];
  answer: { at: number; text: string } | null;
  lane?: Lane;
  marks?: readonly FrameMark[];
};

export type FrameFilter = {
  station?: number;
  stations?: readonly number[];
  direction?: FrameDirection;
  on?: FrameOn;
  action?: string;
  text?: string;
  problems?: boolean;
  /** Leaves out answers that have a row of their own beside their question's: they are shown with it. What was on the leg to the
   * central system above, or was printed on a console, is shown by itself. */
  alone?: boolean;
};

/** Directions and lanes by their numbers in the record; a frame between station and laptop has no lane. */
export const directionNumbers: Readonly<Record<FrameDirection, number>> = { in: 0, out: 1, unknown: 2 };
export const laneNumbers: Readonly<Record<Lane, number>> = { upstream: 1, console: 2 };

/** The furthest that a date reaches from 1970, milliseconds (ECMAScript 21.4.1.1). */
const longestTime = 8.64e15;

/** Numbers gone through in one go, so that nobody waits long: row by row, or by keys alone. */
const stretch = 20_000;
const stretchByKeys = 400_000;

const end = (which: "min" | "max") => `SELECT ${which}(seq) FROM frames WHERE ${isRecordNumber}`;

/** Reads frames of the record, always by number and in bounded pieces. */
export class FramesRepository {
  readonly #database: Database;
  readonly #keys: FrameKeysRepository;

  constructor(database: Database) {
    this.#database = database;
    this.#keys = new FrameKeysRepository(database);
  }

  /** Rows with numbers in [from, to), oldest first. */
  between(from: number, to: number, filter: FrameFilter = {}, limit = 10_000): StoredFrame[] {
    return this.#select(from, to, filter, "ASC", limit);
  }

  /** Rows with numbers in [from, to), newest first. */
  newest(from: number, to: number, filter: FrameFilter, limit: number): StoredFrame[] {
    return this.#select(from, to, filter, "DESC", limit);
  }

  /** How far below `to` one look for the newest may reach without holding anybody up: the number to begin at. */
  beginBelow(to: number, filter: FrameFilter): number {
    const byKeys = keysOf(filter).length > 0 && to <= this.#keys.reach;
    return to - (byKeys ? stretchByKeys : stretch);
  }

  /** The row that holds the frame `seq`: its own, or that of the question it answers. */
  holding(seq: number): StoredFrame | undefined {
    const row = this.#database
      .prepare("SELECT * FROM frames WHERE seq = ? OR (seq = ? AND answer_text IS NOT NULL) ORDER BY seq DESC LIMIT 1")
      .get(seq, seq - 1);
    return row && this.#toFrame(row);
  }

  /** Answers to these questions, as they passed between station and laptop. */
  answersTo(questions: number[]): StoredFrame[] {
    if (questions.length === 0) return [];
    const list = JSON.stringify(questions);
    return this.#database
      .prepare("SELECT * FROM frames WHERE question IN (SELECT value FROM json_each(?)) AND lane IS NULL ORDER BY seq")
      .all(list)
      .map((row) => this.#toFrame(row));
  }

  /** Numbers of the first and last row; zeros when there is none. */
  bounds(): { first: number; last: number } {
    // Two looks at the ends: asked for both in one, SQLite walks the whole table.
    const row = this.#database.prepare(`SELECT (${end("min")}) AS first, (${end("max")}) AS last`).get();
    return { first: Number(row?.first ?? 0), last: Number(row?.last ?? 0) };
  }

  /** Rows with these numbers, in their order. */
  at(numbers: readonly number[]): StoredFrame[] {
    if (numbers.length === 0) return [];
    return this.#database
      .prepare("SELECT * FROM frames WHERE seq IN (SELECT value FROM json_each(?)) ORDER BY seq")
      .all(JSON.stringify(numbers))
      .map((row) => this.#toFrame(row));
  }

  /** The number of the first row at or after a time of our clock. Rows are in order of time but for a turned-back clock. */
  seqAt(time: number): number {
    return this.#firstWith((at) => at >= time);
  }

  /** The number that the record had come to at a time of our clock: of its last row or event then. */
  reachedAt(time: number): number {
    const next = this.#firstWith((at) => at > time);
    // Between the last frame before and the first one after there may be entries of our own, of before and of after.
    const row = this.#database
      .prepare(
        `SELECT seq FROM events WHERE seq > (SELECT coalesce(max(seq), 0) FROM frames WHERE seq < ?) AND at > ?
          ORDER BY seq LIMIT 1`,
      )
      .get(next, time);
    const frame = next > this.bounds().last ? Number.MAX_SAFE_INTEGER : next;
    return Math.min(frame, Number(row?.seq ?? frame)) - 1;
  }

  /** The number of the first row whose time passes; one more than the last where none does. */
  #firstWith(passes: (at: number) => boolean): number {
    const { first, last } = this.bounds();
    let low = first;
    let high = last + 1;
    const probe = this.#database.prepare("SELECT seq, at FROM frames WHERE seq >= ? ORDER BY seq LIMIT 1");
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const row = probe.get(middle);
      if (row && !passes(Number(row.at))) low = Math.max(Number(row.seq), middle) + 1;
      else high = middle;
    }
    // The search may end between two rows.
    return Number(probe.get(low)?.seq ?? last + 1);
  }

  #select(from: number, to: number, filter: FrameFilter, order: "ASC" | "DESC", limit: number): StoredFrame[] {
    const keys = keysOf(filter);
    const reach = keys.length === 0 ? from : Math.min(Math.max(this.#keys.reach, from), to);
    const parts = [
      { from, to: reach, keys },
      { from: reach, to, keys: [] },
    ];
    const rows: Row[] = [];
    for (const part of order === "ASC" ? parts : parts.reverse()) {
      if (part.from < part.to && rows.length < limit)
        rows.push(...this.#rows(part, filter, order, limit - rows.length));
    }
    return rows.map((row) => this.#toFrame(row));
  }

  /** Rows of a stretch: found by the first key and held against the others, or looked through where there is none. */
  #rows(
    { from, to, keys: [first, ...others] }: { from: number; to: number; keys: FrameKey[] },
    filter: FrameFilter,
    order: "ASC" | "DESC",
    limit: number,
  ): Row[] {
    const seq = first ? "frame_keys.seq" : "frames.seq";
    const clauses = [`${seq} >= ?`, `${seq} < ?`];
    const values: Value[] = [from, to];
    function add(clause: string, ...more: Value[]): void {
      clauses.push(clause);
      values.push(...more);
    }
    if (first) add(`frame_keys.kind = ? AND frame_keys.key = ${first.key}`, first.kind, first.value);
    for (const { kind, key, value } of others) {
      add(
        `EXISTS (SELECT 1 FROM frame_keys AS other WHERE other.kind = ? AND other.key = ${key} AND other.seq = ${seq})`,
        kind,
        value,
      );
    }
    if (filter.station !== undefined) add("station = ?", filter.station);
    if (filter.stations) add("station IN (SELECT value FROM json_each(?))", JSON.stringify(filter.stations));
    if (filter.direction) add("direction = ?", directionNumbers[filter.direction]);
    if (filter.on === "link") add("lane IS NULL");
    else if (filter.on) add("lane = ?", laneNumbers[filter.on]);
    if (filter.action) add("action = ? COLLATE NOCASE", filter.action);
    if (filter.text) {
      const pattern = `%${filter.text.replace(/[\\%_]/g, "\\$&")}%`;
      add("(text LIKE ? ESCAPE '\\' OR answer_text LIKE ? ESCAPE '\\')", pattern, pattern);
    }
    if (filter.problems) add(problems);
    if (filter.alone) add("(question IS NULL OR lane IS NOT NULL)");
    // The keys come first whatever SQLite thinks of it: it has no figures of how many there are of each.
    const source = first ? "frame_keys CROSS JOIN frames ON frames.seq = frame_keys.seq" : "frames";
    return this.#database
      .prepare(`SELECT frames.* FROM ${source} WHERE ${clauses.join(" AND ")} ORDER BY ${seq} ${order} LIMIT ?`)
      .all(...values, limit);
  }

  #toFrame(row: Row): StoredFrame {
    const at = this.#time(row.at, 0);
    const frame: StoredFrame = {
      seq: Number(row.seq),
      station: Number(row.station),
      connection: Number(row.connection),
      at,
      direction: row.direction === 0 ? "in" : row.direction === directionNumbers.unknown ? "unknown" : "out",
      data: row.text instanceof Uint8Array ? row.text : String(row.text ?? ""),
      // A record of before kept an action of any length.
      action: row.action === null ? null : cutText(String(row.action), longestName),
      question: row.question === null ? null : Number(row.question),
      stationTime: row.station_time === null ? null : String(row.station_time),
      findings: this.#list<Finding>(
        row.findings,
        (item) => typeof item === "object" && item !== null && "rule" in item,
      ),
      answer: row.answer_text === null ? null : { at: this.#time(row.answer_at, at), text: String(row.answer_text) },
    };
    // A record of before that is only read lacks these columns.
    if (row.lane === laneNumbers.upstream) frame.lane = "upstream";
    else if (row.lane === laneNumbers.console) frame.lane = "console";
    if (typeof row.marks === "string")
      frame.marks = this.#list<FrameMark>(row.marks, (item) => typeof item === "string");
    return frame;
  }

  /** A time as it was stored; `instead` where it is none. */
  #time(value: Row[string] | undefined, instead: number): number {
    if (typeof value === "number" && Math.abs(value) <= longestTime) return value;
    this.#database.skip("frames");
    return instead;
  }

  /** What was noted beside a frame. The frame stands by itself: a note that cannot be read takes nothing from it. */
  #list<T>(value: Row[string] | undefined, fits: (item: unknown) => boolean): T[] {
    if (value === null || value === undefined) return [];
    try {
      const list: unknown = JSON.parse(String(value));
      if (Array.isArray(list) && list.every(fits)) return list as T[];
    } catch {
      // Told with the others below.
    }
    this.#database.skip("frames");
    return [];
  }
}
