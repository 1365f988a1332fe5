import { isoTime } from "../../lib/units.ts";
import type { Source } from "../../logs/bytes/source.ts";
import { readHex } from "../../logs/lines/hex.ts";
import { lineOfMoment } from "../../logs/lines/moment.ts";
import type { Log } from "../../logs/log.ts";
import type { Part } from "../../logs/model.ts";
import { logWords } from "../../words/spoken.ts";
import { type ListPrinter, listPrinter, printFound, printRange } from "./lines.ts";
import type { LogOptions } from "./options.ts";
import type { PartWork } from "./part-work.ts";
import { openPart, type ReadText, readText } from "./reading.ts";

/** Lines and rows that are shown from a place on, unless another number is asked for. */
const usualPage = 50;

/** Lists parts, lines or bytes of a file. */
export function makeList(log: Log, options: LogOptions): PartWork {
  const { work, language, zone: asked } = options;
  const printer = listPrinter(options);
  const kinds = logWords(language).kinds;
  return {
    async take(found, left) {
      const { part } = found;
      if (work.kind === "list") {
        const { id, name, kind, size, changedAt } = part;
        const cells = [id, name, kinds[kind], size ?? "", changedAt === undefined ? "" : isoTime(changedAt)];
        await printer.print([{ value: part, cells }]);
        return { printed: 1, problem: part.problem };
      }
      const isAsked = part.kind === "text" || work.kind === "hex" || options.part !== undefined;
      const opened = isAsked ? await openPart(found) : {};
      const { problem = part.problem, source } = opened;
      if (work.kind === "hex") {
        const printed = source
          ? await printHex(part, source, { from: work.from, rows: Math.min(left, usualPage) }, printer)
          : 0;
        return { printed, problem };
      }
      const read = await readText(part, opened, { asked, changedAt: log.changedAt });
      return { printed: read ? await printLinesOf(read, work, left, printer) : 0, problem };
    },
    end: printer.end,
  };
}

async function printLinesOf(
  read: ReadText,
  work: LogOptions["work"],
  left: number,
  printer: ListPrinter,
): Promise<number> {
  if (work.kind === "search") return await printFound(read, work, left, printer);
  if (work.kind === "lines")
    return await printRange(read, { from: work.from, to: Math.min(work.to, work.from + left - 1) }, printer);
  if (work.kind !== "at") return 0;
  const line = await lineOfMoment(read.text, work.at(read.zone.minutes), read.clockwork);
  if (line === undefined) return 0;
  return await printRange(read, { from: line, to: line + Math.min(left, usualPage) - 1 }, printer);
}

async function printHex(
  { id, name }: Part,
  source: Source,
  { from, rows }: { from: number; rows: number },
  { print }: ListPrinter,
): Promise<number> {
  const read = await readHex(source, from, rows);
  await print(
    read.map((row) => ({
      value: { part: id, name, ...row },
      cells: [name, row.at.toString(16).padStart(8, "0"), row.hex, row.letters],
    })),
  );
  return read.length;
}
