import { parseArgs } from "node:util";
import { dataFolder } from "../../../api/start-options.ts";
import { asItIs } from "../../../redaction/tell.ts";
import { exitCodes } from "../../exit.ts";
import { complain, printJson, printText } from "../../output.ts";
import { reachCore } from "../../reach.ts";
import type { Subcommand } from "../../subcommand.ts";

/** `plugside link`: a fresh one-time link to the screens of the running core. */
export const linkCommand: Subcommand = {
  usage: "link [--data DIR] [--json]",
  summary: "Prints a fresh one-time link to the screens of the running core.",
  async run(args) {
    const { values } = parseArgs({ args, options: { data: { type: "string" }, json: { type: "boolean" } } });
    const core = await reachCore(dataFolder(values.data));
    if (!core) {
      complain("No core runs on this folder. Start one: plugside serve");
      return exitCodes.offline;
    }
    const { url } = await core.call("connection.link", {});
    core.close();
    if (values.json) printJson({ url }, asItIs);
    else if (url !== null) printText(url);
    if (url !== null) return exitCodes.ok;
    complain("The core was started without screens (--no-ui).");
    return exitCodes.failed;
  },
};
