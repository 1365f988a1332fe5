import { parseArgs } from "node:util";
import type { CoreClient } from "../api/client.ts";
import { dataFolder, UsageError } from "../api/start-options.ts";
import type { StationFindings } from "../services/findings/contract.ts";
import { makeTicket } from "../services/findings/logic.ts";
import { rules } from "../station/findings.ts";
import type { FindingGroup } from "../station/model.ts";
import { english } from "../station/phrases.ts";
import { composeTicket, type Ticket } from "../station/ticket.ts";
import { worstFirst } from "../station/worst-first.ts";
import { exitCodes } from "./exit.ts";
import { toJson } from "./json.ts";
import { openRecord, reachCore, snapshotOf } from "./reach.ts";
import type { Subcommand } from "./subcommand.ts";

/** `plugside findings`: what stations deviate in, or a ticket for their vendor. */
export const findingsCommand: Subcommand = {
  usage: "findings [--data DIR] [--station ID] [--ticket] [--json]",
  summary:
    "Lists what stations deviate in, worst first. With --ticket a text for the vendor (Markdown, English), with frames and without secrets.",
  async run(args) {
    const { values } = parseArgs({
      args,
      options: {
        data: { type: "string" },
        station: { type: "string" },
        ticket: { type: "boolean" },
        json: { type: "boolean" },
      },
    });
    const { station } = values;
    const source = await openSource(dataFolder(values.data));
    try {
      const found = (await source.list()).filter((one) => station === undefined || one.station === station);
      if (station !== undefined && found.length === 0 && !(await source.knows(station))) {
        throw new UsageError(`No station named ${station} was ever heard of.`);
      }
      if (values.ticket) {
        const tickets: Ticket[] = [];
        for (const one of found) tickets.push(await source.ticket(one.station));
        process.stdout.write(values.json ? toJson(tickets) : tickets.map((one) => composeTicket(one)).join("\n"));
      } else if (values.json) process.stdout.write(toJson(found));
      else for (const one of found) for (const group of one.findings) process.stdout.write(line(one.station, group));
      if (found.length === 0 && !values.json) process.stderr.write("Nothing was found.\n");
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
    knows: async (station) =>
      (await snapshotOf(core, "stations.list", {})).some(({ identity }) => identity === station),
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

function line(station: string, { rule, where, said, count, lastAt }: FindingGroup): string {
  const { severity, title } = rules[rule];
  return `${[station, severity, rule, count, new Date(lastAt).toISOString(), title, where, english(said).replace(/\s+/g, " ")].join("\t")}\n`;
}
