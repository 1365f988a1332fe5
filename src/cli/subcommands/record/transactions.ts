import { parseArgs } from "node:util";
import { dataFolder, UsageError } from "../../../api/start-options.ts";
import { silentLogger } from "../../../lib/logger.ts";
import { toldTransaction, transactionCells, transactionHead } from "../../../services/transactions/lines.ts";
import { walkTransactions } from "../../../services/transactions/logic.ts";
import type { Transaction } from "../../../station/model.ts";
import { exitCodes } from "../../exit.ts";
import { readForm, readNumber } from "../../options.ts";
import { complain, printCsv, printJson, printRow } from "../../output.ts";
import { openRecord } from "../../reach.ts";
import type { Subcommand } from "../../subcommand.ts";
import { readTelling } from "../../telling.ts";

const shown = 200;

/** `plugside transactions`: the charging sessions on record. */
export const transactionsCommand: Subcommand = {
  usage: "transactions [STATION] [--last N] [--data DIR] [--json | --csv] [--pseudonyms]",
  summary: `Lists charging sessions, newest first of each station: ${transactionHead.slice(0, 9).join(", ")} (Wh). The last ${shown} of each, or --last N. Those that run are told as they are now. With --json all that is known of each.`,
  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        last: { type: "string" },
        data: { type: "string" },
        json: { type: "boolean" },
        csv: { type: "boolean" },
        pseudonyms: { type: "boolean" },
      },
    });
    const [station, more] = positionals;
    if (more !== undefined) throw new UsageError("At most one station; without one all are told.");
    const form = readForm(values);
    const last = readNumber(values.last, "--last", shown);
    if (!(last >= 1)) throw new UsageError("--last takes a number from 1 on.");
    const folder = dataFolder(values.data);
    const tell = readTelling(folder, values);
    const found = await newest(folder, station, Math.floor(last));
    if (form === "json")
      printJson(
        found.map(([identity, one]) => toldTransaction(identity, one)),
        tell,
      );
    else {
      const print = form === "csv" ? printCsv : printRow;
      if (form === "csv") print(transactionHead);
      for (const [identity, one] of found) {
        const cells = transactionCells(identity, one);
        print(form === "csv" ? cells : cells.slice(0, 9), tell);
      }
      if (found.length === 0 && form === "text") complain("No transaction is on record.");
    }
    return exitCodes.ok;
  },
};

async function newest(folder: string, station: string | undefined, count: number): Promise<[string, Transaction][]> {
  const record = openRecord(folder);
  const entries = record?.registry.all().filter(({ identity }) => station === undefined || identity === station) ?? [];
  try {
    if (station !== undefined && entries.length === 0)
      throw new UsageError(`No station named ${station} was ever heard of.`);
    const found: [string, Transaction][] = [];
    for (const entry of record ? entries : []) {
      const own: Transaction[] = [];
      if (record) {
        for await (const page of walkTransactions(entry, { ...record, log: silentLogger })) {
          own.push(...page);
          if (own.length >= count) break;
        }
      }
      found.push(...own.slice(0, count).map((one): [string, Transaction] => [entry.identity, one]));
    }
    return found;
  } finally {
    record?.close();
  }
}
