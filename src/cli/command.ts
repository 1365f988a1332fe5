import { parseArgs } from "node:util";
import { stationCommand } from "../services/stations/contract.ts";
import { commandNames } from "../station/commands.ts";
import { command } from "./ask.ts";
import { exitCodeOf, UsageError } from "./exit.ts";
import { dataFolder } from "./options.ts";
import type { Subcommand } from "./subcommand.ts";

/** `plugside command`: a command of the one model, whatever version the station speaks. */
export const commandCommand: Subcommand = {
  usage: "command [--data DIR] STATION NAME [--set key=value ...] [--json]",
  summary: `Commands a station and prints the outcome. NAME: ${commandNames.join(", ")}. Keys: kind, evse, connector, token, transaction, operative, message, action, payload, force.`,
  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { data: { type: "string" }, set: { type: "string", multiple: true }, json: { type: "boolean" } },
    });
    const [station, name, ...rest] = positionals;
    if (!station || !name || rest.length > 0) throw new UsageError("command takes STATION NAME.");
    const parsed = stationCommand.safeParse({ name, ...readArguments(values.set ?? []) });
    if (!parsed.success) {
      const issues = parsed.error.issues.map((issue) => `${issue.path.join(".") || "name"}: ${issue.message}`);
      throw new UsageError(issues.join("\n"));
    }
    const outcome = await command(dataFolder(values.data), station, parsed.data);
    const { result, why, latencyMs } = outcome;
    const words = [result, why, latencyMs === undefined ? undefined : `${latencyMs} ms`].filter(
      (word) => word !== undefined,
    );
    process.stdout.write(values.json ? `${JSON.stringify(outcome)}\n` : `${words.join(", ")}\n`);
    return exitCodeOf(outcome);
  },
};

/** Reads `key=value` words; `token` may be VALUE or VALUE:TYPE.
 * @throws UsageError */
export function readArguments(words: string[]): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const word of words) {
    const at = word.indexOf("=");
    if (at < 1) throw new UsageError(`--set takes key=value; got "${word}".`);
    const key = word.slice(0, at);
    result[key] = readValue(key, word.slice(at + 1));
  }
  return result;
}

const numeric = new Set(["evse", "connector"]);
const truths = new Set(["operative", "force"]);

function readValue(key: string, text: string): unknown {
  if (numeric.has(key)) return text.trim() === "" ? text : Number(text);
  if (truths.has(key)) return text === "true" ? true : text === "false" ? false : text;
  if (key !== "token") return text;
  const [value = "", type] = text.split(":", 2);
  return type ? { value, type } : { value };
}
