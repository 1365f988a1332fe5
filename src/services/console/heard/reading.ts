import type { Words } from "../../../lib/words.ts";
import { SignWatch } from "../../../logs/boots/sign-watch.ts";
import { framesIn } from "../../../logs/frames/frames-in-line.ts";
import { words } from "../../../station/phrases.ts";
import type { ConsoleSign } from "../../../station/serial/signs.ts";
import { LineCutter } from "../line-cutter.ts";
import { Allowance, mostASecond } from "./allowance.ts";
import { Conversation, type HeardFrame } from "./conversation.ts";

/** What was recognised in what came, and what is to be said of it. */
export type Recognised = { at: number } & ({ sign: ConsoleSign } | { frame: HeardFrame } | { note: Words });

/** A message may be long, and stands in one line; characters. */
const longestLine = 64 * 1024;

/** Reads what comes on one console: boots, resets, faults, and messages of OCPP that are printed there. They are told, and never
 * answered or taken for a station's: what prints them talks to somebody else. */
export class ConsoleReader {
  #cutter = new LineCutter(longestLine);
  readonly #signs = new SignWatch();
  readonly #conversation = new Conversation();
  readonly #allowance = new Allowance();

  /** @param at our clock, when they came */
  push(bytes: Uint8Array, at: number): Recognised[] {
    return this.#cutter.push(bytes, at).flatMap(({ text }) => this.#line(text, at));
  }

  /** The port is gone: what comes next is another line.
   * @param at our clock */
  end(at: number): Recognised[] {
    const line = this.#cutter.rest();
    this.#cutter = new LineCutter(longestLine);
    return line ? this.#line(line.text, at) : [];
  }

  /** What a line tells is told of when it was whole: it may have begun with a prompt of long ago. */
  #line(text: string, at: number): Recognised[] {
    const signs = this.#signs.line(text, at).map((sign) => ({ at, sign }));
    const frames = this.#conversation.line(text, framesIn(text)).flatMap((frame): Recognised[] => {
      const may = this.#allowance.take(at);
      if (may === "taken") return [{ at, frame }];
      return may === "full" ? [{ at, note: words("console-frames-left", { most: mostASecond }) }] : [];
    });
    return [...signs, ...frames];
  }
}
