import { isUtf8 } from "node:buffer";
import { randomUUID } from "node:crypto";
import type { Clock } from "../lib/clock.ts";
import { type JsonObject, stringifyJson } from "../lib/json.ts";
import type { Dialect } from "../ocpp/dialect.ts";
import { type CallFrame, type Frame, readFrame, readHead, writeError, writeResultError } from "../ocpp/frame.ts";
import { DuplicateNames } from "../ocpp/json/duplicate-names.ts";
import { readTolerantly } from "../ocpp/json/tolerant-frame.ts";
import {
  type AnswerFrame,
  answeredAnew,
  Peer,
  type PeerAnswer,
  type PendingCall,
  unreadableAnswer,
  type Verdict,
} from "../ocpp/peer.ts";
import { isErrorCode, refusalOf } from "../ocpp/refusal.ts";
import type { Schemas } from "../ocpp/schemas.ts";
import { type Finding, finding, ownFault } from "../station/findings.ts";
import { ownChange } from "../station/fold/own-change.ts";
import type { FrameMark, OwnReason } from "../station/marks.ts";
import type { CloseCause } from "../station/model.ts";
import { closingText, words } from "../station/phrases.ts";
import type { FrameEntry, Recorder } from "../store/recorder.ts";
import type { Link, Spoilt } from "../transports/link.ts";
import { type AnswererOptions, answerCall, factsOf, judgeCall, meaningOf } from "./answering.ts";
import { claimedTime, textOf } from "./exchange.ts";
import type { FaultBook } from "./faults/fault-book.ts";
import { FaultyAnswers } from "./faults/faulty-answers.ts";
import type { Attachment, Forwarding } from "./forward/forwarding.ts";
import { passOn } from "./forward/route-inbound.ts";
import type { StationPort } from "./forward/station-port.ts";
import type { Journal } from "./journal.ts";
import { Ledger, type Received } from "./ledger.ts";
import type { OwnClock } from "./own-clock.ts";
import type { Registry } from "./registry.ts";
import type { CallReport, Conversation } from "./station-entry.ts";

export type SessionOptions = AnswererOptions & {
  link: Link;
  /** Findings about the handshake. */
  findings: Finding[];
  registry: Registry;
  recorder: Recorder;
  journal: Journal;
  forwarding: Pick<Forwarding, "attach">;
  faults: FaultBook;
  clock: Clock;
  ownClock: Pick<OwnClock, "look">;
  /** The connection is over. */
  onClosed: () => void;
};

/** A call of ours on its way: filled in as it goes. `sentAt` and `answeredAt` are of the clock that is never set. */
type Note = {
  request: JsonObject;
  own?: OwnReason;
  seq?: number;
  sentAt?: number;
  answerSeq?: number;
  answeredAt?: number;
};

/** What came over the link, as text too. `valid`: it is UTF-8. */
type Message = { bytes: Uint8Array; binary: boolean; text: string; valid: boolean };

/** One connected station. Everything received is stored, then answered, or passed on in forward mode; what it means is folded into the
 * state. */
export class Session implements Conversation {
  readonly #options: SessionOptions;
  readonly #peer: Peer<Note>;
  readonly #ledger: Ledger;
  readonly #connection: number;
  readonly #faulty: FaultyAnswers;
  readonly #duplicates = new DuplicateNames();
  #forward: Attachment | null = null;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#connection = options.journal.take();
    this.#ledger = new Ledger({ ...options, connection: this.#connection });
    this.#peer = new Peer<Note>({
      clock: options.clock,
      answerMs: options.policy.answerMs,
      makeId: randomUUID,
      transmit: (text, call) => this.#transmit(text, call),
      strictIds: () => options.strictness(options.entry.identity).strict,
      mayCall: () => this.#forward?.relay?.mayCall ?? true,
      onFree: () => this.#forward?.relay?.stationFree(),
      recall: (seq) => this.#recall(seq),
    });
    this.#faulty = new FaultyAnswers({
      ...options,
      ledger: this.#ledger,
      send: (text) => options.link.send(text),
      answered: (frame, text) => this.#peer.answered(frame, text),
    });
  }

  get dialect(): Dialect {
    return this.#options.dialect;
  }

  get isOpen(): boolean {
    return this.#options.link.isOpen;
  }

  get schemas(): Schemas {
    return this.#options.schemas;
  }

  get password(): "current" | "next" | null {
    return this.#options.link.password ?? null;
  }

  /** Puts the connection on record and begins to listen. */
  start(): void {
    const { link, dialect, findings, journal, entry, forwarding, recorder, clock, onClosed } = this.#options;
    const { via } = link.hello;
    const connection = this.#connection;
    journal.write(entry, { kind: "link-opened", connection, ocpp: dialect.version, via }, connection);
    for (const found of findings) journal.write(entry, { kind: "found", finding: found });
    const { subprotocol, userAgent } = via;
    this.#forward = forwarding.attach(entry, this.#port(), {
      subprotocol,
      userAgent,
      authorization: link.authorization,
    });
    // While nothing can be stored nothing is answered: what comes waits with the station, not in our memory.
    const holding = recorder.problem.on((problem) => link.hold(problem !== null));
    if (recorder.trouble !== null) link.hold(true);
    link.listen({
      message: (data, binary, compressed) => this.#message(data, binary, compressed),
      spoilt: (spoilt) => this.#spoilt(spoilt),
      closed: (code, reason, cause) => {
        const own = cause === "station" || cause === "lost" ? ownChange(entry.state, clock.now()) : undefined;
        const why: CloseCause = own === undefined ? cause : "own-change";
        journal.write(entry, { kind: "link-closed", connection, code, reason, cause: why, change: own });
        if (entry.session === this) entry.session = null;
        this.#forward?.detach();
        this.#faulty.stop();
        void holding.dispose();
        onClosed();
        this.#peer.close();
      },
    });
  }

  /** Ends the connection from our side. */
  close(code: number, reason: string, cause: CloseCause): void {
    this.#options.link.close(code, reason, cause);
  }

  /** Ends the connection without a word. */
  cut(cause: CloseCause): void {
    this.#options.link.cut(cause);
  }

  /** Sends a CALL when the one before it is answered. Never rejects.
   * @param text the payload as it goes out, where its digits and blanks matter */
  async call(action: string, payload: JsonObject, text = stringifyJson(payload), own?: OwnReason): Promise<CallReport> {
    const note: Note = { request: payload, own };
    const answer = await this.#peer.call(action, text, note);
    const report: CallReport = { answer, frame: note.seq, answerFrame: note.answerSeq };
    if (note.sentAt !== undefined && note.answeredAt !== undefined) {
      report.latencyMs = Math.max(0, Math.round((note.answeredAt - note.sentAt) * 10) / 10);
    }
    return report;
  }

  /** Reads what came. What that throws all the same is a fault of ours: the bytes are kept, it is told, and the conversation goes on. */
  #message(bytes: Uint8Array, binary: boolean, compressed: boolean): void {
    // A station is not to be judged by a clock that was just set.
    this.#options.ownClock.look();
    const at = this.#options.clock.now();
    const valid = isUtf8(bytes);
    const text = asBuffer(bytes).toString("utf8");
    const received: Received = { data: binary || !valid ? bytes : text, at, compressed };
    const { kept } = this.#ledger;
    try {
      this.#read(received, { bytes, binary, text, valid });
    } catch (error) {
      this.#failed(received, text, error, this.#ledger.kept > kept);
    }
  }

  #failed(received: Received, text: string, error: unknown, kept: boolean): void {
    const { log, entry, link } = this.#options;
    try {
      const { type, id, action } = readHead(text);
      const found = ownFault(action ?? "frame", error);
      if (kept) return this.#tellFault(found, error);
      const echo = type === 2 && id !== undefined ? stringifyJson(id) : undefined;
      const reply = echo === undefined ? undefined : writeError(echo, "InternalError", "The central system failed.");
      const meaning = {
        action: action ?? null,
        question: null,
        findings: [found],
        events: [],
        stationTime: null,
        reply,
      };
      const { seq } = this.#ledger.received(received, meaning, () => {
        if (reply !== undefined) link.send(reply);
        this.#peer.giveUp();
      });
      log.bug("a frame met a fault of ours", { station: entry.identity, frame: seq, error });
    } catch (again) {
      log.bug("a connection met a fault of ours", { station: entry.identity, error: again });
      this.close(1011, closingText("close-failed"), "asked");
    }
  }

  /** Tells a fault of ours that was met beside a frame on record. */
  #tellFault(found: Finding, error: unknown): void {
    const { log, entry, journal } = this.#options;
    const seq = journal.write(entry, { kind: "found", finding: found });
    log.bug("a fault of ours", { station: entry.identity, frame: seq, where: found.where, error });
  }

  #read(received: Received, { bytes, binary, text, valid }: Message): void {
    const relay = this.#forward?.relay ?? null;
    const message = { received, bytes, binary, text, stationTime: null, again: false };
    if (binary) {
      const findings = [finding("binary-frame", "frame", text)];
      if (relay) relay.fromStation({ ...message, frame: null, findings });
      else this.#keep(received, findings);
      return;
    }
    const { entry, strictness } = this.#options;
    const frame = strictness(entry.identity).strict ? readFrame(text) : readTolerantly(text);
    const extra = valid ? [] : [finding("invalid-utf8", "frame", text)];
    if (frame.type === "call") extra.push(...this.#duplicates.judge(frame.action, text));
    if (relay) {
      passOn(relay, this.#peer, this.#options, { ...message, frame }, extra, (verdict) =>
        this.#dispatch(received, verdict, extra, ["not-passed"]),
      );
    } else this.#dispatch(received, this.#peer.accept(frame, text), extra);
  }

  #dispatch(received: Received, verdict: Verdict<Note>, extra: Finding[], marks?: readonly FrameMark[]): void {
    const findings = verdict.findings.concat(this.#judgeForm(verdict.frame), extra);
    if (verdict.kind === "call") this.#answerCall(received, verdict.frame, verdict.repeat, findings);
    else if (verdict.kind === "answer") this.#takeAnswer(received, verdict, findings, marks);
    else this.#keepUnusable(received, verdict.frame, findings, marks);
  }

  /** What a 2.1 station says of our answer; in other versions there is no such message. */
  #judgeForm(frame: Frame): Finding[] {
    if (frame.type !== "result-error") return [];
    if (!this.#options.dialect.tellsBadAnswers) return [finding("unknown-message-type", "frame /0", 5, "2, 3, 4")];
    const action = this.#peer.actionOf(frame.id) ?? "CALLRESULTERROR";
    return [finding("answer-refused", action, `${frame.code}: ${frame.description}`)];
  }

  #answerCall(received: Received, frame: CallFrame, repeat: string | undefined, findings: Finding[]): void {
    const { entry, faults } = this.#options;
    const { action } = frame;
    const stationTime = claimedTime(frame.payload);
    if (repeat === undefined) for (const found of judgeCall(this.#options, frame)) findings.push(found);
    const fault = frame.type === "call" ? faults.onAnswer(entry.identity, action) : null;
    if (fault) {
      const marks: FrameMark[] = fault.silent ? ["silenced"] : [];
      const meaning = { action, question: null, findings, events: [], stationTime, marks };
      const row = this.#ledger.received(received, meaning);
      if (repeat === undefined) this.#peer.recorded(frame, row.seq);
      this.#faulty.answer({ frame, row, again: repeat !== undefined }, fault, repeat);
      return;
    }
    const answer = answerCall(this.#options, frame, received.at, { before: repeat });
    const { reply, events } = answer;
    if (reply !== undefined) this.#peer.answered(frame, reply);
    const told = answer.anew ? answeredAnew(findings, frame.id) : findings;
    for (const found of answer.findings) told.push(found);
    const meaning = { action, question: null, findings: told, events, stationTime, reply };
    const row = this.#ledger.received(received, meaning, () => this.#reply(reply, row));
    if (repeat === undefined) this.#peer.recorded(frame, row.seq);
  }

  /** The text of a frame on record. */
  #recall(seq: number): string | undefined {
    const data = this.#options.recorder.dataOf(seq);
    return data === undefined ? undefined : textOf(data);
  }

  #takeAnswer(
    received: Received,
    { pending, frame }: Extract<Verdict<Note>, { kind: "answer" }>,
    findings: Finding[],
    marks?: readonly FrameMark[],
  ): void {
    const { action, note } = pending;
    const answer = answerIn(frame);
    const facts = this.#facts({ action, payload: note?.request ?? {} }, frame, received.at);
    const reply = this.#complaintOf(frame, [...findings, ...facts.findings]);
    const meaning = {
      action,
      question: note?.seq ?? null,
      findings: [...findings, ...facts.findings],
      events: facts.events,
      stationTime: null,
      reply,
      marks,
    };
    const row = this.#ledger.received(received, meaning, () => {
      this.#reply(reply, row);
      pending.settle(answer);
    });
    if (note) {
      note.answerSeq = row.seq;
      note.answeredAt = this.#options.clock.monotonic();
    }
  }

  /** What a strict central system says to an answer that it cannot take, in a version that has a word for it. */
  #complaintOf(frame: AnswerFrame, findings: readonly Finding[]): string | undefined {
    const { entry, dialect, strictness } = this.#options;
    if (frame.type !== "result" || !dialect.tellsBadAnswers || !strictness(entry.identity).strict) return undefined;
    const refusal = refusalOf(findings, dialect.errorCodes);
    return refusal ? writeResultError(frame.id, refusal.code, refusal.description) : undefined;
  }

  #keepUnusable(received: Received, frame: Frame, findings: Finding[], marks?: readonly FrameMark[]): void {
    const { dialect } = this.#options;
    const answer = frame.type === "unreadable" ? unreadableAnswer(frame, dialect.version) : null;
    const reply = answer ? writeError(answer.echo, answer.code, answer.description) : undefined;
    const action = "action" in frame ? (frame.action ?? null) : null;
    const meaning = { action, question: null, findings, events: [], stationTime: null, reply, marks };
    const row = this.#ledger.received(received, meaning, () => this.#reply(reply, row));
  }

  /** What is known of a message that did not come whole. */
  #spoilt({ data, binary, found }: Spoilt): void {
    const text = binary || !isUtf8(data) ? data : Buffer.from(data).toString("utf8");
    this.#keep({ data: text, at: this.#options.clock.now() }, [found]);
  }

  /** Our answer to a stored frame goes out; one that a closing link does not take is told as such. */
  #reply(reply: string | undefined, row: FrameEntry): void {
    if (reply === undefined || this.#options.link.send(reply)) return;
    this.#ledger.mark(row, [...(row.marks ?? []), "answer-not-sent"]);
  }

  /** Keeps what means nothing. */
  #keep(received: Received, findings: Finding[]): void {
    this.#ledger.received(received, { action: null, question: null, findings, events: [], stationTime: null });
  }

  /** What the station's answer to a CALL tells, and what is wrong with it. */
  #facts(call: { action: string; payload: JsonObject }, frame: Frame, at: number) {
    if (frame.type === "error" && frame.code !== "" && !isErrorCode(frame.code, this.#options.dialect.version)) {
      return { events: [], findings: [finding("call-error", call.action, frame.code, words("an-error-code"))] };
    }
    if (frame.type !== "result") return { events: [], findings: [] };
    const judged = this.#options.schemas.judge("response", call.action, frame.plain, frame.payload);
    const { events, findings } = factsOf(this.#options, call.action, call.payload, frame.payload, at);
    return { events, findings: [...judged, ...findings] };
  }

  /** A CALL of ours: on record first, then on the wire. */
  #transmit(text: string, call: PendingCall<Note>): void {
    const { link } = this.#options;
    const marks: FrameMark[] = this.#forward?.relay ? ["injected"] : [];
    if (call.note?.own) marks.push(call.note.own);
    const row = this.#ledger.sent({ data: text, action: call.action, marks }, () => {
      if (!link.send(text)) this.#ledger.mark(row, [...marks, "not-sent"]);
    });
    if (!call.note) return;
    call.note.seq = row.seq;
    call.note.sentAt = this.#options.clock.monotonic();
  }

  /** This connection as the middle relay works with it. */
  #port(): StationPort {
    const { link } = this.#options;
    return {
      ledger: this.#ledger,
      send: (data, binary) => link.send(data, binary),
      meaningOf: (frame, reply, at) => meaningOf(this.#options, frame, reply, at),
      factsOf: (call, frame, at) => this.#facts(call, frame, at),
      answer: (asked, marks) => this.#faulty.answerNow(asked, marks),
      answered: (frame, text) => this.#peer.answered(frame, text),
      calling: () => this.#peer.calling,
      resume: () => this.#peer.resume(),
      failed: (where, error) => this.#tellFault(ownFault(where, error), error),
      disconnect: () => this.close(1012, closingText("close-above-away"), "asked"),
    };
  }
}

/** The same bytes: not a copy. */
function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function answerIn(frame: AnswerFrame): PeerAnswer {
  if (frame.type === "unreadable") return { type: "unreadable" };
  if (frame.type === "result") return { type: "result", payload: frame.payload, plain: frame.plain };
  return { type: "error", code: frame.code, description: frame.description, details: frame.details };
}
