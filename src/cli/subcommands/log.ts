import { FailureError } from "../../lib/contract.ts";
import { type Log, openLog } from "../../logs/log.ts";
import { spokenText } from "../../words/spoken.ts";
import { exitCodes } from "../exit.ts";
import { makeList } from "../log/lists.ts";
import { type LogOptions, readLogOptions } from "../log/options.ts";
import { sumUp } from "../log/summaries.ts";
import { complain } from "../output.ts";
import type { Subcommand } from "../subcommand.ts";

/** `plugside log`: what a log of a station tells, packed or not. Needs no core. */
export const logCommand: Subcommand = {
  usage:
    "log FILE [--part ID] [--list | --lines FROM-TO | --at T | --hex BYTE] [--grep RE | --text TEXT] [--match-case] [--level error,warning] [--from T] [--to T] [--zone UTC|+02:00] [--limit N] [--lang en|sv] [--json] [--raw]",
  summary:
    "Reads a log without unpacking it: zip, 7z, tar, gz, bz2, xz, zst, lzma, archives in archives. Sums up each text in it: period, errors by count, restarts, time jumps, lines that repeat. --list lists what is in it with ids and names, one of which --part takes. --grep (a regular expression), --text, --level, --from and --to print the lines that fit all of them: part, number, time, level, text. --lines prints lines by number, --at from a moment on, --hex bytes. Times that tell no zone are of --zone, else as the messages of OCPP in the log tell, else UTC. Passwords and keys are masked; --raw shows them. Ends with 1 where something in the file could not be read.",
  async run(args) {
    const options = readLogOptions(args);
    const log = await openGiven(options.path);
    if (!log) return exitCodes.badInput;
    try {
      return (await readParts(log, options)) ? exitCodes.ok : exitCodes.failed;
    } finally {
      await log.close();
    }
  },
};

async function openGiven(path: string): Promise<Log | undefined> {
  try {
    return await openLog(path);
  } catch (error) {
    if (!(error instanceof FailureError) || error.code === "unavailable") throw error;
    complain(error.message);
    return undefined;
  }
}

/** True when all could be read that was asked for. */
async function readParts(log: Log, options: LogOptions): Promise<boolean> {
  const { part: wanted, work, language, limit } = options;
  const parts = work.kind === "summary" ? sumUp(log, options) : makeList(log, options);
  let isWhole = true;
  let isThere = wanted === undefined;
  let printed = 0;
  for await (const found of log.parts()) {
    const { part } = found;
    if (wanted !== undefined && part.id !== wanted && part.name !== wanted) continue;
    isThere = true;
    const taken = await parts.take(found, limit - printed);
    const { problem } = taken;
    printed += taken.printed;
    if (problem) {
      isWhole = false;
      complain(`${part.name}: ${spokenText(problem, language)}`);
    }
    if (printed >= limit) break;
  }
  await parts.end();
  if (!isThere) complain(`There is no part ${wanted} in ${log.name}. --list tells what is in it.`);
  else if (isWhole && work.kind !== "summary" && printed === 0) complain("Nothing was found.");
  return isWhole && isThere;
}
