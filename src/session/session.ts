import { isUtf8 } from "node:buffer";
import { randomUUID } from "node:crypto";
import type { Clock } from "../lib/clock.ts";
import { type JsonObject, stringifyJson } from "../lib/json.ts";
import type { Logger } from "../lib/logger.ts";
import type { AnswerContext, Dialect } from "../ocpp/dialect.ts";
import { type CallFrame, type Frame, readFrame, writeError, writeResult } from "../ocpp/frame.ts";
import { Peer, type PeerAnswer, type PendingCall, unreadableAnswer, type Verdict } from "../ocpp/peer.ts";
import type { Schemas } from "../ocpp/schemas.ts";
import type { EventBody, StationEvent } from "../station/events.ts";
import { type Finding, finding } from "../station/findings.ts";
import type { CloseCause } from "../station/model.ts";
import { registerWentBackwards } from "../station/reduce.ts";
import type { Recorder } from "../store/recorder.ts";
import type { Link } from "../transports/link.ts";
import type { CallReport, Conversation, StationEntry } from "./entry.ts";
import { claimedTime, handlerOf, split } from "./exchange.ts";
import type { Journal } from "./journal.ts";
import type { Policy } from "./policy.ts";
import type { Registry } from "./registry.ts";

export type SessionOptions = {
  entry: StationEntry;
  link: Link;
  dialect: Dialect;
  schemas: Schemas;
  /** Findings about the handshake. */
  findings: Finding[];
  registry: Registry;
  recorder: Recorder;
  journal: Journal;
  policy: Policy;
  clock: Clock;
  log: Logger;
  /** Bytes; a larger frame is stored and ends the link. */
  frameLimit: () => number;
  newTransactionId: () => number;
  /** The connection is over. */
  onClosed: () => void;
};

/** A call of ours on its way: filled in as it goes. */
type Note = { request: JsonObject; seq?: number; sentAt?: number; answerSeq?: number; answeredAt?: number };

/** A message as it came in. */
type Received = { data: string | Uint8Array; at: number };

/** One connected station. Everything received is stored, then answered; what it means is folded into the state. */
export class Session implements Conversation {
  readonly #options: SessionOptions;
  readonly #peer: Peer<Note>;
  #connection = 0;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#peer = new Peer<Note>({
      clock: options.clock,
      answerMs: options.policy.answerMs,
      makeId: randomUUID,
      transmit: (text, call) => this.#transmit(text, call),
    });
  }

  get dialect(): Dialect {
    return this.#options.dialect;
  }

  get schemas(): Schemas {
    return this.#options.schemas;
  }

  /** Puts the connection on record and begins to listen. */
  start(): void {
    const { link, dialect, findings, journal, entry, onClosed } = this.#options;
    const { identity: _identity, ...hello } = link.hello;
    const connection = journal.take();
    this.#connection = connection;
    journal.write(entry, { kind: "link-opened", connection, ocpp: dialect.version, ...hello }, connection);
    for (const found of findings) journal.write(entry, { kind: "found", finding: found });
    link.listen({
      message: (data, binary) => this.#message(data, binary),
      closed: (code, reason, cause) => {
        journal.write(entry, { kind: "link-closed", connection, code, reason, cause });
        if (entry.session === this) entry.session = null;
        onClosed();
        this.#peer.close();
      },
    });
  }

  /** Ends the connection from our side. */
  close(code: number, reason: string, cause: CloseCause): void {
    this.#options.link.close(code, reason, cause);
  }

  /** Sends a CALL when the one before it is answered. Never rejects.
   * @param text the payload as it goes out, where its digits and blanks matter */
  async call(action: string, payload: JsonObject, text = stringifyJson(payload)): Promise<CallReport> {
    const note: Note = { request: payload };
    const answer = await this.#peer.call(action, text, note);
    const report: CallReport = { answer, frame: note.seq, answerFrame: note.answerSeq };
    if (note.sentAt !== undefined && note.answeredAt !== undefined) {
      report.latencyMs = Math.max(0, Math.round((note.answeredAt - note.sentAt) * 10) / 10);
    }
    return report;
  }

  #message(bytes: Uint8Array, binary: boolean): void {
    const at = this.#options.clock.now();
    const valid = isUtf8(bytes);
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
    const received: Received = { data: binary || !valid ? bytes : text, at };
    if (bytes.byteLength > this.#options.frameLimit()) {
      const found = finding(
        "over-limit",
        "frame",
        `${bytes.byteLength} bytes`,
        `at most ${this.#options.frameLimit()}`,
      );
      this.#store(received, { action: null, question: null, findings: [found], events: [], stationTime: null });
      this.close(1009, "message too big", "over-limit");
      return;
    }
    if (binary) {
      const found = finding("binary-frame", "frame", text);
      this.#store(received, { action: null, question: null, findings: [found], events: [], stationTime: null });
      return;
    }
    const verdict = this.#peer.accept(readFrame(text), text);
    const extra = valid ? [] : [finding("invalid-utf8", "frame", text)];
    this.#dispatch(received, verdict, [...verdict.findings, ...extra]);
  }

  #dispatch(received: Received, verdict: Verdict<Note>, findings: Finding[]): void {
    if (verdict.kind === "call") this.#answerCall(received, verdict.frame, verdict.repeat, findings);
    else if (verdict.kind === "answer") this.#takeAnswer(received, verdict, findings);
    else this.#keepUnusable(received, verdict.frame, findings);
  }

  #answerCall(received: Received, frame: CallFrame, repeat: string | undefined, findings: Finding[]): void {
    const { entry, dialect, schemas, log } = this.#options;
    const { action, payload } = frame;
    const stationTime = claimedTime(payload);
    if (repeat !== undefined) {
      this.#store(received, { action, question: null, findings, events: [], stationTime, reply: repeat });
      return;
    }
    const handler = handlerOf(dialect, action);
    if (!handler) {
      findings.push(finding("unknown-action", action, action));
      const reply =
        frame.type === "call" ? writeError(frame.echo, "NotImplemented", `${action} is not known`) : undefined;
      if (reply) this.#peer.answered(frame, reply);
      this.#store(received, { action, question: null, findings, events: [], stationTime, reply });
      return;
    }
    if (!entry.state.boot && action !== "BootNotification") findings.push(finding("early-call", action, action));
    findings.push(...schemas.judge("request", action, frame.plain));
    let reply: string | undefined;
    let bodies: EventBody[] = [];
    try {
      const answer = handler.reply(payload, this.#answerContext(received.at));
      if (frame.type === "call") reply = writeResult(frame.echo, answer);
      bodies = handler.events?.(payload, answer, { at: received.at, station: entry.state }) ?? [];
    } catch (error) {
      log.error("a message could not be handled", { station: entry.identity, action, error });
      if (frame.type === "call") reply ??= writeError(frame.echo, "InternalError", "The central system failed.");
    }
    if (reply) this.#peer.answered(frame, reply);
    const parts = split(bodies);
    this.#store(received, {
      action,
      question: null,
      findings: [...findings, ...parts.findings],
      events: parts.events,
      stationTime,
      reply,
    });
  }

  #takeAnswer(received: Received, verdict: Extract<Verdict<Note>, { kind: "answer" }>, findings: Finding[]): void {
    const { pending, frame } = verdict;
    const { entry, dialect, schemas, log } = this.#options;
    const { action, note } = pending;
    const bodies: EventBody[] = [];
    let answer: PeerAnswer;
    if (frame.type === "result") {
      findings.push(...schemas.judge("response", action, frame.plain));
      answer = { type: "result", payload: frame.payload, plain: frame.plain };
      try {
        const context = { at: received.at, station: entry.state };
        bodies.push(...dialect.readAnswer(action, note?.request ?? {}, frame.payload, context));
      } catch (error) {
        log.error("an answer could not be read", { station: entry.identity, action, error });
      }
    } else {
      answer = { type: "error", code: frame.code, description: frame.description, details: frame.details };
    }
    const parts = split(bodies);
    const question = note?.seq ?? null;
    const all = [...findings, ...parts.findings];
    const seq = this.#store(
      received,
      { action, question, findings: all, events: parts.events, stationTime: null },
      () => pending.settle(answer),
    );
    if (note) {
      note.answerSeq = seq;
      note.answeredAt = received.at;
    }
  }

  #keepUnusable(received: Received, frame: Frame, findings: Finding[]): void {
    const { dialect } = this.#options;
    const answer = frame.type === "unreadable" ? unreadableAnswer(frame, dialect.version) : null;
    const reply = answer ? writeError(answer.echo, answer.code, answer.description) : undefined;
    this.#store(received, { action: null, question: null, findings, events: [], stationTime: null, reply });
  }

  /** Stores a received frame with our reply, folds what it means, and sends the reply once it is on record. */
  #store(
    received: Received,
    meaning: {
      action: string | null;
      question: number | null;
      findings: Finding[];
      events: EventBody[];
      stationTime: string | null;
      reply?: string;
    },
    then?: () => void,
  ): number {
    const { entry, recorder, registry, clock, link } = this.#options;
    const { reply, findings } = meaning;
    const { at } = received;
    const seq = recorder.take(reply === undefined ? 1 : 2);
    const events: StationEvent[] = [];
    for (const body of meaning.events) {
      const event: StationEvent = { ...body, at, seq };
      const backwards = registerWentBackwards(entry.state, event);
      if (backwards) findings.push(backwards);
      events.push(event);
    }
    for (const found of findings) events.push({ kind: "found", finding: found, at, seq });
    if (events.length > 0) {
      for (const event of registry.apply(entry, events)) recorder.event({ station: entry, event, own: false });
    }
    registry.count(entry, "in", at, seq);
    const answeredAt = clock.now();
    if (reply !== undefined) registry.count(entry, "out", answeredAt, seq + 1);
    recorder.frame(
      {
        seq,
        station: entry,
        connection: this.#connection,
        at,
        direction: "in",
        data: received.data,
        action: meaning.action,
        question: meaning.question,
        stationTime: meaning.stationTime,
        findings,
        answer: reply === undefined ? null : { at: answeredAt, text: reply },
      },
      () => {
        if (reply !== undefined) link.send(reply);
        then?.();
      },
    );
    return seq;
  }

  /** A CALL of ours: on record first, then on the wire. */
  #transmit(text: string, call: PendingCall<Note>): void {
    const { entry, recorder, registry, clock, link } = this.#options;
    const at = clock.now();
    const seq = recorder.take();
    if (call.note) {
      call.note.seq = seq;
      call.note.sentAt = at;
    }
    registry.count(entry, "out", at, seq);
    recorder.frame(
      {
        seq,
        station: entry,
        connection: this.#connection,
        at,
        direction: "out",
        data: text,
        action: call.action,
        question: null,
        stationTime: null,
        findings: [],
        answer: null,
      },
      () => link.send(text),
    );
  }

  #answerContext(now: number): AnswerContext {
    const { policy, entry, newTransactionId } = this.#options;
    return {
      now,
      boot: policy.boot(),
      station: entry.state,
      decide: (token) => policy.decide(token, now, entry.state),
      newTransactionId,
    };
  }
}
