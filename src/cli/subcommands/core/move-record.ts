import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { dataFolder, folderToLeave, UsageError, windowsFolders } from "../../../api/start-options.ts";
import { patiently } from "../../../lib/patient.ts";
import { lockFolder } from "../../../store/sqlite/database.ts";
import { exitCodes } from "../../exit.ts";
import { askPerson, complain, printJson, printText } from "../../output.ts";
import type { Subcommand } from "../../subcommand.ts";

/** `plugside move-record`: puts the whole data folder somewhere else, with the person's word. */
export const moveRecordCommand: Subcommand = {
  usage: "move-record [--from DIR] [--to DIR] [--yes] [--json]",
  summary:
    "Moves the data folder, with all that is in it, to a folder that is not there yet or is empty. On Windows by default out of the roaming profile into the local one. No core may run on it. Says first what it does, and asks; without a terminal it takes --yes.",
  async run(args) {
    const { values } = parseArgs({
      args,
      options: {
        from: { type: "string" },
        to: { type: "string" },
        yes: { type: "boolean" },
        json: { type: "boolean" },
      },
    });
    const { from, to } = foldersOf(values);
    const obstacle = obstacleTo(from, to);
    if (obstacle !== null) {
      complain(obstacle);
      return exitCodes.failed;
    }
    complain(`This moves the record, the keys and the files from ${from} to ${to}.`);
    if (!values.yes && !(await confirmed())) return exitCodes.badInput;
    // Whoever runs on it is refused here, in words.
    await lockFolder(join(from, "lock.db")).dispose();
    move(from, to);
    if (values.json) printJson({ from, to });
    else printText(`The record lies in ${to} now.`);
    return exitCodes.ok;
  },
};

function foldersOf(values: { from?: string; to?: string }): { from: string; to: string } {
  const { local, roaming } = windowsFolders();
  const usual = process.platform === "win32" ? { from: roaming, to: local } : { from: undefined, to: undefined };
  const to = values.to ?? usual.to;
  if (to === undefined) throw new UsageError("move-record takes --to DIR.");
  const from = values.from ?? usual.from;
  return { from: from ? folderToLeave(from) : dataFolder(from), to: dataFolder(to) };
}

function obstacleTo(from: string, to: string): string | null {
  if (!existsSync(join(from, "plugside.db"))) return `There is no record in ${from}.`;
  if (from === to) return `The record lies in ${to} already.`;
  return isFull(to) ? `${to} is not empty: choose another folder.` : null;
}

function isFull(folder: string): boolean {
  try {
    return readdirSync(folder).length > 0;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}

/** To another disk it is copied whole before the old one is taken away. */
function move(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  if (existsSync(to)) rmdirSync(to);
  try {
    patiently(() => renameSync(from, to));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EXDEV") throw error;
    cpSync(from, to, { recursive: true, errorOnExist: true, preserveTimestamps: true });
    rmSync(from, { recursive: true, force: true });
  }
}

async function confirmed(): Promise<boolean> {
  if (!process.stdin.isTTY) {
    complain("Nothing was moved. Add --yes to do it.");
    return false;
  }
  return /^y(es)?$/i.test((await askPerson("Move it? (yes/no) ")).trim());
}
