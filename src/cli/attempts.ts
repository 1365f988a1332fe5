import { parseArgs } from "node:util";
import { dataFolder } from "../api/start-options.ts";
import { isoTime } from "../lib/units.ts";
import type { Attempt } from "../station/attempts.ts";
import { causes } from "../station/causes.ts";
import { english } from "../station/phrases.ts";
import { exitCodes } from "./exit.ts";
import { toJson } from "./json.ts";
import { openRecord, reachCore, snapshotOf } from "./reach.ts";
import type { Subcommand } from "./subcommand.ts";

const shown = 200;

/** `plugside attempts`: who tried to connect, how far it came, and why it stopped. */
export const attemptsCommand: Subcommand = {
  usage: "attempts [--data DIR] [--json]",
  summary: `Lists the last ${shown} attempts to connect, oldest first: time, address, identity, last stage passed, causes. With --json all that is known, as one list.`,
  async run(args) {
    const { values } = parseArgs({ args, options: { data: { type: "string" }, json: { type: "boolean" } } });
    const attempts = await allAttempts(dataFolder(values.data));
    if (values.json) process.stdout.write(toJson(attempts));
    else if (attempts.length === 0) process.stderr.write("Nobody has tried to connect.\n");
    else for (const attempt of attempts) process.stdout.write(lines(attempt));
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
function lines(attempt: Attempt): string {
  const { lastAt, remoteAddress, identity = "-", passed, state, repeats } = attempt;
  const times = repeats > 1 ? [`x ${repeats}`] : [];
  const head = [isoTime(lastAt), remoteAddress, identity, passed, state, ...times].join("\t");
  const found = attempt.causes.map(({ code, said }) => {
    const { title, cure } = causes[code];
    return `\t! ${title}${said ? ` (${english(said)})` : ""}. ${cure}\n`;
  });
  return `${head}\n${found.join("")}`;
}
