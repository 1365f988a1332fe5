import { parseArgs } from "node:util";
import { dataFolder, UsageError } from "../../../api/start-options.ts";
import type { SavedCall } from "../../../services/calls/contract.ts";
import { exitCodes } from "../../exit.ts";
import { jsonForms, readJsonText } from "../../json-argument.ts";
import { printJson, printRow } from "../../output.ts";
import { openRecord, reachCore, snapshotOf, withCore } from "../../reach.ts";
import type { Subcommand } from "../../subcommand.ts";

/** `plugside calls`: calls that are kept to be sent again. */
export const callsCommand: Subcommand = {
  usage: `calls | calls save NAME ACTION [${jsonForms}] | calls remove NAME [--data DIR] [--json]`,
  summary:
    'Lists the saved calls: name, action, payload. save keeps one; its payload may hold variables ("{{idTag}}") that call --saved NAME --set idTag=... fills in. remove takes one away.',
  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { data: { type: "string" }, json: { type: "boolean" } },
    });
    const folder = dataFolder(values.data);
    const [word, name, action, given = "{}", ...rest] = positionals;
    const print = (one: SavedCall) => (values.json ? printJson(one) : printRow([one.name, one.action, one.payload]));
    if (word === undefined) {
      const all = await savedCalls(folder);
      if (values.json) printJson(all);
      else for (const one of all) print(one);
      return exitCodes.ok;
    }
    if (word === "save" && name && action && rest.length === 0) {
      const payload = readJsonText(given);
      return await withCore(folder, async (core) => print(await core.call("calls.save", { name, action, payload })));
    }
    if (word === "remove" && name && action === undefined) {
      return await withCore(folder, async (core) => void (await core.call("calls.remove", { name })));
    }
    throw new UsageError("calls takes nothing, save NAME ACTION [JSON] or remove NAME.");
  },
};

/** The saved calls of the running core, or of the record where none runs. */
export async function savedCalls(folder: string): Promise<SavedCall[]> {
  const core = await reachCore(folder);
  if (core) return await snapshotOf(core, "calls.list", {}).finally(() => core.close());
  const record = openRecord(folder);
  const all = record?.savedCalls.all() ?? [];
  record?.close();
  return all;
}
