import { mask } from "../../../lib/shown-text.ts";
import { createTerminalFilter } from "../../../lib/terminal/terminal-text.ts";
import { cutText } from "../../../lib/text.ts";
import type { Words } from "../../../lib/words.ts";
import { SignWatch } from "../../../logs/boots/sign-watch.ts";
import { framesIn } from "../../../logs/frames/frames-in-line.ts";
import { redact } from "../../../redaction/redact.ts";
import { words } from "../../../station/phrases.ts";
import type { ConsoleSign } from "../../../station/serial/signs.ts";
import { LineCutter } from "../line-cutter.ts";
import { Allowance } from "./allowance.ts";
import { Conversation, type HeardFrame } from "./conversation.ts";

/** What was recognised in what came, and what is to be said of it and of the port. */
export type Recognised = { at: number } & ({ sign: ConsoleSign } | { frame: HeardFrame } | { note: Words });

/** Messages taken up at once, and in a second for long: a station says a few, and each is an entry of the record. */
const mostFrames = 100;
const framesASecond = 20;

/** So much of the end of what came is kept at hand, characters. */
const lookedAt = 120;
const asksForSecret = /(?:pass\w*|\bpin|secret|l\xf6sen\w*|\bkey)[^\r\n:>?]{0,40}[:>?][^\r\n]*$/i;
const longestTyped = 200;

/** A message may be long, and stands in one line; characters. */
const longestLine = 64 * 1024;

/** Reads what comes on one console: boots, resets, faults, and messages of OCPP that are printed there. They are told, and never
 * answered or taken for a station's: what prints them talks to somebody else. */
export class ConsoleReader {
  #cutter = new LineCutter(longestLine);
  #end = "";
  readonly #typed = new LineCutter();
  readonly #signs = new SignWatch();
  readonly #conversation = new Conversation();
  readonly #allowance = new Allowance(mostFrames, framesASecond);

  /** @param at our clock, when they came */
  push(bytes: Uint8Array, at: number): Recognised[] {
    this.#end = (this.#end + Buffer.from(bytes).toString("latin1")).slice(-lookedAt);
    return this.#cutter.push(bytes, at).flatMap(({ text }) => this.#line(text, at));
  }

  /** What a person sends: the lines of it. One that answers a question for a password is told masked.
   * @param at our clock */
  typed(bytes: Uint8Array, at: number): Recognised[] {
    return this.#typed.push(bytes, at).flatMap((line) => {
      const shown = createTerminalFilter(false).push(line.text).trim();
      if (shown === "") return [];
      const text = asksForSecret.test(this.#end) ? mask : cutText(redact(shown), longestTyped);
      return { at, note: words("console-typed", { text }) };
    });
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
      return may === "full" ? [{ at, note: words("console-frames-left", { most: framesASecond }) }] : [];
    });
    return [...signs, ...frames];
  }
}
