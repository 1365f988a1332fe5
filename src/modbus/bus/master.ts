import type { Clock, Timer } from "../../lib/clock.ts";
import type { Words } from "../../lib/words.ts";
import { whyOf } from "../../station/failure.ts";
import { words } from "../../station/phrases.ts";
import {
  type Adu,
  longestRtu,
  longestTcp,
  type ModbusFraming,
  readRtu,
  rtuAnswerLength,
  takeTcp,
  writeRtu,
  writeTcp,
} from "../codec/framing.ts";
import { type Answer, type Request, readAnswer, writeRequest } from "../codec/pdu.ts";
import { exceptionTrouble, ModbusTrouble } from "./trouble.ts";

/** Bytes both ways: a serial port or a TCP connection. */
export type Wire = {
  listen(listener: { data(bytes: Uint8Array): void; closed(why: Words): void }): void;
  write(bytes: Uint8Array): Promise<void>;
};

export type MasterOptions = {
  wire: Wire;
  framing: ModbusFraming;
  clock: Clock;
  /** How long an answer is waited for, milliseconds. */
  answerMs?: number;
  /** Bits a second, for the silences of RTU; absent over TCP. */
  baudRate?: number;
  /** Hears of every frame that goes and comes. */
  tap?: (direction: "out" | "in", bytes: Uint8Array) => void;
};

type Asking = {
  unit: number;
  request: Request;
  sent: Uint8Array;
  transaction: number;
  resolve(answer: Exclude<Answer, { kind: "exception" }>): void;
  reject(trouble: ModbusTrouble): void;
};

/** The longest that a slow device may take between two bytes of one answer over a network or a USB adapter that gathers them. */
const adapterMs = 20;
const defaultAnswerMs = 1000;
const usualBaudRate = 19_200;
/** A character of RTU: start, eight bits, parity or a second stop, stop (Serial Line V1.02, 2.5.1). */
const bitsPerByte = 11;
/** Holding registers: no such address. */
const refusal = Uint8Array.of(0x83, 2);

/** Asks devices on one wire, one question after the other. Broadcasts are not asked: unit 0 of RTU never answers. */
export class ModbusMaster {
  readonly #options: MasterOptions;
  #bytes: Uint8Array = new Uint8Array();
  #asking: Asking | null = null;
  #answerTimer: Timer | null = null;
  #silence: Timer | null = null;
  #before: Promise<unknown> = Promise.resolve();
  #transaction = 0;
  #over: Words | null = null;
  /** Answers over TCP since the question was put whose transaction number was never ours; those of before are late. */
  #strays = 0;
  #heardAt = Number.NEGATIVE_INFINITY;

  constructor(options: MasterOptions) {
    this.#options = options;
    options.wire.listen({ data: (bytes) => this.#heard(bytes), closed: (why) => this.#ended(why) });
  }

  /** Why the wire is no more; null while it is. */
  get over(): Words | null {
    return this.#over;
  }

  /** Asks a unit.
   * @param unit 1 to 247, or what a gateway over TCP takes (0 to 255)
   * @throws ModbusTrouble */
  ask(
    unit: number,
    request: Request,
    answerMs = this.#options.answerMs,
  ): Promise<Exclude<Answer, { kind: "exception" }>> {
    const answer = this.#before.then(() => this.#ask(unit, request, answerMs ?? defaultAnswerMs));
    this.#before = answer.catch(() => undefined);
    return answer;
  }

  /** Says on a line, for a unit that did not answer, that it refuses: a device made with libmodbus takes whatever follows a question to
   * another unit for the answer to it, and would let its own question go by. */
  pass(unit: number): Promise<void> {
    const said = this.#before.then(() => this.#pass(unit));
    this.#before = said.catch(() => undefined);
    return said;
  }

  async #pass(unit: number): Promise<void> {
    const { wire, framing, clock, tap, baudRate = usualBaudRate } = this.#options;
    if (framing === "tcp" || this.#over) return;
    await this.#quiet();
    const sent = writeRtu(unit, refusal);
    tap?.("out", sent);
    // Who cannot write any more hears so at the next question.
    await wire.write(sent).catch(() => undefined);
    // It is on its way for as long as its bits take and an adapter holds it: two frames in one are none.
    this.#heardAt = clock.monotonic() + (sent.length * bitsPerByte * 1000) / baudRate + adapterMs;
  }

  async #ask(unit: number, request: Request, answerMs: number): Promise<Exclude<Answer, { kind: "exception" }>> {
    await this.#quiet();
    const { wire, framing, clock, tap } = this.#options;
    if (this.#over) throw new ModbusTrouble("gone", this.#over);
    const pdu = writeRequest(request);
    this.#transaction = (this.#transaction + 1) & 0xffff;
    const transaction = this.#transaction;
    const sent = framing === "rtu" ? writeRtu(unit, pdu) : writeTcp(transaction, unit, pdu);
    const { promise, resolve, reject } = Promise.withResolvers<Exclude<Answer, { kind: "exception" }>>();
    this.#bytes = new Uint8Array();
    this.#strays = 0;
    this.#asking = { unit, request, sent, transaction, resolve, reject };
    tap?.("out", sent);
    try {
      await wire.write(sent);
    } catch (error) {
      this.#fail(new ModbusTrouble("gone", this.#over ?? whyOf(error)));
    }
    if (this.#asking) this.#answerTimer = clock.after(answerMs, () => this.#late());
    return promise;
  }

  /** Waits until the line has been silent for as long as ends a frame (Serial Line V1.02, 2.5.1.1). */
  async #quiet(): Promise<void> {
    const { framing, clock } = this.#options;
    if (framing === "tcp") return;
    for (;;) {
      const left = this.#heardAt + this.#frameEndMs() - clock.monotonic();
      if (left <= 0 || this.#over) return;
      await new Promise<void>((resolve) => clock.after(Math.ceil(left), resolve));
    }
  }

  /** 3.5 characters of 11 bits, and 1.75 ms at the least. */
  #frameEndMs(): number {
    return Math.max(1.75, (3.5 * bitsPerByte * 1000) / (this.#options.baudRate ?? usualBaudRate));
  }

  #heard(bytes: Uint8Array): void {
    this.#heardAt = this.#options.clock.monotonic();
    this.#options.tap?.("in", bytes);
    if (!this.#asking) return;
    const most = this.#options.framing === "rtu" ? 2 * longestRtu : 4 * longestTcp;
    const all = new Uint8Array(Math.min(most, this.#bytes.length + bytes.length));
    all.set(this.#bytes);
    all.set(bytes.subarray(0, all.length - this.#bytes.length), this.#bytes.length);
    this.#bytes = all;
    if (this.#options.framing === "rtu") this.#readRtu(this.#asking);
    else this.#readTcp(this.#asking);
  }

  #readTcp(asking: Asking): void {
    for (;;) {
      const taken = takeTcp(this.#bytes);
      if (taken === "broken") return this.#fail(new ModbusTrouble("no-modbus", words("modbus-no-tcp"), this.#bytes));
      if (taken === null) return;
      this.#bytes = taken.rest;
      // Another is a late answer to a question that was given up, or none to a question of ours.
      const { transaction = 0 } = taken.adu;
      if (transaction === asking.transaction) return this.#take(asking, taken.adu, this.#bytes);
      if (transaction === 0 || transaction > asking.transaction) this.#strays++;
    }
  }

  #readRtu(asking: Asking): void {
    // Some adapters hear themselves: what we sent comes back before the answer.
    const { sent } = asking;
    const echoed = this.#bytes.length >= sent.length && sent.every((byte, place) => this.#bytes[place] === byte);
    // The answer to a write of one value is the same as the question.
    const mayBeAnswer = asking.request.kind === "write-coil" || asking.request.kind === "write-register";
    const bytes = echoed && !mayBeAnswer ? this.#bytes.subarray(sent.length) : this.#bytes;
    const length = rtuAnswerLength(bytes);
    this.#silence?.stop();
    if (typeof length === "number" && bytes.length >= length) {
      const adu = readRtu(bytes.subarray(0, length));
      if (adu) return this.#take(asking, adu, bytes);
    }
    if (bytes.length === 0 || (typeof length === "number" && bytes.length < length)) return;
    if (length === undefined) return;
    // Only silence tells the end of what cannot be read.
    this.#silence = this.#options.clock.after(adapterMs + Math.ceil(this.#frameEndMs()), () => {
      const adu = readRtu(bytes);
      if (adu) this.#take(asking, adu, bytes);
      else this.#fail(spoilt(bytes));
    });
  }

  #take(asking: Asking, { unit, pdu }: Adu, raw: Uint8Array): void {
    // A TCP device may answer with any unit of its own; on a line another one speaks out of turn.
    if (unit !== asking.unit && this.#options.framing === "rtu")
      return this.#fail(new ModbusTrouble("other-unit", words("modbus-other-unit", { unit }), raw));
    const answer = readAnswer(asking.request, pdu);
    if (!answer) return this.#fail(new ModbusTrouble("no-fit", words("modbus-no-fit"), raw));
    if (answer.kind === "exception") return this.#fail(exceptionTrouble(answer.code, raw));
    this.#settle();
    asking.resolve(answer);
  }

  #late(): void {
    const asking = this.#asking;
    if (!asking) return;
    const bytes = this.#bytes;
    const { sent } = asking;
    const isEcho = bytes.length === sent.length && sent.every((byte, place) => bytes[place] === byte);
    if (isEcho) this.#fail(new ModbusTrouble("echo", words("modbus-echo"), bytes));
    else if (bytes.length === 0 && this.#strays > 0)
      this.#fail(new ModbusTrouble("no-fit", words("modbus-other-transaction")));
    else if (bytes.length === 0) this.#fail(new ModbusTrouble("no-answer", words("modbus-no-answer")));
    else if (isWhole(bytes, this.#options.framing)) this.#fail(spoilt(bytes));
    else this.#fail(new ModbusTrouble("cut", words("modbus-cut", { count: bytes.length }), bytes));
  }

  #ended(why: Words): void {
    this.#over = why;
    this.#fail(new ModbusTrouble("gone", why));
  }

  #fail(trouble: ModbusTrouble): void {
    const asking = this.#asking;
    this.#settle();
    asking?.reject(trouble);
  }

  #settle(): void {
    this.#asking = null;
    this.#answerTimer?.stop();
    this.#silence?.stop();
    this.#bytes = new Uint8Array();
  }
}

/** As many bytes came as the answer has by its own word. */
function isWhole(bytes: Uint8Array, framing: ModbusFraming): boolean {
  const length = framing === "rtu" ? rtuAnswerLength(bytes) : undefined;
  return typeof length === "number" && bytes.length >= length;
}

function spoilt(bytes: Uint8Array): ModbusTrouble {
  return new ModbusTrouble("bad-check", words("modbus-bad-check", { count: bytes.length }), bytes);
}
