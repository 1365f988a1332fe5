import { parseArgs } from "node:util";
import { dataFolder } from "../../../api/start-options.ts";
import { isoTime } from "../../../lib/units.ts";
import { attemptCells, attemptHead, causeSentence } from "../../../services/connection/lines.ts";
import type { Attempt } from "../../../station/attempts.ts";
import type { Language } from "../../../words/language.ts";
import { causeText } from "../../../words/spoken.ts";
import { exitCodes } from "../../exit.ts";
import { readForm, readLanguage } from "../../options.ts";
import { complain, printCsv, printJson, printRow } from "../../output.ts";
import { openRecord, reachCore, snapshotOf } from "../../reach.ts";
import type { Subcommand } from "../../subcommand.ts";

const shown = 200;

/** `plugside attempts`: who tried to connect, how far it came, and why it stopped. */
export const attemptsCommand: Subcommand = {
  usage: "attempts [--stopped] [--data DIR] [--lang en|sv] [--json | --csv]",
  summary: `Lists the last ${shown} attempts to connect, oldest first: time, address, identity, last stage passed, causes. --stopped leaves out those that came in. With --json all that is known, as one list; with --csv a table for spreadsheets. --lang sv says it in Swedish.`,
  async run(args) {
    const { values } = parseArgs({
      args,
      options: {
        stopped: { type: "boolean" },
        data: { type: "string" },
        lang: { type: "string" },
        json: { type: "boolean" },
        csv: { type: "boolean" },
      },
    });
    const all = await allAttempts(dataFolder(values.data));
    const attempts = values.stopped ? all.filter(({ state }) => state === "stopped") : all;
    const form = readForm(values);
    const language = readLanguage(values.lang);
    if (form === "json") printJson(attempts);
    else if (form === "csv")
      for (const cells of [attemptHead, ...attempts.map((one) => attemptCells(one, language))]) printCsv(cells);
    else if (attempts.length === 0) complain(all.length === 0 ? "Nobody has tried to connect." : "Nobody was stopped.");
    else for (const attempt of attempts) printLines(attempt, language);
    return exitCodes.ok;
  },
};

async function allAttempts(folder: string): Promise<Attempt[]> {
  const core = await reachCore(folder);
  if (!core) {
    const record = openRecord(folder);
    const attempts = record?.attempts.newest(shown) ?? [];
    record?.close();
    return attempts;
  }
  try {
    const rows = await snapshotOf(core, "connection.attempts", {});
    const whole = rows.map(({ id }) => core.call("connection.attempt", { id }).catch(() => null));
    return (await Promise.all(whole)).filter((attempt) => attempt !== null);
  } finally {
    core.close();
  }
}

/** One line for the attempt, and one for each of its causes with the cure. */
function printLines(attempt: Attempt, language: Language): void {
  const { lastAt, remoteAddress, identity = "-", passed, state, repeats, causes: found } = attempt;
  const times = repeats > 1 ? [`x ${repeats}`] : [];
  printRow([isoTime(lastAt), remoteAddress, identity, passed, state, ...times]);
  for (const cause of found)
    printRow(["", `! ${causeSentence(cause, language)}. ${causeText(cause.code, language).cure}`]);
}
