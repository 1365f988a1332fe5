import { parseArgs } from "node:util";
import { dataFolder } from "../../../api/start-options.ts";
import type { FirewallState } from "../../../services/connection/contract.ts";
import { exitCodes } from "../../exit.ts";
import { complain, printJson, printText } from "../../output.ts";
import { reachCore } from "../../reach.ts";
import type { Subcommand } from "../../subcommand.ts";

const sentences: Record<FirewallState, string> = {
  allowed: "lets stations in",
  off: "is off and keeps nobody out",
  "not-allowed": "does not let stations in",
  blocked: "keeps stations out",
  unknown: "does not tell whether it lets stations in",
};

/** `plugside firewall`: whether this laptop's firewall lets stations in, and what lets them in. */
export const firewallCommand: Subcommand = {
  usage: "firewall [--data DIR] [--json]",
  summary:
    "Asks this laptop's firewall whether it lets stations in to the running core, and prints the commands that let them in. With --json all that is known, as one object.",
  async run(args) {
    const { values } = parseArgs({ args, options: { data: { type: "string" }, json: { type: "boolean" } } });
    const core = await reachCore(dataFolder(values.data));
    if (!core) {
      complain("No core runs on this folder. Start one: plugside serve");
      return exitCodes.offline;
    }
    const report = await core.call("connection.askFirewall", {});
    core.close();
    if (values.json) {
      printJson(report);
      return exitCodes.ok;
    }
    const { firewall, state, networks = [], blockedBy = [], byPolicy, commands } = report;
    printText(firewall ? `${firewall} ${sentences[state]}.` : "There is no firewall here that can be asked.");
    for (const { name, profile, state: here } of networks) printText(`  ${name} (${profile}): ${sentences[here]}`);
    for (const rule of blockedBy) printText(`  blocked by: ${rule}`);
    if (byPolicy) printText("  set by a company's policy");
    if (state !== "allowed" && state !== "off") for (const command of commands) printText(command);
    return exitCodes.ok;
  },
};
