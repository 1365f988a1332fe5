import { isoTime } from "../../lib/units.ts";
import { readPage } from "../../logs/lines/page.ts";
import type { PageLine } from "../../logs/model.ts";
import { search } from "../../logs/search.ts";
import { jsonLine } from "../../redaction/tell.ts";
import { printLines, rowLine } from "../output.ts";
import type { LogOptions, Work } from "./options.ts";
import type { ReadText } from "./reading.ts";

/** Prints things one after the other: as rows, or as one array of JSON, none of which is gathered. */
export type ListPrinter = {
  /** @param value for JSON
   * @param cells for a row */
  print(entries: readonly { value: unknown; cells: (string | number)[] }[]): Promise<void>;
  /** Ends the array. */
  end(): Promise<void>;
};

/** Makes one for what was asked for. */
export function listPrinter({ json, tell }: Pick<LogOptions, "json" | "tell">): ListPrinter {
  let separator = "[";
  return {
    async print(entries) {
      const lines = entries.map(({ value, cells }) => {
        if (!json) return rowLine(cells, tell);
        const line = `${separator}${jsonLine(value, tell).trimEnd()}`;
        separator = ",\n";
        return line;
      });
      await printLines(lines);
    },
    end: () => (json ? printLines([separator === "[" ? "[]\n" : "]\n"]) : Promise.resolve()),
  };
}

const page = 500;

/** Prints lines of a text from one to another; how many. */
export async function printRange(
  read: ReadText,
  { from, to }: { from: number; to: number },
  printer: ListPrinter,
): Promise<number> {
  const last = Math.min(to, read.text.index.count);
  for (let next = from; next <= last; next += page) {
    const count = Math.min(page, last - next + 1);
    await printNumbered(
      read,
      Array.from({ length: count }, (_, index) => next + index),
      printer,
    );
  }
  return Math.max(0, last - from + 1);
}

/** Prints the lines of a text that a query fits, as they are found; how many. */
export async function printFound(
  read: ReadText,
  { query }: Work & { kind: "search" },
  limit: number,
  printer: ListPrinter,
): Promise<number> {
  const { text, clockwork, zone } = read;
  const [earliest, latest] = [query.from?.(zone.minutes), query.to?.(zone.minutes)];
  let printed = 0;
  for (let from: number | undefined = 1; from !== undefined && printed < limit; ) {
    const { lines, next } = await search(
      text,
      { ...query, from: earliest, to: latest, clockwork },
      { from, limit: Math.min(limit - printed, most) },
    );
    await printNumbered(read, lines, printer);
    printed += lines.length;
    from = next;
  }
  return printed;
}

/** So many are looked for at a time. */
const most = 100_000;

async function printNumbered(read: ReadText, numbers: readonly number[], { print }: ListPrinter): Promise<void> {
  for (let next = 0; next < numbers.length; ) {
    const lines = await readPage(read.text, { numbers: numbers.slice(next, next + page), clockwork: read.clockwork });
    if (lines.length === 0) return;
    await print(lines.map((line) => entryOf(read, line)));
    next += lines.length;
  }
}

function entryOf({ part }: ReadText, line: PageLine) {
  const { number, text, at, since, level, frames, isCut } = line;
  const time = at !== undefined ? isoTime(at) : since !== undefined ? `+${(since / 1000).toFixed(3)}` : "";
  return {
    cells: [part.name, number, time, level ?? "", isCut ? `${text}…` : text],
    value: {
      part: part.id,
      name: part.name,
      number,
      time: at === undefined ? null : isoTime(at),
      since,
      level,
      text,
      isCut,
      frames,
    },
  };
}
