import type { Clock } from "../lib/clock.ts";
import type { Logger } from "../lib/logger.ts";
import { cutText } from "../lib/text.ts";
import { tellOnce } from "../ocpp/found.ts";
import { findingsWithoutSecrets } from "../redaction/findings.ts";
import { longestName, longestRemembered, mostFindings } from "../station/bounds.ts";
import type { EventBody, StationEvent } from "../station/events.ts";
import { type Finding, observed, ownFault } from "../station/findings.ts";
import { isOfOwnClock } from "../station/fold/own-clock.ts";
import { judgeEvent } from "../station/fold/plausibility.ts";
import type { FrameMark } from "../station/marks.ts";
import { fitEvent } from "../station/reading/room.ts";
import type { FrameEntry, Recorder } from "../store/recorder.ts";
import type { Rule } from "../words/en/findings.ts";
import { textOf } from "./exchange.ts";
import type { Registry } from "./registry.ts";
import type { StationEntry } from "./station-entry.ts";

/** A message as it came in. */
export type Received = { data: string | Uint8Array; at: number; compressed?: boolean };

/** What a received frame means. `reply`: our answer, where it goes out at once. */
export type Meaning = {
  action: string | null;
  /** The question that it answers. */
  question: number | null;
  findings: Finding[];
  events: EventBody[];
  stationTime: string | null;
  reply?: string;
  marks?: readonly FrameMark[];
};

/** A frame that goes out, or that passes on the leg to the central system above. */
export type Outgoing = {
  data: string | Uint8Array;
  action: string | null;
  question?: number | null;
  marks?: readonly FrameMark[];
};

/** What an answer with a row of its own completes: the events that rest on both, as of when the question came. */
export type Completed = { at: number; events: EventBody[]; findings: Finding[] };

export type LedgerOptions = {
  entry: StationEntry;
  /** The record's number of the connection. */
  connection: number;
  recorder: Recorder;
  registry: Registry;
  clock: Clock;
  log: Logger;
};

/** One connection's pen: puts frames on record and folds what they mean. What follows runs once a frame is stored. The fold comes first,
 * so that the next message of the same turn meets the state; a screen can see it a commit early, and never sees it unanswered for that. */
export class Ledger {
  readonly #options: LedgerOptions;
  #kept = 0;

  constructor(options: LedgerOptions) {
    this.#options = options;
  }

  /** How many frames of others it has put on record. */
  get kept(): number {
    return this.#kept;
  }

  /** A frame from the station, with our answer where it has one. */
  received(received: Received, meaning: Meaning, then?: () => void): FrameEntry {
    const { entry, recorder, registry, clock } = this.#options;
    const { reply } = meaning;
    this.#kept++;
    const { at } = received;
    const seq = recorder.take(reply === undefined ? 1 : 2);
    const findings = this.#fold(received.data, meaning, at, seq);
    const { action, question, stationTime } = meaning;
    const marks = received.compressed ? [...(meaning.marks ?? []), "compressed" as const] : meaning.marks;
    const frame = this.#frame(seq, "in", { data: received.data, action, question, marks }, at);
    frame.stationTime = stationTime === null ? null : cutText(stationTime, longestName);
    frame.findings = findings;
    frame.answer = reply === undefined ? null : { at: clock.now(), text: reply };
    registry.count(entry, frame);
    recorder.frame(frame, then);
    return frame;
  }

  /** A frame to the station. */
  sent(outgoing: Outgoing, then?: () => void, completed?: Completed): FrameEntry {
    const { entry, recorder, registry, clock } = this.#options;
    const at = clock.now();
    const seq = recorder.take();
    const findings = completed ? this.#fold(outgoing.data, completed, completed.at, seq) : [];
    const frame = this.#frame(seq, "out", outgoing, at);
    frame.findings = findings;
    registry.count(entry, frame);
    recorder.frame(frame, then);
    return frame;
  }

  /** A frame on the leg to the central system above, where it was not the same as on the station's. */
  above(direction: "in" | "out", outgoing: Outgoing, then?: () => void): FrameEntry {
    const { recorder, clock } = this.#options;
    this.#kept++;
    const frame = this.#frame(recorder.take(), direction, outgoing, clock.now());
    frame.lane = "upstream";
    recorder.frame(frame, then);
    return frame;
  }

  /** Tells more of what became of a frame. */
  mark(frame: FrameEntry, marks: readonly FrameMark[]): void {
    this.#options.recorder.mark(frame, marks);
  }

  #frame(seq: number, direction: "in" | "out", outgoing: Outgoing, at: number): FrameEntry {
    const { entry, connection } = this.#options;
    const { data, action, question, marks } = outgoing;
    const frame: FrameEntry = {
      seq,
      station: entry,
      connection,
      at,
      direction,
      data,
      action: action === null ? null : cutText(action, longestName),
      question: question ?? null,
      stationTime: null,
      findings: [],
      answer: null,
      lane: undefined,
      marks: marks && marks.length > 0 ? marks : undefined,
    };
    return frame;
  }

  /** Folds what a frame means; gives its findings with those that only the state could tell. What they tell is no secret: it is shown,
   * copied and exported without the frame. Never throws: a frame is kept whatever it does to us. */
  #fold(
    data: string | Uint8Array,
    { events: bodies, findings }: Pick<Meaning, "events" | "findings">,
    at: number,
    seq: number,
  ): Finding[] {
    const events: StationEvent[] = [];
    for (const body of bodies) {
      const event: StationEvent = { ...body, at, seq };
      this.#judge(event, findings);
      events.push(event);
    }
    const { state } = this.#options.entry;
    const others = state.ownClock ? findings.filter((found) => !isOfOwnClock(state, found, at)) : findings;
    const told = this.#withoutSecrets(data, boundFindings(tellOnce(others)));
    for (const found of told) events.push({ kind: "found", finding: found, at, seq });
    if (events.length === 0) return told;
    const faults = tellOnce(this.#apply(events));
    if (faults.length > 0) this.#apply(faults.map((found) => ({ kind: "found", finding: found, at, seq })));
    return [...told, ...faults];
  }

  /** What cannot be looked through for its secrets is told without what was said. */
  #withoutSecrets(data: string | Uint8Array, findings: readonly Finding[]): Finding[] {
    if (findings.length === 0) return [];
    try {
      const text = textOf(data);
      // What was not read is without bounds, and of it the beginning alone is told.
      const isRead = !findings.some(({ rule }) => unread.has(rule));
      return findingsWithoutSecrets(isRead ? text : text.slice(0, longestRemembered), findings);
    } catch (error) {
      this.#options.log.bug("what was said could not be looked through for secrets", { error });
      return findings.map((found) => ({ ...found, said: "" }));
    }
  }

  #judge(event: StationEvent, findings: Finding[]): void {
    const { entry, log } = this.#options;
    try {
      const judged = judgeEvent(entry.state, event);
      for (const found of judged) findings.push(found);
      for (const found of fitEvent(entry.state, event).findings) findings.push(found);
    } catch (error) {
      log.bug("an event could not be judged", { frame: event.seq, kind: event.kind, error });
      findings.push(ownFault(event.kind, error));
    }
  }

  #apply(events: readonly StationEvent[]): Finding[] {
    const { entry, recorder, registry } = this.#options;
    const { news, faults } = registry.apply(entry, events);
    for (const event of news) recorder.event({ station: entry, event, own: false });
    return faults;
  }
}

const unread: ReadonlySet<Rule> = new Set<Rule>(["too-complex", "not-json", "binary-frame", "over-limit"]);

/** A message that is wrong everywhere needs no thousand findings to say so. */
function boundFindings(findings: Finding[]): Finding[] {
  if (findings.length <= mostFindings) return findings;
  const more = String(findings.length - mostFindings + 1);
  return [...findings.slice(0, mostFindings - 1), observed("more-findings", "frame", more)];
}
