import { parseArgs } from "node:util";
import type { CoreClient } from "../../../api/client.ts";
import { contract } from "../../../api/contract.ts";
import { dataFolder, UsageError } from "../../../api/start-options.ts";
import { asItIs } from "../../../redaction/tell.ts";
import { exitCodes } from "../../exit.ts";
import { jsonForms, readJsonText } from "../../json-argument.ts";
import { complain, printJson } from "../../output.ts";
import { reachCore } from "../../reach.ts";
import type { Subcommand } from "../../subcommand.ts";

/** `plugside api`: everything the screens can do, by its name in the contract. */
export const apiCommand: Subcommand = {
  usage: `api [--data DIR] [--follow] NAME [${jsonForms}]`,
  summary: `Asks the running core what the screens ask it: a call prints its answer, a feed its snapshot (with --follow also each change), as they are: with secrets where frames hold them. NAME: ${Object.keys(contract).join(", ")}.`,
  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { data: { type: "string" }, follow: { type: "boolean" }, json: { type: "boolean" } },
    });
    const [name, text = "{}", ...rest] = positionals;
    if (!name || !Object.hasOwn(contract, name) || rest.length > 0) {
      throw new UsageError(`api takes one of: ${Object.keys(contract).join(", ")}.`);
    }
    const input = readInput(readJsonText(text));
    const core = await reachCore(dataFolder(values.data));
    if (!core) {
      complain("No core runs on this folder. Start one: plugside serve");
      return exitCodes.offline;
    }
    try {
      await ask(core, name as keyof typeof contract, input, values.follow ?? false);
    } finally {
      core.close();
    }
    return exitCodes.ok;
  },
};

async function ask(core: CoreClient, name: keyof typeof contract, input: unknown, follow: boolean): Promise<void> {
  if (contract[name].kind === "call") {
    printJson(await core.call(name as Parameters<CoreClient["call"]>[0], input as never), asItIs);
    return;
  }
  await new Promise<void>((resolve, reject) => {
    core.onState((state) => {
      if (state === "closed") resolve();
    });
    core.watch(
      name as Parameters<CoreClient["watch"]>[0],
      input as never,
      (value, added) => {
        printJson(added ?? value, asItIs);
        if (!follow) resolve();
      },
      reject,
    );
  });
}

function readInput(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`The input is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
