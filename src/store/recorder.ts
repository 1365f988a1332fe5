import type { Clock, Timer } from "../lib/clock.ts";
import type { Disposable } from "../lib/disposable.ts";
import { createEmitter, type Emitter } from "../lib/emitter.ts";
import type { Logger } from "../lib/logger.ts";
import type { Words } from "../lib/words.ts";
import { unstoredCost } from "../station/bounds.ts";
import type { StationEvent } from "../station/events.ts";
import { whyOf } from "../station/failure.ts";
import type { Finding } from "../station/findings.ts";
import type { FrameDirection, FrameMark, Lane } from "../station/marks.ts";
import { english } from "../station/phrases.ts";
import { FindingFramesRepository } from "./finding-frames.ts";
import { directionNumbers, laneNumbers } from "./frames.ts";
import { isRecordNumber } from "./record-number.ts";
import type { Database, Statement } from "./sqlite/database.ts";

/** A frame to be stored. `data` is a text, or bytes where it was binary or not UTF-8. */
export type FrameEntry = {
  seq: number;
  station: StationRef;
  connection: number;
  /** Our clock, milliseconds since 1970 UTC. */
  at: number;
  direction: FrameDirection;
  data: string | Uint8Array;
  action: string | null;
  /** The question that this answers, where that is a frame of ours. */
  question: number | null;
  stationTime: string | null;
  findings: readonly Finding[];
  /** Our answer; its number is `seq + 1`. */
  answer: { at: number; text: string } | null;
  lane?: Lane;
  /** What was done to it on its way. Changed by `mark` alone. */
  marks?: readonly FrameMark[];
};

export type StationRef = { readonly id: number; readonly identity: string };

/** Where frames stand that a console printed for which no station is named; stations are counted from 1. */
export const noStation: StationRef = { id: 0, identity: "" };

/** `own`: an entry of the core's own (link, command), not made from a frame. */
export type EventEntry = { station: StationRef; event: StationEvent; own: boolean };

/** `marked`: frames of before whose marks have changed. */
export type Stored = {
  frames: readonly FrameEntry[];
  events: readonly EventEntry[];
  marked: readonly FrameEntry[];
};

export type RecorderOptions = {
  database: Database;
  clock: Clock;
  log: Logger;
  /** Why nothing can be stored now, asked before each commit; null when it can. */
  obstacle?: () => Words | null;
  /** Told of each commit that failed. */
  failed?: (error: unknown) => void;
  schedule?: (task: () => void) => void;
};

/** Samples and heartbeats come by the thousand and are made anew from their frames. */
const notKept = new Set<StationEvent["kind"]>(["sampled", "heartbeat"]);

const retryMs = 1000;
const busyFrames = 4;
const fullBatch = 256;
const gatherTurns = 4;

const highest = (numbers: string) =>
  `SELECT coalesce(CAST(max(seq) AS INTEGER), 0) FROM ${numbers} WHERE ${isRecordNumber}`;

/** Writes the record: what comes in one turn of the event loop shares one commit, and only then is anybody told. */
export class Recorder implements Disposable {
  readonly #options: RecorderOptions;
  readonly #insertFrame: Statement;
  readonly #insertEvent: Statement;
  readonly #updateMarks: Statement;
  readonly #selectText: Statement;
  readonly #touch: Statement;
  readonly #findingFrames: FindingFramesRepository;
  readonly #schedule: (task: () => void) => void;
  #next: number;
  #frames: FrameEntry[] = [];
  #events: EventEntry[] = [];
  #marked: FrameEntry[] = [];
  #waiting: (() => void)[] = [];
  #scheduled = false;
  #retry: Timer | null = null;
  #problem: Words | null = null;
  #disposed = false;
  #unstored = 0;

  /** What was just committed. */
  readonly stored: Emitter<Stored>;
  /** Null again once the record can be written. */
  readonly problem: Emitter<Words | null>;

  constructor(options: RecorderOptions) {
    this.#options = options;
    this.stored = createEmitter(options.log);
    this.problem = createEmitter(options.log);
    this.#schedule = options.schedule ?? ((task) => void setImmediate(task));
    this.#insertFrame = options.database.prepare("INSERT INTO frames VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
    this.#insertEvent = options.database.prepare("INSERT INTO events VALUES (?,?,?,?,?,?,?)");
    this.#findingFrames = new FindingFramesRepository(options.database);
    this.#updateMarks = options.database.prepare("UPDATE frames SET marks = ? WHERE seq = ?");
    this.#selectText = options.database.prepare("SELECT text FROM frames WHERE seq = ?");
    this.#touch = options.database.prepare("UPDATE record SET folded = folded");
    const told = "(SELECT CAST(value AS INTEGER) AS seq FROM settings WHERE key = 'record.lastNumber')";
    const ends = ["frames", "events", told].map((numbers) => `(${highest(numbers)})`);
    const row = options.database.prepare(`SELECT max(${ends.join(", ")}) AS seq`).get();
    // An answer takes the number after its question's.
    this.#next = Number(row?.seq ?? 0) + 2;
  }

  /** Takes `count` numbers of the record in a row; returns the first. */
  take(count = 1): number {
    const seq = this.#next;
    this.#next += count;
    return seq;
  }

  /** The highest number given so far: with nothing waiting and no trouble, all of them are on record. */
  get reached(): number {
    return this.#next - 1;
  }

  /** Stores a frame; `then` runs once it is committed, in the order of the calls. */
  frame(entry: FrameEntry, then?: () => void): void {
    this.#frames.push(entry);
    this.#unstored += unstoredCost + entry.data.length + (entry.answer?.text.length ?? 0);
    if (then) this.#waiting.push(then);
    this.#soon();
  }

  /** What came as the frame of this number, on record or about to be. */
  dataOf(seq: number): string | Uint8Array | undefined {
    const waiting = this.#frames.find((entry) => entry.seq === seq);
    if (waiting) return waiting.data;
    const text = this.#selectText.get(seq)?.text;
    return typeof text === "string" || text instanceof Uint8Array ? text : undefined;
  }

  /** Tells more of what became of a frame that is stored, or is about to be. */
  mark(entry: FrameEntry, marks: readonly FrameMark[]): void {
    entry.marks = marks;
    this.#marked.push(entry);
    this.#soon();
  }

  /** Stores an event for the time line; samples and heartbeats are passed over. */
  event(entry: EventEntry): void {
    if (notKept.has(entry.event.kind)) return;
    this.#events.push(entry);
    this.#soon();
  }

  /** Why the record cannot be written, while it cannot. */
  get trouble(): Words | null {
    return this.#problem;
  }

  /** Bytes of frames that wait to be stored, with what each costs. */
  get unstored(): number {
    return this.#unstored;
  }

  /** How many entries wait to be stored. */
  get waiting(): number {
    return this.#frames.length + this.#events.length + this.#marked.length;
  }

  /** Finds out whether the record can be written, though nothing may wait.
   * @param trying writes something for it */
  check(trying: boolean): void {
    if (this.#retry) return;
    const obstacle = this.#options.obstacle?.() ?? null;
    if (obstacle || trying) this.#store(obstacle);
  }

  /** Commits what waits, now. */
  flush(): void {
    if (this.#retry) return;
    this.#scheduled = false;
    if (this.waiting === 0 && this.#problem === null) return;
    this.#store(this.#options.obstacle?.() ?? null);
  }

  dispose(): void {
    this.#disposed = true;
    this.#retry?.stop();
    this.#retry = null;
    this.flush();
    if (this.waiting > 0) this.#options.log.error("the record ends without its last entries", { count: this.waiting });
  }

  #store(obstacle: Words | null): void {
    const frames = this.#frames;
    const events = this.#events;
    const marked = this.#marked;
    const waiting = this.#waiting;
    if (obstacle) {
      this.#fail(obstacle);
      return;
    }
    try {
      // Meter values and heartbeats alone make no entry in the time line: a power cut may take the last of them, nothing else.
      const durable = events.length > 0 || this.waiting === 0;
      this.#options.database.transaction(() => this.#write(frames, events, marked), durable);
    } catch (error) {
      this.#options.failed?.(error);
      this.#fail(whyOf(error));
      return;
    }
    this.#frames = [];
    this.#events = [];
    this.#marked = [];
    this.#waiting = [];
    this.#unstored = 0;
    this.#setProblem(null);
    for (const then of waiting) {
      try {
        then();
      } catch (error) {
        this.#options.log.bug("what follows a commit failed", { error });
      }
    }
    if (frames.length + events.length + marked.length > 0) this.stored.emit({ frames, events, marked });
  }

  #soon(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#gather(0, 1);
  }

  /** Commits at the end of this turn; under load it waits while more keep coming, a few turns at the most, so that a commit
   * is shared by many. A lone frame never waits. */
  #gather(before: number, turn: number): void {
    this.#schedule(() => {
      const count = this.#frames.length;
      const busy = count >= busyFrames && count > before && count < fullBatch;
      if (busy && turn < gatherTurns) this.#gather(count, turn + 1);
      else this.flush();
    });
  }

  #write(frames: FrameEntry[], events: EventEntry[], marked: FrameEntry[]): void {
    if (frames.length + events.length + marked.length === 0) this.#touch.run();
    for (const entry of frames) {
      this.#insertFrame.run(
        entry.seq,
        entry.station.id,
        entry.connection,
        entry.at,
        directionNumbers[entry.direction],
        entry.data,
        entry.action,
        entry.question,
        entry.stationTime,
        entry.findings.length > 0 ? JSON.stringify(entry.findings) : null,
        entry.answer ? entry.answer.at : null,
        entry.answer ? entry.answer.text : null,
        entry.lane ? laneNumbers[entry.lane] : null,
        entry.marks ? JSON.stringify(entry.marks) : null,
      );
      if (entry.findings.length > 0) this.#findingFrames.add(entry.station.id, entry.seq, entry.findings);
    }
    for (const { seq, marks } of marked) this.#updateMarks.run(JSON.stringify(marks), seq);
    let n = 0;
    let last = -1;
    for (const { station, event, own } of events) {
      n = event.seq === last ? n + 1 : 0;
      last = event.seq;
      this.#insertEvent.run(event.seq, n, station.id, event.at, event.kind, own ? 1 : 0, JSON.stringify(event));
    }
  }

  /** Nothing is answered until it can be stored: keep it, say so, and try again. */
  #fail(why: Words): void {
    if (this.#problem === null) this.#options.log.error("the record cannot be written", { why: english(why) });
    this.#setProblem(why);
    if (this.#disposed) return;
    this.#scheduled = true;
    this.#retry = this.#options.clock.after(retryMs, () => {
      this.#retry = null;
      this.flush();
    });
  }

  #setProblem(problem: Words | null): void {
    if (JSON.stringify(this.#problem) === JSON.stringify(problem)) return;
    this.#problem = problem;
    if (problem === null) this.#options.log.info("the record can be written again");
    this.problem.emit(problem);
  }
}
