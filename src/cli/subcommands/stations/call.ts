import { parseArgs } from "node:util";
import { dataFolder, UsageError } from "../../../api/start-options.ts";
import { FailureError } from "../../../lib/contract.ts";
import { shownJson, shownText } from "../../../lib/shown-text.ts";
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

/** `plugside call`: any raw call to a station. */
export const callCommand: Subcommand = {
  usage: `call [--data DIR] [--force] [--json] STATION ACTION [${jsonForms}]`,
  summary:
    "Sends a call and prints the payload of the answer, as it came. --force sends it although the schema says no.",
  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { data: { type: "string" }, force: { type: "boolean" }, json: { type: "boolean" } },
    });
    const [station, action, given = "{}", ...rest] = positionals;
    if (!station || !action || rest.length > 0) throw new UsageError("call takes STATION ACTION [JSON].");
    const payload = readJsonText(given);
    checkPayload(payload);
    const wanted = { name: "raw", action, payload, force: values.force } as const;
    const outcome = await command(dataFolder(values.data), station, wanted).catch((error) => misfit(error));
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
    complain(`${station} ${silence[outcome.result] ?? "did not answer"}.`);
    return exitCodeOf(outcome);
  },
};

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
