import { SignWatch } from "../../logs/boots/sign-watch.ts";
import { framesIn } from "../../logs/frames/frames-in-line.ts";
import { redact } from "../../redaction/redact.ts";
import type { PrintedFrame } from "../../station/serial/console.ts";
import type { ConsoleSign } from "../../station/serial/signs.ts";
import { type ConsoleLine, LineCutter } from "./line-cutter.ts";

/** What was recognised in what came. */
export type Recognised = { at: number } & ({ sign: ConsoleSign } | { frame: PrintedFrame });

/** Messages told in a second: each is an entry of the record. */
const mostFrames = 100;

/** Reads what comes on one console: boots, resets, faults, and messages of OCPP that are printed there. They are told, and never
 * answered or taken for a station's: what prints them talks to somebody else. */
export class ConsoleReader {
  #cutter = new LineCutter();
  readonly #signs = new SignWatch();
  #second = 0;
  #inSecond = 0;

  /** @param at our clock, when they came */
  push(bytes: Uint8Array, at: number): Recognised[] {
    return this.#cutter.push(bytes, at).flatMap((line) => this.#line(line));
  }

  /** The port is gone: what comes next is another line. */
  end(): Recognised[] {
    const line = this.#cutter.rest();
    this.#cutter = new LineCutter();
    return line ? this.#line(line) : [];
  }

  #line({ text, at }: ConsoleLine): Recognised[] {
    const signs = this.#signs.line(text, at).map((sign) => ({ at, sign }));
    const second = Math.floor(at / 1000);
    if (second !== this.#second) this.#inSecond = 0;
    this.#second = second;
    const frames = framesIn(text).slice(0, Math.max(0, mostFrames - this.#inSecond));
    this.#inSecond += frames.length;
    const told = frames.map(({ type, id, action, text: frame }) => ({
      at,
      frame: { type, ...(id !== undefined && { id }), ...(action !== undefined && { action }), text: redact(frame) },
    }));
    return [...signs, ...told];
  }
}
