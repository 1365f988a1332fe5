import { parseArgs } from "node:util";
import { dataFolder } from "../api/start-options.ts";
import { exitCodes } from "./exit.ts";
import { reachCore } from "./reach.ts";
import type { Subcommand } from "./subcommand.ts";

/** `plugside link`: a fresh one-time link to the screens of the running core. */
export const linkCommand: Subcommand = {
  usage: "link [--data DIR] [--json]",
  summary: "Prints a fresh one-time link to the screens of the running core.",
  async run(args) {
    const { values } = parseArgs({ args, options: { data: { type: "string" }, json: { type: "boolean" } } });
    const core = await reachCore(dataFolder(values.data));
    if (!core) {
      process.stderr.write("No core runs on this folder. Start one: plugside serve\n");
      return exitCodes.offline;
    }
    const { url } = await core.call("connection.link", {});
    core.close();
    if (values.json) process.stdout.write(`${JSON.stringify({ url })}\n`);
    else if (url !== null) process.stdout.write(`${url}\n`);
    if (url !== null) return exitCodes.ok;
    process.stderr.write("The core was started without screens (--no-ui).\n");
    return exitCodes.failed;
  },
};
