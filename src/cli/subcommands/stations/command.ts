import { parseArgs } from "node:util";
import { z } from "zod";
import { dataFolder, UsageError } from "../../../api/start-options.ts";
import { isoTime } from "../../../lib/units.ts";
import {
  type CommandName,
  type CommandOutcome,
  commandInputs,
  commandNames,
  stationCommand,
} from "../../../station/commands.ts";
import { expectedEffect } from "../../../station/effects.ts";
import type { CommandEffect } from "../../../station/model.ts";
import { english } from "../../../station/phrases.ts";
import { command, commandAndWait } from "../../ask.ts";
import { exitCodeOf, exitCodes } from "../../exit.ts";
import { jsonForms, readFileText, readJsonText } from "../../json-argument.ts";
import { printJson, printRow } from "../../output.ts";
import type { Subcommand } from "../../subcommand.ts";

/** What a command takes with --set: `kind=soft|hard [evse=N]`. */
function keysOf(name: CommandName): string {
  const fields = Object.entries<z.ZodType>(commandInputs[name].shape).map(([key, field]) => {
    const optional = field instanceof z.ZodOptional;
    const word = `${key}=${formOf(field)}`;
    return optional ? `[${word}]` : word;
  });
  return fields.join(" ");
}

function formOf(field: z.ZodType): string {
  if (field instanceof z.ZodOptional) return field.description ?? formOf(field.unwrap() as z.ZodType);
  if (field instanceof z.ZodEnum) return field.options.length > 3 ? "NAME" : field.options.join("|");
  if (field instanceof z.ZodBoolean) return "true|false";
  if (isJson(field)) return jsonForms;
  return field.description ?? (field instanceof z.ZodNumber ? "N" : "TEXT");
}

function isJson(field: z.ZodType | undefined): boolean {
  return field?.description === "JSON";
}

/** `plugside command`: a command of the one model, whatever version the station speaks. */
export const commandCommand: Subcommand = {
  usage: "command [--data DIR] STATION NAME [--set key=value ...] [--wait [SECONDS]] [--json]",
  summary: `Commands a station and prints the outcome. --wait waits for what should follow (a restart, a session, a status, what a trigger asks for; 60 s by default) and exits 0 when it came, 3 when it did not. NAME, and its keys ([...] may be left out): ${commandNames
    .map((name) => `${name} ${keysOf(name)}`.trim())
    .join("; ")}.`,
  async run(given) {
    const { args, seconds } = takeWait(given);
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { data: { type: "string" }, set: { type: "string", multiple: true }, json: { type: "boolean" } },
    });
    const [station, name, ...rest] = positionals;
    if (!station || !name || rest.length > 0) throw new UsageError("command takes STATION NAME.");
    const known = commandNames.find((one) => one === name);
    if (!known) throw new UsageError(`There is no command ${name}. NAME is one of ${commandNames.join(", ")}.`);
    const parsed = stationCommand.safeParse({ name, ...readArguments(known, values.set ?? []) });
    if (!parsed.success) {
      const issues = parsed.error.issues.map((issue) => `${issue.path.join(".") || "name"}: ${issue.message}`);
      throw new UsageError([...issues, `${known} takes: --set ${keysOf(known)}`].join("\n"));
    }
    const folder = dataFolder(values.data);
    if (seconds === null) {
      const outcome = await command(folder, station, parsed.data);
      if (values.json) printJson(outcome);
      else printRow([outcomeWords(outcome).join(", ")]);
      return exitCodeOf(outcome);
    }
    const { outcome, effect } = await commandAndWait(folder, station, parsed.data, seconds);
    const { name: wanted, ...args2 } = parsed.data;
    const expected = expectedEffect({ name: wanted, args: args2 });
    if (values.json) printJson({ ...outcome, effect });
    else printRow([[...outcomeWords(outcome), ...effectWords(outcome, effect, expected, seconds)].join(", ")]);
    if (effect) return exitCodes.ok;
    const waited = expected !== null && exitCodeOf(outcome) === exitCodes.ok;
    return waited ? exitCodes.noAnswer : exitCodeOf(outcome);
  },
};

const defaultWait = 60;
const longestWait = 86_400;

/** Takes `--wait` out, which may stand without a number.
 * @throws UsageError */
function takeWait(args: string[]): { args: string[]; seconds: number | null } {
  const at = args.findIndex((word) => word === "--wait" || word.startsWith("--wait="));
  if (at === -1) return { args, seconds: null };
  const next = args[at + 1] ?? "";
  const apart = args[at] === "--wait" && /^\d/.test(next);
  const text = apart ? next : (args[at] ?? "").slice("--wait=".length);
  const seconds = text === "" ? defaultWait : Number(text);
  if (!(seconds > 0 && seconds <= longestWait)) throw new UsageError(`--wait takes seconds, ${longestWait} at most.`);
  return { args: args.toSpliced(at, apart ? 2 : 1), seconds };
}

function outcomeWords({ result, why, latencyMs }: CommandOutcome): string[] {
  return [result, ...(why ? [english(why)] : []), ...(latencyMs === undefined ? [] : [`${latencyMs} ms`])];
}

const effectNames: Record<CommandEffect["what"], string> = {
  restart: "restarted",
  boot: "told its boot",
  "session-started": "session started",
  "session-ended": "session ended",
  status: "told its status",
  values: "told its values",
  heartbeat: "sent a heartbeat",
  report: "report complete",
  "firmware-status": "told its firmware status",
  "diagnostics-status": "told its diagnostics status",
  "signing-requested": "asked for a certificate",
};

/** What followed, and what did not. */
function effectWords(
  outcome: CommandOutcome,
  effect: CommandEffect | null,
  expected: CommandEffect["what"] | null,
  seconds: number,
): string[] {
  if (effect) return [`${effectNames[effect.what]} ${isoTime(effect.at)}`];
  if (outcome.frame === undefined || outcome.result === "rejected" || outcome.result === "unsupported") return [];
  return [expected === null ? "nothing more is told of this command" : `and nothing since (${seconds} s)`];
}

/** Reads `key=value` words.
 * @throws UsageError */
function readArguments(name: CommandName, words: string[]): Record<string, unknown> {
  const fields: Record<string, z.ZodType> = commandInputs[name].shape;
  const result: Record<string, unknown> = {};
  for (const word of words) {
    const at = word.indexOf("=");
    if (at < 1) throw new UsageError(`--set takes key=value; got "${word}".`);
    const key = word.slice(0, at);
    result[key] = readValue(fields[key], word.slice(at + 1));
  }
  return result;
}

const largestFile = 65_536;

/** A value as its field takes it; one that is not of its kind stays text, and is refused with the others. */
function readValue(field: z.ZodType | undefined, text: string): unknown {
  if (field instanceof z.ZodOptional) return readValue(field.unwrap() as z.ZodType, text);
  if (field instanceof z.ZodNumber) return text.trim() === "" ? text : Number(text);
  if (field instanceof z.ZodBoolean) return text === "true" ? true : text === "false" ? false : text;
  if (field === commandInputs["certificate-delete"].shape.hash) return readHash(text);
  if (field instanceof z.ZodObject) return readToken(text);
  if (isJson(field)) return readJsonText(text);
  return field?.description?.endsWith("@FILE") && text.startsWith("@")
    ? readFileText(text.slice(1), largestFile)
    : text;
}

/** VALUE or VALUE:TYPE. */
function readToken(text: string): Record<string, string> {
  const [value = "", type] = text.split(":", 2);
  return type ? { value, type } : { value };
}

function readHash(text: string): Record<string, string> {
  const [hashAlgorithm = "", issuerNameHash = "", issuerKeyHash = "", serialNumber = "", ...rest] = text.split(":");
  if (serialNumber === "" || rest.length > 0) {
    throw new UsageError(`hash takes ALGORITHM:NAMEHASH:KEYHASH:SERIAL; got "${text}".`);
  }
  return { hashAlgorithm, issuerNameHash, issuerKeyHash, serialNumber };
}
