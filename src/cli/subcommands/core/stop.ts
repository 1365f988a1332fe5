import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { readContact } from "../../../api/contact.ts";
import { dataFolder } from "../../../api/start-options.ts";
import { stopLimitMs } from "../../../lib/stop-message.ts";
import { exitCodes } from "../../exit.ts";
import { complain, printJson, printText } from "../../output.ts";
import { reachCore } from "../../reach.ts";
import type { Subcommand } from "../../subcommand.ts";

const lookMs = 50;

/** `plugside stop`: ends the running core in good order, on every system alike. */
export const stopCommand: Subcommand = {
  usage: "stop [--data DIR] [--json]",
  summary:
    "Ends the running core, with its window, in good order: stations are told, the record is closed. Ends with 0 once it is gone, 1 where it goes on after 10 s.",
  async run(args) {
    const { values } = parseArgs({ args, options: { data: { type: "string" }, json: { type: "boolean" } } });
    const folder = dataFolder(values.data);
    const core = await reachCore(folder);
    const pid = readContact(folder)?.pid;
    if (!core || pid === undefined) {
      complain("No core runs on this folder.");
      return exitCodes.offline;
    }
    await core.call("connection.stop", {});
    core.close();
    const stopped = await isGone(pid);
    if (values.json) printJson({ stopped });
    else if (stopped) printText("Plugside has ended.");
    if (!stopped) complain(`Plugside still runs (process ${pid}).`);
    return stopped ? exitCodes.ok : exitCodes.failed;
  },
};

async function isGone(pid: number): Promise<boolean> {
  const until = performance.now() + stopLimitMs;
  while (isRunning(pid)) {
    if (performance.now() > until) return false;
    await wait(lookMs);
  }
  return true;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
