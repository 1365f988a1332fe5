import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { earlierLogFile, logFile } from "../../../api/log-file.ts";
import { dataFolder, UsageError } from "../../../api/start-options.ts";
import { shownText } from "../../../lib/shown-text.ts";
import { exitCodes } from "../../exit.ts";
import { complain, printJson, printText } from "../../output.ts";
import type { Subcommand } from "../../subcommand.ts";

const usually = 100;

/** `plugside own-log`: what Plugside has said about itself, whether it runs or not. */
export const ownLogCommand: Subcommand = {
  usage: "own-log [--lines N] [--data DIR] [--json]",
  summary: `Prints the last ${usually} lines (or N) of what Plugside has said about itself, and on stderr where it is kept. With --json the file and the lines as one object. It holds no frame, no token and no password.`,
  async run(args) {
    const { values } = parseArgs({
      args,
      options: { lines: { type: "string" }, data: { type: "string" }, json: { type: "boolean" } },
    });
    const wanted = Number(values.lines ?? usually);
    if (!Number.isSafeInteger(wanted) || wanted < 1)
      throw new UsageError(`--lines takes a whole number from 1; got "${values.lines}".`);
    const folder = dataFolder(values.data);
    const file = logFile(folder);
    const lines = [...linesOf(earlierLogFile(folder)), ...linesOf(file)].slice(-wanted);
    if (values.json) printJson({ file, lines });
    else {
      for (const line of lines) printText(shownText(line));
      complain(lines.length === 0 ? `Nothing is in ${file}.` : `It is kept in ${file}.`);
    }
    return exitCodes.ok;
  },
};

/** None where there is no file yet.
 * @throws what the system says where it cannot be read */
function linesOf(path: string): string[] {
  try {
    return readFileSync(path, "utf8").split("\n").slice(0, -1);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}
