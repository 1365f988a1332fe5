import { readFileSync, statSync } from "node:fs";
import { parseArgs } from "node:util";
import { dataFolder, UsageError } from "../../api/start-options.ts";
import { isoTime } from "../../lib/units.ts";
import { stationCommand } from "../../services/stations/contract.ts";
import { type CommandName, type CommandOutcome, commandNames } from "../../station/commands.ts";
import { expectedEffect } from "../../station/effects.ts";
import type { CommandEffect } from "../../station/model.ts";
import { english } from "../../station/phrases.ts";
import { command, commandAndWait } from "../ask.ts";
import { exitCodeOf, exitCodes } from "../exit.ts";
import { printJson, printRow } from "../output.ts";
import type { Subcommand } from "../subcommand.ts";

/** What each command takes with --set. */
const keys: Record<CommandName, string> = {
  reset: "kind=soft|hard [evse=N]",
  unlock: "evse=N connector=N",
  start: "token=VALUE[:TYPE] [evse=N] [connector=N]",
  stop: "transaction=ID",
  availability: "evse=N (0: the whole station) operative=true|false [connector=N]",
  trigger: "message=NAME [evse=N] [connector=N]",
  raw: "action=NAME payload=JSON [force=true]",
  "certificates-list": "[use=NAME]",
  "certificate-install": "use=NAME certificate=PEM|@FILE",
  "certificate-delete": "hash=ALGORITHM:NAMEHASH:KEYHASH:SERIAL",
  "certificate-signed": "chain=PEM|@FILE [certificateType=NAME] [requestId=N]",
};

/** `plugside command`: a command of the one model, whatever version the station speaks. */
export const commandCommand: Subcommand = {
  usage: "command [--data DIR] STATION NAME [--set key=value ...] [--wait [SECONDS]] [--json]",
  summary: `Commands a station and prints the outcome. --wait waits for what should follow (a restart, a session, a status, what a trigger asks for; 60 s by default) and exits 0 when it came, 3 when it did not. NAME, and its keys ([...] may be left out): ${commandNames
    .map((name) => `${name} ${keys[name]}`.trim())
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
    const parsed = stationCommand.safeParse({ name, ...readArguments(values.set ?? []) });
    if (!parsed.success) {
      const issues = parsed.error.issues.map((issue) => `${issue.path.join(".") || "name"}: ${issue.message}`);
      throw new UsageError([...issues, `${known} takes: --set ${keys[known]}`].join("\n"));
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

/** Reads `key=value` words; `token` may be VALUE or VALUE:TYPE, a certificate @FILE.
 * @throws UsageError */
function readArguments(words: string[]): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const word of words) {
    const at = word.indexOf("=");
    if (at < 1) throw new UsageError(`--set takes key=value; got "${word}".`);
    const key = word.slice(0, at);
    result[key] = readValue(key, word.slice(at + 1));
  }
  return result;
}

const numeric = new Set(["evse", "connector", "requestId"]);
const files = new Set(["certificate", "chain"]);
const largestFile = 65_536;
const truths = new Set(["operative", "force"]);

function readValue(key: string, text: string): unknown {
  if (numeric.has(key)) return text.trim() === "" ? text : Number(text);
  if (truths.has(key)) return text === "true" ? true : text === "false" ? false : text;
  if (files.has(key) && text.startsWith("@")) return readPem(text.slice(1));
  if (key === "hash") return readHash(text);
  if (key !== "token") return text;
  const [value = "", type] = text.split(":", 2);
  return type ? { value, type } : { value };
}

function readPem(path: string): string {
  try {
    if (statSync(path).size > largestFile) throw new UsageError(`${path} is larger than ${largestFile} bytes.`);
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function readHash(text: string): Record<string, string> {
  const [hashAlgorithm = "", issuerNameHash = "", issuerKeyHash = "", serialNumber = "", ...rest] = text.split(":");
  if (serialNumber === "" || rest.length > 0) {
    throw new UsageError(`hash takes ALGORITHM:NAMEHASH:KEYHASH:SERIAL; got "${text}".`);
  }
  return { hashAlgorithm, issuerNameHash, issuerKeyHash, serialNumber };
}
