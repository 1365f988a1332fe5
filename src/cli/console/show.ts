import { type Clock, systemClock, type Timer } from "../../lib/clock.ts";
import { shownText } from "../../lib/shown-text.ts";
import { createTerminalFilter } from "../../lib/terminal/terminal-text.ts";
import { isoTime } from "../../lib/units.ts";
import { type ConsoleLine, LineCutter } from "../../services/console/line-cutter.ts";
import { english } from "../../station/phrases.ts";
import type { ConsoleEntry, PrintedFrame } from "../../station/serial/console.ts";
import type { ConsoleSign } from "../../station/serial/signs.ts";
import { tellSign } from "../../station/telling/console-sentences.ts";
import { sayValue } from "../../station/telling/say.ts";
import { complain, printJson, printRow, printTerminal } from "../output.ts";

/** A line as it is told with --json. */
export type ToldLine = {
  time: string;
  kind: ConsoleEntry["kind"];
  text: string;
  isPart?: true;
  sign?: ConsoleSign;
  frame?: PrintedFrame;
};

/** Shows what is new of a console. */
export type Show = {
  entries(entries: readonly ConsoleEntry[]): void;
  /** What waits of a line is shown. */
  flush(): void;
};

/** What is on a terminal stays there, and does nothing to it. */
export function terminalShow(): Show {
  const decoder = new TextDecoder("utf-8");
  const filter = createTerminalFilter(true);
  return {
    entries(entries) {
      for (const entry of entries) {
        if (entry.kind === "in")
          printTerminal(filter.push(decoder.decode(Buffer.from(entry.base64, "base64"), { stream: true })));
        else if (entry.kind === "note") printTerminal(`\n[${shownText(english(entry.note))}]\n`);
        else if (entry.kind === "sign") printTerminal(`\n[${shownText(signText(entry.sign))}]\n`);
      }
    },
    flush: () => undefined,
  };
}

/** A line that has not ended is shown once nothing came for so long, milliseconds: it may be a prompt. */
const restMs = 250;

/** Lines as they come; with `json` an object each, what was sent among them. */
export function lineShow(json: boolean, clock: Clock = systemClock): Show {
  const lines = new EntryLines();
  let timer: Timer | null = null;
  const print = (line: ToldLine) => {
    if (json) printJson(line);
    else if (line.kind === "note" || line.kind === "sign") complain(line.text);
    else if (line.kind === "in") printRow([line.text]);
  };
  const flush = () => {
    timer?.stop();
    timer = null;
    lines.rest().forEach(print);
  };
  return {
    entries(entries) {
      timer?.stop();
      for (const entry of entries) lines.push(entry).forEach(print);
      timer = clock.after(restMs, flush);
    },
    flush,
  };
}

/** Makes lines of entries. */
export class EntryLines {
  readonly #cutters = { in: new LineCutter(), out: new LineCutter() };

  push(entry: ConsoleEntry): ToldLine[] {
    const time = isoTime(entry.at);
    if (entry.kind === "note") return [...this.rest(), { time, kind: "note", text: english(entry.note) }];
    if (entry.kind === "sign") return [{ time, kind: "sign", text: signText(entry.sign), sign: entry.sign }];
    if (entry.kind === "frame") return [{ time, kind: "frame", text: entry.frame.text, frame: entry.frame }];
    const lines = this.#cutters[entry.kind].push(Buffer.from(entry.base64, "base64"), entry.at);
    return lines.map((line) => told(entry.kind, line));
  }

  /** What has not ended. */
  rest(): ToldLine[] {
    return (["in", "out"] as const).flatMap((kind) => {
      const line = this.#cutters[kind].rest();
      return line ? [told(kind, line)] : [];
    });
  }
}

function signText(sign: ConsoleSign): string {
  return sayValue(tellSign(sign).main, "en");
}

function told(kind: "in" | "out", { at, text, isPart }: ConsoleLine): ToldLine {
  const shown = createTerminalFilter(false)
    .push(text)
    .replace(/[\r\n]/g, "");
  return { time: isoTime(at), kind, text: shown, ...(isPart && { isPart }) };
}
