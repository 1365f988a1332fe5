import type { Timer } from "../../lib/clock.ts";
import { stringifyJson } from "../../lib/json.ts";
import { answeredId, type Frame, readFrame, readHead, writeError } from "../../ocpp/frame.ts";
import { faultOn } from "../../station/faults.ts";
import type { Finding } from "../../station/findings.ts";
import type { HoldRule, LegState } from "../../station/forward.ts";
import type { FrameMark } from "../../station/marks.ts";
import type { FrameEntry } from "../../store/recorder.ts";
import type { UpstreamAddress } from "../../transports/websocket/client.ts";
import type { Asked } from "../answering.ts";
import { Held, holdNothing, holds } from "./held-frames.ts";
import { Outstanding } from "./outstanding-calls.ts";
import type { HeldFrame, Inbound, RelayOptions, StationPort } from "./station-port.ts";
import { actionOf, storedForm, twist } from "./stored-form.ts";
import { UpstreamLeg } from "./upstream-leg.ts";

/** Forward mode for one connected station: what comes from it goes up as it came, what comes from above goes down as it came, and each
 * is on record before it is passed on. What it does beyond that is marked. */
export class ForwardRelay {
  readonly #options: RelayOptions;
  readonly #port: StationPort;
  readonly #leg: UpstreamLeg;
  readonly #held = new Held<HeldFrame>();
  readonly #outstanding: Outstanding;
  readonly #delays = new Set<Timer>();
  /** Calls from above that wait for a call of ours to be answered. */
  readonly #waiting: { row: FrameEntry; go: () => void }[] = [];
  #rule: HoldRule = holdNothing;
  #over = false;

  constructor(port: StationPort, address: UpstreamAddress, options: RelayOptions) {
    this.#port = port;
    this.#options = options;
    this.#outstanding = new Outstanding(options.clock);
    this.#leg = new UpstreamLeg({
      clock: options.clock,
      dial: options.dial,
      address,
      onMessage: (data, binary) => this.#fromAbove(data, binary),
      onState: (state) => {
        options.onState(state);
        if (state.state === "away") this.#lost();
      },
    });
  }

  get state(): LegState {
    return this.#leg.state;
  }

  get held(): readonly HeldFrame[] {
    return this.#held.all;
  }

  /** A call of ours may go to the station. */
  get mayCall(): boolean {
    return !this.#outstanding.busy && this.#waiting.length === 0;
  }

  /** Dials the central system above, now. */
  dial(): void {
    this.#leg.dial();
  }

  /** True for the id of a CALL from above that the station was passed. */
  awaits(id: string): boolean {
    return this.#outstanding.hasDown(id);
  }

  /** True while any CALL from above is unanswered. */
  get awaitsAny(): boolean {
    return this.#outstanding.busy;
  }

  /** A frame of the station's: on record, then up. */
  fromStation(inbound: Inbound): void {
    const { received, bytes, binary, text, frame, findings, stationTime } = inbound;
    const { ledger } = this.#port;
    const call = frame?.type === "call" || frame?.type === "send" ? frame : undefined;
    const answers = frame ? answeredId(frame) : undefined;
    const question = answers === undefined ? undefined : this.#outstanding.takeDown(answers);
    const action = call?.action ?? question?.action ?? null;
    const meant =
      call && !inbound.again
        ? this.#port.meaningOf(call, null, received.at)
        : question && frame
          ? this.#port.factsOf(question, frame, received.at)
          : { events: [], findings: [] };
    const meaning = {
      action,
      question: question?.seq ?? null,
      findings: [...findings, ...meant.findings],
      events: meant.events,
      stationTime,
    };
    if (question?.byHand) {
      ledger.received(received, { ...meaning, marks: ["not-passed"] });
      this.#port.resume();
      return;
    }
    const held = holds(this.#rule, "up", action);
    const row = ledger.received(received, { ...meaning, marks: [held ? "held" : "to-upstream"] }, () => {
      if (!held) this.#sendUp(passing);
    });
    const passing: HeldFrame = { way: "up", data: bytes, binary, text, action, row, frame };
    if (call) passing.asked = { frame: call, row, again: inbound.again };
    if (held) this.#keep(passing);
    if (question) this.#port.resume();
  }

  /** The station has no call of ours to answer any more: what waited for that goes down. */
  stationFree(): void {
    while (this.#waiting.length > 0 && !this.#port.calling()) this.#waiting.shift()?.go();
  }

  /** Sets what is held back; what is not held any more goes on, in its order. */
  hold(rule: HoldRule): void {
    this.#rule = rule;
    for (const passing of this.#held.takeFreed(rule)) this.#goOn(passing);
    this.#options.onHeld();
  }

  /** Lets a held frame go on, as it is or as changed by hand. False when it does not wait. */
  release(seq: number, text?: string): boolean {
    const passing = this.#held.take(seq);
    if (!passing) return false;
    this.#goOn(passing, text);
    this.#options.onHeld();
    return true;
  }

  /** Throws a held frame away. False when it does not wait. */
  drop(seq: number): boolean {
    const passing = this.#held.take(seq);
    if (!passing) return false;
    this.#port.ledger.mark(passing.row, ["held", "dropped"]);
    this.#options.onHeld();
    return true;
  }

  /** Puts a frame in towards the station. The answer to such a CALL stays here. */
  injectDown(text: string): void {
    const frame = readFrame(text);
    const asked = "id" in frame && frame.id !== undefined ? this.#askedBy(frame) : undefined;
    const action = actionOf(frame) ?? asked?.frame.action ?? null;
    this.#deliver({ data: Buffer.from(text), binary: false, text, frame, action, asked }, ["injected"]);
  }

  /** Puts a frame in towards the central system above. False when it is away. */
  injectUp(text: string): boolean {
    if (this.#leg.state.state !== "open") return false;
    const frame = readFrame(text);
    const question =
      frame.type === "result" || frame.type === "error" ? this.#outstanding.takeDown(frame.id) : undefined;
    const action = actionOf(frame) ?? question?.action ?? null;
    const data = Buffer.from(text);
    const row = this.#port.ledger.above(
      "out",
      { data: text, action, question: question?.seq, marks: ["injected"] },
      () => {
        if (frame.type === "call") this.#outstanding.oursWentUp(frame.id, { seq: row.seq, action: frame.action });
        this.#leg.send({ data, binary: false, missed: () => this.#port.ledger.mark(row, ["injected", "not-passed"]) });
      },
    );
    return true;
  }

  /** Ends it: the station is gone, or forward mode is. What waits is not passed. */
  end(): void {
    if (this.#over) return;
    this.#over = true;
    this.#leg.close();
    for (const timer of this.#delays) timer.stop();
    for (const { row } of this.#held.takeAll()) this.#port.ledger.mark(row, ["held", "not-passed"]);
    for (const { row } of this.#waiting.splice(0)) this.#port.ledger.mark(row, [...(row.marks ?? []), "not-passed"]);
    this.#outstanding.clear();
    this.#port.resume();
  }

  #askedBy(frame: Frame): Asked | undefined {
    if (frame.type !== "result" && frame.type !== "error") return undefined;
    const held = this.#held.all.find(({ asked }) => asked?.frame.id === frame.id);
    return this.#outstanding.takeUp(frame.id) ?? held?.asked;
  }

  #sendUp(passing: HeldFrame, id = passing.asked?.frame.id): void {
    const { asked, data, binary } = passing;
    if (asked?.frame.type === "call" && id !== undefined) this.#outstanding.wentUp(id, asked);
    this.#leg.send({ data, binary, missed: () => this.#missed(passing) });
  }

  /** Nobody above takes it. */
  #missed({ row, asked }: HeldFrame): void {
    const marks = (row.marks ?? []).filter((mark) => mark !== "to-upstream");
    this.#port.ledger.mark(row, [...marks, "not-passed"]);
    if (asked) this.#outstanding.forgetUp(asked);
    if (this.#over) return;
    if (asked?.frame.type === "call" && this.#options.whenAway() === "answer") this.#port.answer(asked, ["own-answer"]);
  }

  /** The central system above is away: what it was asked is not answered by it any more. */
  #lost(): void {
    const unanswered = this.#outstanding.lostAbove();
    const whenAway = this.#options.whenAway();
    if (whenAway === "answer") for (const asked of unanswered) this.#port.answer(asked, ["own-answer"]);
    if (whenAway === "disconnect") this.#port.disconnect();
  }

  /** Takes what comes from above. What that throws is a fault of ours: the bytes are kept, and both conversations go on. */
  #fromAbove(data: Uint8Array, binary: boolean): void {
    if (this.#over) return;
    const { ledger } = this.#port;
    const text = Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("utf8");
    const { kept } = ledger;
    try {
      this.#readAbove(data, binary, text);
    } catch (error) {
      if (ledger.kept === kept) {
        ledger.above("in", { data: storedForm(data, binary, text), action: null, marks: ["not-passed"] });
        this.#answerFault(text);
      }
      this.#port.failed("upstream frame", error);
    }
  }

  /** The one above waits for an answer that the station will not give. */
  #answerFault(text: string): void {
    const { type, id } = readHead(text);
    if (type !== 2 || id === undefined) return;
    const reply = writeError(stringifyJson(id), "InternalError", "The message could not be passed on.");
    const row = this.#port.ledger.above("out", { data: reply, action: null, marks: ["injected"] }, () => {
      const missed = () => this.#port.ledger.mark(row, ["injected", "not-passed"]);
      this.#leg.send({ data: Buffer.from(reply), binary: false, missed });
    });
  }

  #readAbove(data: Uint8Array, binary: boolean, text: string): void {
    const { ledger } = this.#port;
    const frame = binary ? null : readFrame(text);
    const stored = storedForm(data, binary, text);
    const answers = frame?.type === "result" || frame?.type === "error" ? frame : undefined;
    const ours = answers && this.#outstanding.takeOurs(answers.id);
    if (ours) {
      ledger.above("in", { data: stored, action: ours.action, question: ours.seq, marks: ["not-passed"] });
      return;
    }
    const asked = answers && this.#outstanding.takeUp(answers.id);
    const action = (frame && actionOf(frame)) ?? asked?.frame.action ?? null;
    const coming = { data, binary, text, frame, action, asked };
    const above = (marks: FrameMark[]) => ledger.above("in", { data: stored, action, question: asked?.row.seq, marks });
    if (holds(this.#rule, "down", action)) {
      this.#keep({ ...coming, way: "down", row: above(["held"]) });
      return;
    }
    const fault = asked ? faultOn(this.#options.faults(), asked.frame.action) : null;
    if (!fault || fault.error) return this.#deliver(coming, ["from-upstream"]);
    if (fault.silent) return void above(["silenced"]);
    const { marks, moved } = twist(fault, text);
    if (marks.length === 0) return this.#deliver(coming, ["from-upstream"]);
    above(marks);
    const changed =
      moved === null ? coming : { ...coming, data: Buffer.from(moved), text: moved, frame: readFrame(moved) };
    this.#after(fault.delayMs, () => this.#deliver(changed, ["from-upstream", ...marks]));
  }

  #after(ms: number, task: () => void): void {
    if (ms <= 0) return task();
    const timer = this.#options.clock.after(ms, () => {
      this.#delays.delete(timer);
      task();
    });
    this.#delays.add(timer);
  }

  #keep(passing: HeldFrame): void {
    if (this.#held.keep(passing)) this.#options.onHeld();
    // More than anybody looks through by hand: it goes on.
    else this.#goOn(passing);
  }

  #goOn(passing: HeldFrame, text = passing.text): void {
    const { way, row, action, asked } = passing;
    const changed = text !== passing.text;
    const data = changed ? Buffer.from(text) : passing.data;
    const binary = passing.binary && !changed;
    const frame = changed ? readFrame(text) : passing.frame;
    const marks: FrameMark[] = changed ? ["held", "changed"] : ["held"];
    if (way === "down") return this.#deliver({ data, binary, text, frame, action, asked }, ["from-upstream", ...marks]);
    const stored = storedForm(data, binary, text);
    const question = row.question ?? undefined;
    const next = this.#port.ledger.above("out", { data: stored, action, question, marks }, () => {
      const id = frame?.type === "call" ? frame.id : undefined;
      this.#sendUp({ ...passing, data, binary, row: next }, id);
    });
  }

  /** On record, then down to the station. */
  #deliver(coming: Omit<HeldFrame, "way" | "row">, marks: readonly FrameMark[]): void {
    if (this.#over) return;
    const { data, binary, text, frame, action, asked } = coming;
    const { ledger } = this.#port;
    const stored = storedForm(data, binary, text);
    const send = () => this.#port.send(data, binary);
    if (frame?.type === "call") {
      const row = ledger.sent({ data: stored, action, marks }, () => {
        const go = () => {
          const call = {
            seq: row.seq,
            action: frame.action,
            payload: frame.payload,
            byHand: marks.includes("injected"),
          };
          this.#outstanding.wentDown(frame.id, call, this.#options.answerMs(), () => this.#port.resume());
          send();
        };
        if (this.#port.calling()) this.#waiting.push({ row, go });
        else go();
      });
      return;
    }
    if (!asked) {
      const findings = frame?.type === "unreadable" ? frame.findings.map(upstream) : [];
      const now = this.#options.clock.now();
      return void ledger.sent({ data: stored, action, marks }, send, { at: now, events: [], findings });
    }
    const { at } = asked.row;
    const meant = asked.again ? { events: [], findings: [] } : this.#port.meaningOf(asked.frame, frame, at);
    this.#port.answered(asked.frame, text);
    ledger.sent({ data: stored, action, question: asked.row.seq, marks }, send, { at, ...meant });
  }
}

/** A deviation of the central system above, not of the station's. */
function upstream(found: Finding): Finding {
  return { ...found, where: `upstream ${found.where}` };
}
