import { parseArgs } from "node:util";
import type { CallInput, CallOutput } from "../../../api/contract.ts";
import { dataFolder, UsageError } from "../../../api/start-options.ts";
import { type HistoryEntry, type HistoryGroup, historyGroups } from "../../../services/history/contract.ts";
import { historyCells, historyHead, toldEntry } from "../../../services/history/lines.ts";
import { historyOf } from "../../../services/history/logic.ts";
import { exitCodes } from "../../exit.ts";
import { readForm, readLanguage, readNumber } from "../../options.ts";
import { complain, printCsv, printJson, printRow } from "../../output.ts";
import { openRecord, reachCore, snapshotOf } from "../../reach.ts";
import type { Subcommand } from "../../subcommand.ts";
import { readTelling } from "../../telling.ts";

const shown = 200;
const batch = 500;

/** `plugside history`: what happened, in words. */
export const historyCommand: Subcommand = {
  usage: "history [STATION] [--group NAME ...] [--last N] [--data DIR] [--lang en|sv] [--json | --csv] [--pseudonyms]",
  summary: `Tells what happened, oldest first: time, station, what in words, frame. The last ${shown} entries, or --last N. --group narrows it: ${historyGroups.join(", ")}; repeatable. With --json each entry with its event. --lang sv says it in Swedish. --pseudonyms puts names in the place of secrets and cards.`,
  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        group: { type: "string", multiple: true },
        last: { type: "string" },
        data: { type: "string" },
        lang: { type: "string" },
        json: { type: "boolean" },
        csv: { type: "boolean" },
        pseudonyms: { type: "boolean" },
      },
    });
    const [station, more] = positionals;
    if (more !== undefined) throw new UsageError("At most one station; without one all are told.");
    const form = readForm(values);
    const language = readLanguage(values.lang);
    const last = readNumber(values.last, "--last", shown);
    if (!(last >= 1)) throw new UsageError("--last takes a number from 1 on.");
    const folder = dataFolder(values.data);
    const tell = readTelling(folder, values);
    const entries = await newest(folder, { station, groups: values.group?.map(readGroup) }, Math.floor(last));
    if (form === "json") {
      printJson(entries.map(toldEntry), tell);
      return exitCodes.ok;
    }
    if (form === "csv") printCsv(historyHead);
    for (const entry of entries) {
      if (form === "csv") printCsv(historyCells(entry, language), tell);
      else printRow(historyCells(entry, language).toSpliced(2, 1), tell);
    }
    if (entries.length === 0 && form === "text") complain("Nothing has happened yet.");
    return exitCodes.ok;
  },
};

function readGroup(given: string): HistoryGroup {
  const group = historyGroups.find((one) => one === given);
  if (!group) throw new UsageError(`--group takes ${historyGroups.join(", ")}; got "${given}".`);
  return group;
}

type Page = (query: CallInput<"history.page">) => Promise<CallOutput<"history.page">>;
type Narrowed = Pick<CallInput<"history.page">, "station" | "groups">;

/** The newest entries, oldest first. */
async function newest(folder: string, narrowed: Narrowed, count: number): Promise<HistoryEntry[]> {
  const source = await openSource(folder);
  const { station } = narrowed;
  try {
    if (station !== undefined && !(await source?.knows(station))) {
      throw new UsageError(`No station named ${station} was ever heard of.`);
    }
    if (!source) return [];
    const pages: HistoryEntry[][] = [];
    let left = count;
    for (let before: number | undefined; left > 0; ) {
      const { entries, more } = await source.page({ ...narrowed, before, limit: Math.min(batch, left) });
      pages.unshift(entries);
      left -= entries.length;
      before = entries[0]?.event.seq;
      if (!more || before === undefined) break;
    }
    return pages.flat().slice(-count);
  } finally {
    source?.close();
  }
}

type Source = { page: Page; knows(station: string): Promise<boolean>; close(): void };

async function openSource(folder: string): Promise<Source | null> {
  const core = await reachCore(folder);
  if (core) {
    return {
      page: (query) => core.call("history.page", query),
      knows: async (identity) => (await snapshotOf(core, "stations.state", { identity })) !== null,
      close: () => core.close(),
    };
  }
  const record = openRecord(folder);
  if (!record) return null;
  const history = historyOf(record);
  return {
    page: async (query) => history.page(query),
    knows: async (identity) => record.registry.get(identity) !== undefined,
    close: () => record.close(),
  };
}
