import { parseArgs } from "node:util";
import { dataFolder, UsageError } from "../../../api/start-options.ts";
import { FailureError } from "../../../lib/contract.ts";
import { shownJson, shownText } from "../../../lib/shown-text.ts";
import { fillIn, variablesOf } from "../../../services/calls/variables.ts";
import { readPayloadText } from "../../../session/exchange.ts";
import type { CommandOutcome } from "../../../station/commands.ts";
import type { Finding } from "../../../station/findings.ts";
import { english } from "../../../station/phrases.ts";
import { rules } from "../../../words/en/findings.ts";
import { command } from "../../ask.ts";
import { exitCodeOf, exitCodes } from "../../exit.ts";
import { jsonForms, readJsonText } from "../../json-argument.ts";
import { complain, printText } from "../../output.ts";
import type { Subcommand } from "../../subcommand.ts";
import { savedCalls } from "./calls.ts";

/** `plugside call`: any raw call to a station. */
export const callCommand: Subcommand = {
  usage: `call [--data DIR] [--force] [--json] STATION ACTION [${jsonForms}] | call STATION --saved NAME [--set variable=value ...]`,
  summary:
    "Sends a call and prints the payload of the answer, as it came. --force sends it although the schema says no. --saved sends one that was kept (calls save), its variables filled in by --set.",
  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        data: { type: "string" },
        force: { type: "boolean" },
        saved: { type: "string" },
        set: { type: "string", multiple: true },
        json: { type: "boolean" },
      },
    });
    const folder = dataFolder(values.data);
    const [station, ...rest] = positionals;
    const { action, payload } =
      values.saved === undefined ? typed(rest, values.set) : await saved(folder, values.saved, rest, values.set);
    if (!station || !action) throw new UsageError("call takes STATION ACTION [JSON].");
    checkPayload(payload);
    const wanted = { name: "raw", action, payload, force: values.force } as const;
    const outcome = await command(folder, station, wanted).catch((error) => misfit(error));
    if (outcome.answer !== undefined) {
      printText(shownJson(outcome.answer));
      return exitCodeOf(outcome);
    }
    if (outcome.error) {
      const { code, description, details } = outcome.error;
      complain(`CALLERROR ${shownText(code)}: ${shownText(description)}`);
      if (values.json) printText(shownJson(`{"error":${JSON.stringify({ code, description })},"details":${details}}`));
      return exitCodes.refused;
    }
    const { result, why } = outcome;
    if (result === "unsupported" && why) complain(shownText(english(why)));
    else complain(`${station} ${silence[result] ?? "did not answer"}.`);
    return exitCodeOf(outcome);
  },
};

type Wanted = { action?: string; payload: string };

function typed([action, given = "{}", ...rest]: string[], set: string[] | undefined): Wanted {
  if (rest.length > 0) throw new UsageError("call takes STATION ACTION [JSON].");
  if (set !== undefined) throw new UsageError("--set goes with --saved.");
  return { action, payload: readJsonText(given) };
}

/** @throws UsageError for a name that is not there, or variables that do not fit */
async function saved(folder: string, name: string, rest: string[], set: string[] = []): Promise<Wanted> {
  if (rest.length > 0) throw new UsageError("call takes STATION alone with --saved.");
  const all = await savedCalls(folder);
  const found = all.find((one) => one.name === name);
  if (!found) {
    const names = all.map((one) => one.name).join(", ") || "none";
    throw new UsageError(`There is no saved call ${name}. There are: ${names}.`);
  }
  const given = new Map<string, string>();
  for (const word of set) {
    const at = word.indexOf("=");
    if (at < 1) throw new UsageError(`--set takes variable=value; got "${word}".`);
    given.set(word.slice(0, at), word.slice(at + 1));
  }
  const wanted = variablesOf(found.payload);
  const missing = wanted.filter((one) => !given.has(one));
  if (missing.length > 0) throw new UsageError(`${name} needs ${missing.map((one) => `--set ${one}=...`).join(" ")}.`);
  const odd = [...given.keys()].find((one) => !wanted.includes(one));
  if (odd !== undefined)
    throw new UsageError(`${name} has no variable ${odd}. It has: ${wanted.join(", ") || "none"}.`);
  return { action: found.action, payload: fillIn(found.payload, Object.fromEntries(given)) };
}

const silence: Partial<Record<CommandOutcome["result"], string>> = {
  offline: "is offline",
  unreadable: "answered, and the answer cannot be read: see plugside frames",
};

/** What the schema says against a payload, a line each.
 * @throws UsageError, or what it is not about */
function misfit(error: unknown): never {
  if (!(error instanceof FailureError) || !Array.isArray(error.details)) throw error;
  const lines = (error.details as Finding[]).map(({ rule, where, said, expected }) =>
    shownText(`  ${where}: ${rules[rule].title}. Given: ${english(said)}. Expected: ${english(expected ?? "-")}.`),
  );
  throw new UsageError([error.message, ...lines, "Add --force to send it."].join("\n"));
}

/** Bad input is said as such, whether or not a core runs.
 * @throws UsageError */
function checkPayload(text: string): void {
  try {
    readPayloadText(text);
  } catch (error) {
    throw new UsageError(`The payload cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
