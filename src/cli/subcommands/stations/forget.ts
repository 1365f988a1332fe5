import { parseArgs } from "node:util";
import { dataFolder, UsageError } from "../../../api/start-options.ts";
import { FailureError } from "../../../lib/contract.ts";
import { isoTime } from "../../../lib/units.ts";
import type { ForgetReport } from "../../../services/stations/contract.ts";
import { english } from "../../../station/phrases.ts";
import { exitCodes } from "../../exit.ts";
import { askPerson, complain, counted, printJson, printText } from "../../output.ts";
import { reachCore } from "../../reach.ts";
import type { Subcommand } from "../../subcommand.ts";

/** `plugside forget`: takes all that is known of a station out of the record, after saying what that is. */
export const forgetCommand: Subcommand = {
  usage: "forget [--data DIR] STATION [--yes] [--json]",
  summary:
    "Takes a station out of the record for good: its state, frames, events, findings, password and other settings. Attempts to connect and the list of tokens stay. Says first what goes, and asks; without a terminal it takes --yes. A station that is connected is not forgotten.",
  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { data: { type: "string" }, yes: { type: "boolean" }, json: { type: "boolean" } },
    });
    const [identity, ...rest] = positionals;
    if (!identity || rest.length > 0) throw new UsageError("forget takes STATION.");
    const core = await reachCore(dataFolder(values.data));
    if (!core) {
      complain("No core runs on this folder. Start one: plugside serve");
      return exitCodes.offline;
    }
    try {
      const report = await core.call("stations.forgetPreview", { identity });
      if (report.blocked) throw new FailureError("conflict", english(report.blocked));
      complain(preview(report));
      if (!values.yes && !(await confirmed(identity))) return exitCodes.badInput;
      const done = await core.call("stations.forget", { identity });
      if (values.json) printJson(done);
      else printText(`${identity} is forgotten.`);
    } finally {
      core.close();
    }
    return exitCodes.ok;
  },
};

function preview({ identity, firstSeenAt, frames, findings, access, forward, files }: ForgetReport): string {
  const goes = [`its state and ${counted(frames, "frame")} since ${isoTime(firstSeenAt)}`];
  if (findings > 0) goes.push(counted(findings, "finding"));
  if (files > 0) goes.push(counted(files, "file"));
  if (access) goes.push("its password and what else is set in Access");
  if (forward) goes.push("its forward mode");
  return `This takes away for good, of ${identity}: ${goes.join(", ")}. Attempts to connect and the list of tokens stay.`;
}

async function confirmed(identity: string): Promise<boolean> {
  if (!process.stdin.isTTY) {
    complain("Nothing was taken away. Add --yes to do it.");
    return false;
  }
  const answer = await askPerson("Type the station's identity to do it: ");
  if (answer.trim() === identity) return true;
  complain("Nothing was taken away.");
  return false;
}
