import type { CoreClient } from "../../api/client.ts";
import { isoTime } from "../../lib/units.ts";
import { redact } from "../../redaction/redact.ts";
import { toEntry } from "../../services/console/book.ts";
import type { ConsoleEntry, ConsoleRecord } from "../../station/serial/console.ts";
import { exitCodes } from "../exit.ts";
import { listPrinter } from "../log/lines.ts";
import { complain, printJson, printRow } from "../output.ts";
import { openRecord, reachCore, withCore } from "../reach.ts";
import { EntryLines, type ToldLine } from "./show.ts";

const page = 1000;

type Pages = {
  ports(): Promise<ConsoleRecord[]>;
  after(port: string, id: number): Promise<ConsoleEntry[]>;
  close(): void;
};

/** Lists the ports that have something on record. */
export async function printRecorded(folder: string, json: boolean): Promise<number> {
  const pages = await openPages(folder);
  const ports = (await pages?.ports()) ?? [];
  pages?.close();
  const told = ports.map(({ first, last, ...rest }) => ({ ...rest, first: isoTime(first), last: isoTime(last) }));
  if (json) printJson(told);
  else for (const { port, first, last, bytes } of told) printRow([port, first, last, bytes]);
  if (ports.length === 0) complain("No console is on record. Open one: plugside console PORT --record");
  return exitCodes.ok;
}

/** Prints what is on record of a port, line by line. */
export async function printPast(folder: string, port: string, json: boolean): Promise<number> {
  const pages = await openPages(folder);
  const printer = listPrinter({ json, tell: redact });
  const lines = new EntryLines();
  const print = (told: readonly ToldLine[]) =>
    printer.print(told.map((line) => ({ value: line, cells: [line.time, arrows[line.kind], line.text] })));
  for (let last = 0; pages; ) {
    const entries = await pages.after(port, last);
    if (entries.length === 0) break;
    await print(entries.flatMap((entry) => lines.push(entry)));
    last = entries.at(-1)?.id ?? last;
  }
  await print(lines.rest());
  await printer.end();
  pages?.close();
  return exitCodes.ok;
}

const arrows = { in: "<", out: ">", note: "#", sign: "!", frame: "=" } as const;

/** Takes what is on record of a port away. */
export function clearPast(folder: string, port: string): Promise<number> {
  return withCore(folder, (core: CoreClient) => core.call("console.clear", { port }));
}

/** Null where there is no record. */
async function openPages(folder: string): Promise<Pages | null> {
  const core = await reachCore(folder);
  if (core)
    return {
      ports: () => core.call("console.recorded", {}),
      after: (port, id) => core.call("console.page", { port, after: id, limit: page }),
      close: () => core.close(),
    };
  const record = openRecord(folder);
  if (!record) return null;
  return {
    ports: async () => record.consoles.ports(),
    after: async (port, id) => record.consoles.after(port, id, page).map(toEntry),
    close: record.close,
  };
}
