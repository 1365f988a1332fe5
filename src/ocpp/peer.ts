import { createHash } from "node:crypto";
import type { Clock, Timer } from "../lib/clock.ts";
import type { Json, JsonObject } from "../lib/json.ts";
import { longestRemembered } from "../station/bounds.ts";
import { type Finding, finding, observed } from "../station/findings.ts";
import { english, words } from "../station/phrases.ts";
import type { Phrase } from "../words/en/phrases.ts";
import { type CallFrame, type ErrorFrame, type Frame, type ResultFrame, type Unreadable, writeCall } from "./frame.ts";

/** What became of a call of ours. */
export type PeerAnswer =
  | { type: "result"; payload: JsonObject; plain: unknown }
  | { type: "error"; code: string; description: string; details: Json }
  /** An answer came, and cannot be read. */
  | { type: "unreadable" }
  /** The other end was silent for the whole time. */
  | { type: "no-answer" }
  /** The link ended first. */
  | { type: "closed" };

/** A call of ours that went out and waits. */
export type PendingCall<Note = unknown> = {
  readonly id: string;
  readonly action: string;
  /** JSON text as it went out. */
  readonly request: string;
  /** What the asker gave along. */
  readonly note: Note | undefined;
  /** Tells the asker, and lets the next call out: once the answer is on record. */
  settle(answer: PeerAnswer): void;
};

/** What a received frame means in this conversation. */
export type Verdict<Note = unknown> =
  /** `repeat`: the very same CALL came before; this was our answer. */
  | { kind: "call"; frame: CallFrame; repeat?: string; findings: Finding[] }
  | { kind: "answer"; pending: PendingCall<Note>; frame: AnswerFrame; findings: Finding[] }
  | { kind: "unusable"; frame: Frame; findings: Finding[] };

/** What can settle a call of ours. */
export type AnswerFrame = ResultFrame | ErrorFrame | Unreadable;

export type PeerOptions<Note = unknown> = {
  clock: Clock;
  /** Milliseconds to wait for an answer, asked at each call. */
  answerMs: () => number;
  makeId: () => string;
  /** Puts a CALL on the wire. */
  transmit: (text: string, call: PendingCall<Note>) => void;
  /** Whether a call may go out now; one that may not waits for `resume`. By default always. */
  mayCall?: () => boolean;
  /** No call of ours is in flight any more. */
  onFree?: () => void;
  /** The text of a call that was told to be `recorded` under this number. */
  recall?: (seq: number) => string | undefined;
  /** Whether an answer with another id than the question's answers nothing. By default it answers the only call in flight. */
  strictIds?: () => boolean;
};

type Waiting<Note> = {
  action: string;
  request: string;
  note: Note | undefined;
  resolve: (answer: PeerAnswer) => void;
};
type InFlight<Note> = { pending: PendingCall<Note>; timer: Timer };
/** A call of lately: its text, or the hash of a long one, or the number that it is on record by; and our answer. */
type Seen = { id: string; action: string; text: string | number; reply: string | undefined };

const rememberedCalls = 64;
const repetition = "same-message-again" satisfies Phrase;

/** One conversation over one link, the same for both ends: message ids, one call in flight each way, time-outs
 * (OCPP-J 1.6 / 2.0.1 part 4, 4.1). Knows no link, no store and no version. */
export class Peer<Note = unknown> {
  readonly #options: PeerOptions<Note>;
  readonly #queue: Waiting<Note>[] = [];
  readonly #timedOut = new Set<string>();
  /** By id, in two generations: so none has to be taken out by itself. */
  #seen = new Map<string, Seen>();
  #seenBefore = new Map<string, Seen>();
  #last: Seen | null = null;
  #inFlight: InFlight<Note> | null = null;
  /** Answered, but not settled: what waits does not go out yet. */
  #answered: PendingCall<Note> | null = null;
  #closed = false;

  constructor(options: PeerOptions<Note>) {
    this.#options = options;
  }

  /** Calls under way or waiting. */
  get busy(): number {
    return this.#queue.length + (this.calling ? 1 : 0);
  }

  /** A call of ours is in flight, or its answer is not settled yet. */
  get calling(): boolean {
    return this.#inFlight !== null || this.#answered !== null;
  }

  /** True while the call in flight has this id. */
  awaits(id: string): boolean {
    return this.#inFlight?.pending.id === id;
  }

  /** Lets out a call that had to wait. */
  resume(): void {
    this.#next();
  }

  /** Sends a CALL when the one before it is answered. Never rejects.
   * @param request the payload as JSON text; goes out digit for digit */
  call(action: string, request: string, note?: Note): Promise<PeerAnswer> {
    if (this.#closed) return Promise.resolve({ type: "closed" });
    return new Promise((resolve) => {
      this.#queue.push({ action, request, note, resolve });
      this.#next();
    });
  }

  /** Says what a frame is in this conversation. The caller settles an answer; the next call waits for that. */
  accept(frame: Frame, text: string): Verdict<Note> {
    if (frame.type === "call" || frame.type === "send") return this.#acceptCall(frame, text);
    if (frame.type === "result" || frame.type === "error") return this.#acceptAnswer(frame);
    if (frame.type === "unreadable" && frame.answer) return this.#acceptUnreadable(frame);
    return { kind: "unusable", frame, findings: frame.findings };
  }

  /** What a CALL of lately asked for, by its id. */
  actionOf(id: string): string | undefined {
    return this.#seenCall(id)?.action;
  }

  /** Remembers our answer, in case the same CALL comes again. */
  answered(frame: CallFrame, reply: string): void {
    const seen = this.#seenCall(frame.id);
    if (seen) seen.reply = reply;
  }

  /** A call is on record: from now on its text is asked for there, and not kept here. */
  recorded(frame: CallFrame, seq: number): void {
    const seen = this.#options.recall && this.#seenCall(frame.id);
    if (seen) seen.text = seq;
  }

  /** Settles the answer that was taken and could not be read after all: no call waits for it for ever. */
  giveUp(): void {
    this.#answered?.settle({ type: "unreadable" });
  }

  /** Ends the conversation; whatever waits is told so. */
  close(): void {
    this.#closed = true;
    const current = this.#inFlight;
    this.#inFlight = null;
    current?.timer.stop();
    current?.pending.settle({ type: "closed" });
    for (const waiting of this.#queue.splice(0)) waiting.resolve({ type: "closed" });
  }

  /** What is answered, and put on record, is nearly always the call that came last. */
  #seenCall(id: string): Seen | undefined {
    return this.#last?.id === id ? this.#last : (this.#seen.get(id) ?? this.#seenBefore.get(id));
  }

  #remember({ id, action }: CallFrame, text: string): void {
    if (this.#seen.size >= rememberedCalls) {
      this.#seenBefore = this.#seen;
      this.#seen = new Map();
    }
    this.#last = { id, action, text, reply: undefined };
    this.#seen.set(id, this.#last);
  }

  #acceptCall(frame: CallFrame, whole: string): Verdict<Note> {
    const text = whole.length > longestRemembered ? createHash("sha256").update(whole).digest("hex") : whole;
    const before = this.#seenCall(frame.id);
    if (!before) {
      this.#remember(frame, text);
      return { kind: "call", frame, findings: frame.findings };
    }
    const same = typeof before.text === "number" ? this.#options.recall?.(before.text) === whole : before.text === text;
    const answered = same && before.reply !== undefined;
    const again = answered ? repetition : same ? "same-unanswered-again" : "another-message";
    const findings = [...frame.findings, observed("duplicate-id", frame.action, words(again, { id: frame.id }))];
    if (same) return { kind: "call", frame, repeat: before.reply, findings };
    this.#remember(frame, text);
    return { kind: "call", frame, findings };
  }

  #acceptAnswer(frame: ResultFrame | ErrorFrame): Verdict<Note> {
    const current = this.#inFlight;
    if (current && current.pending.id === frame.id) return this.#match(current, frame, frame.findings);
    if (this.#timedOut.delete(frame.id)) {
      return { kind: "unusable", frame, findings: [...frame.findings, finding("late-answer", "frame /1", frame.id)] };
    }
    if (!current) {
      const found = finding("unsolicited-answer", "frame /1", frame.id);
      return { kind: "unusable", frame, findings: [...frame.findings, found] };
    }
    // EN+ and rebrands answer with an id of their own; with one call in flight there is no doubt what is meant.
    const found = finding("mismatched-answer-id", current.pending.action, frame.id, current.pending.id);
    if (this.#options.strictIds?.()) return { kind: "unusable", frame, findings: [...frame.findings, found] };
    return this.#match(current, frame, [...frame.findings, found]);
  }

  /** Whatever carries the id of the call in flight answers it, readable or not; by its place alone it answers nothing. */
  #acceptUnreadable(frame: Unreadable): Verdict<Note> {
    const current = this.#inFlight;
    if (current && current.pending.id === frame.id) return this.#match(current, frame, frame.findings);
    const late = frame.id !== undefined && this.#timedOut.delete(frame.id);
    const found = late ? [finding("late-answer", "frame /1", frame.id)] : [];
    return { kind: "unusable", frame, findings: [...frame.findings, ...found] };
  }

  #match(current: InFlight<Note>, frame: AnswerFrame, findings: Finding[]): Verdict<Note> {
    current.timer.stop();
    this.#inFlight = null;
    this.#answered = current.pending;
    return { kind: "answer", pending: current.pending, frame, findings };
  }

  #next(): void {
    if (this.calling || this.#closed) return;
    const waiting = (this.#options.mayCall?.() ?? true) ? this.#queue.shift() : undefined;
    if (!waiting) {
      this.#options.onFree?.();
      return;
    }
    const id = this.#options.makeId();
    const { action, request, note, resolve } = waiting;
    const pending: PendingCall<Note> = {
      id,
      action,
      request,
      note,
      settle: (answer) => {
        resolve(answer);
        if (this.#answered !== pending) return;
        this.#answered = null;
        this.#next();
      },
    };
    const timer = this.#options.clock.after(this.#options.answerMs(), () => this.#timeOut(pending));
    this.#inFlight = { pending, timer };
    this.#options.transmit(writeCall(id, action, request), pending);
  }

  #timeOut(pending: PendingCall<Note>): void {
    if (this.#inFlight?.pending !== pending) return;
    this.#inFlight = null;
    this.#timedOut.add(pending.id);
    pending.settle({ type: "no-answer" });
    this.#next();
  }
}

/** True for the finding of a message that came again as it was: it was answered as before, and meant nothing new. */
export function isRepetition({ rule, said }: Finding): boolean {
  return rule === "duplicate-id" && typeof said !== "string" && said.phrase === repetition;
}

/** The findings of a message that came again and was answered otherwise than before: it meant something once more. */
export function answeredAnew(findings: readonly Finding[], id: string): Finding[] {
  return findings.map((found) =>
    isRepetition(found) ? observed(found.rule, found.where, words("same-message-anew", { id })) : found,
  );
}

/** The error frame that a call which cannot be read is answered with, where its version has one. 1.6 is silent about texts
 * without an id (OCPP-J 1.6, 4.2.3); 2.x answers those with the id "-1" (2.0.1 part 4, 4.2.3). */
export function unreadableAnswer(
  frame: Unreadable,
  version: "1.6" | "2.0.1" | "2.1",
): { echo: string; code: string; description: string } | null {
  const rule = frame.findings[0]?.rule;
  const description = frame.findings[0]
    ? `${rule}: ${english(frame.findings[0].expected ?? frame.findings[0].where)}`
    : "unreadable";
  if (version === "1.6") {
    return frame.call && frame.echo ? { echo: frame.echo, code: "FormationViolation", description } : null;
  }
  if ((rule === "too-complex" || rule === "not-json") && frame.call && frame.echo) {
    return { echo: frame.echo, code: "FormatViolation", description };
  }
  if (rule === "unknown-message-type") {
    return { echo: frame.echo ?? '"-1"', code: "MessageTypeNotSupported", description };
  }
  if (!frame.call && frame.echo) return null;
  return { echo: frame.echo ?? '"-1"', code: "RpcFrameworkError", description };
}
