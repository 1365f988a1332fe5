import { parseArgs } from "node:util";
import type { CoreClient } from "../../../api/client.ts";
import { dataFolder, UsageError } from "../../../api/start-options.ts";
import type { Tell } from "../../../redaction/tell.ts";
import type { StationFindings } from "../../../services/findings/contract.ts";
import { findingCells, findingHead } from "../../../services/findings/lines.ts";
import { makeTicket } from "../../../services/findings/logic.ts";
import { composeTicket, type Ticket } from "../../../station/ticket.ts";
import { worstFirst } from "../../../station/worst-first.ts";
import type { Language } from "../../../words/language.ts";
import { exitCodes } from "../../exit.ts";
import { readForm, readLanguage } from "../../options.ts";
import { complain, printCsv, printJson, printRow, printText } from "../../output.ts";
import { openRecord, reachCore, snapshotOf } from "../../reach.ts";
import type { Subcommand } from "../../subcommand.ts";
import { readTelling } from "../../telling.ts";

/** `plugside findings`: what stations deviate in, or a ticket for their vendor. */
export const findingsCommand: Subcommand = {
  usage: "findings [--data DIR] [--station ID] [--ticket] [--lang en|sv] [--json | --csv] [--pseudonyms]",
  summary:
    "Lists what stations deviate in, worst first. With --ticket a text for the vendor (Markdown), with frames and without secrets. With --csv a table for spreadsheets. --lang sv says it in Swedish. --pseudonyms puts names in the place of secrets and cards, the same for the same value.",
  async run(args) {
    const { values } = parseArgs({
      args,
      options: {
        data: { type: "string" },
        station: { type: "string" },
        ticket: { type: "boolean" },
        lang: { type: "string" },
        json: { type: "boolean" },
        csv: { type: "boolean" },
        pseudonyms: { type: "boolean" },
      },
    });
    const { station } = values;
    const form = readForm(values);
    const language = readLanguage(values.lang);
    if (form === "csv" && values.ticket) throw new UsageError("--ticket and --csv exclude each other.");
    const folder = dataFolder(values.data);
    const tell = readTelling(folder, values);
    const source = await openSource(folder);
    try {
      const found = (await source.list()).filter((one) => station === undefined || one.station === station);
      if (station !== undefined && found.length === 0 && !(await source.knows(station))) {
        throw new UsageError(`No station named ${station} was ever heard of.`);
      }
      if (values.ticket) {
        const tickets: Ticket[] = [];
        for (const one of found) tickets.push(await source.ticket(one.station));
        if (form === "json") printJson(tickets, tell);
        else if (tickets.length > 0)
          printText(
            tickets.map((one) => composeTicket(JSON.parse(tell(JSON.stringify(one))) as Ticket, language)).join("\n"),
          );
      } else if (form === "json") printJson(found, tell);
      else printTable(found, { form, language, tell });
      if (found.length === 0 && form === "text") complain("Nothing was found.");
    } finally {
      source.close();
    }
    return exitCodes.ok;
  },
};

/** Findings of the running core, or of the record where none runs. */
type Source = {
  list(): Promise<StationFindings[]>;
  knows(station: string): Promise<boolean>;
  ticket(station: string): Promise<Ticket>;
  close(): void;
};

async function openSource(folder: string): Promise<Source> {
  const core = await reachCore(folder);
  return core ? sourceOfCore(core) : sourceOfRecord(folder);
}

function sourceOfCore(core: CoreClient): Source {
  return {
    list: () => snapshotOf(core, "findings.list", {}),
    knows: async (station) => (await snapshotOf(core, "stations.state", { identity: station })) !== null,
    ticket: (station) => core.call("findings.ticket", { station }),
    close: () => core.close(),
  };
}

function sourceOfRecord(folder: string): Source {
  const record = openRecord(folder);
  const entries = record?.registry.all() ?? [];
  return {
    list: async () =>
      entries
        .filter(({ state }) => state.findings.length > 0)
        .map(({ identity, state }) => ({ station: identity, info: state.info, findings: worstFirst(state.findings) })),
    knows: async (station) => entries.some(({ identity }) => identity === station),
    async ticket(station) {
      const entry = entries.find(({ identity }) => identity === station);
      if (!record || !entry) throw new UsageError(`No station named ${station} was ever heard of.`);
      const source = { index: record.findingFrames, frames: record.frames };
      return makeTicket(source, entry.state, entry.id, Date.now());
    },
    close: () => record?.close(),
  };
}

function printTable(
  found: readonly StationFindings[],
  { form, language, tell }: { form: "text" | "csv"; language: Language; tell: Tell },
): void {
  const print = form === "csv" ? printCsv : printRow;
  if (form === "csv") print(findingHead);
  for (const { station, findings } of found)
    for (const group of findings) print(findingCells(station, group, language), tell);
}
