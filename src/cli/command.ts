import { readFileSync, statSync } from "node:fs";
import { parseArgs } from "node:util";
import { dataFolder, UsageError } from "../api/start-options.ts";
import { stationCommand } from "../services/stations/contract.ts";
import { type CommandName, commandNames } from "../station/commands.ts";
import { english } from "../station/phrases.ts";
import { command } from "./ask.ts";
import { exitCodeOf } from "./exit.ts";
import { printJson, printRow } from "./output.ts";
import type { Subcommand } from "./subcommand.ts";

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
  usage: "command [--data DIR] STATION NAME [--set key=value ...] [--json]",
  summary: `Commands a station and prints the outcome. NAME, and its keys ([...] may be left out): ${commandNames
    .map((name) => `${name} ${keys[name]}`.trim())
    .join("; ")}.`,
  async run(args) {
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
    const outcome = await command(dataFolder(values.data), station, parsed.data);
    const { result, why, latencyMs } = outcome;
    const words = [result, why && english(why), latencyMs === undefined ? undefined : `${latencyMs} ms`].filter(
      (word) => word !== undefined,
    );
    if (values.json) printJson(outcome);
    else printRow([words.join(", ")]);
    return exitCodeOf(outcome);
  },
};

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
