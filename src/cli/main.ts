import { UsageError } from "../api/start-options.ts";
import { FailureError } from "../lib/contract.ts";
import { shownText } from "../lib/shown-text.ts";
import { toJson } from "../redaction/told-json.ts";
import { exitCodes } from "./exit.ts";
import { complain, drain, endWithReader, printText } from "./output.ts";
import type { Subcommand } from "./subcommand.ts";
import { version } from "./subcommands/core/version.ts";

/** Runs the `plugside` command and ends the process with its exit code. Results go to stdout, messages to stderr. */
export async function main(args: string[]): Promise<void> {
  endWithReader();
  process.exitCode = await run(args);
  if (process.exitCode !== 0 || args[0] !== "serve") await drain();
  process.exit();
}

/** Carries out a command line: its exit code. */
export async function run(args: readonly string[]): Promise<number> {
  const [name = "help", ...rest] = args;
  if (name === "--version" || name === "-v") {
    printText(version);
    return exitCodes.ok;
  }
  const subcommand = await subcommandOf(name);
  if (!subcommand) {
    const { subcommands } = await import("./subcommands.ts");
    const asked = name === "help" || name === "--help" || name === "-h";
    if (asked) printText(help(subcommands));
    else complain(`There is no command ${name}. There are: ${Object.keys(subcommands).join(", ")}.`);
    return asked ? exitCodes.ok : exitCodes.badInput;
  }
  if (rest.includes("--help") || rest.includes("-h")) {
    printText(`plugside ${subcommand.usage}\n\n${subcommand.summary}`);
    return exitCodes.ok;
  }
  try {
    return await subcommand.run(rest);
  } catch (error) {
    return explain(error, subcommand);
  }
}

function explain(error: unknown, subcommand: Subcommand): number {
  if (error instanceof UsageError || isParseArgsError(error)) {
    complain(`${(error as Error).message}\n\nUsage: plugside ${subcommand.usage}`);
    return exitCodes.badInput;
  }
  if (error instanceof FailureError) {
    complain(shownText(error.message));
    if (error.details !== undefined) complain(toJson(error.details));
    return error.code === "invalid-input" ? exitCodes.badInput : exitCodes.failed;
  }
  const words = error instanceof Error ? error.message : String(error);
  complain(shownText(words));
  return exitCodes.failed;
}

function isParseArgsError(error: unknown): boolean {
  return error instanceof Error && String((error as NodeJS.ErrnoException).code ?? "").startsWith("ERR_PARSE_ARGS");
}

/** `serve` comes without the others, so that no station waits for what they load. */
async function subcommandOf(name: string): Promise<Subcommand | undefined> {
  if (name === "serve") return (await import("./subcommands/core/serve.ts")).serveCommand;
  const { subcommands } = await import("./subcommands.ts");
  return Object.hasOwn(subcommands, name) ? subcommands[name] : undefined;
}

function help(subcommands: Record<string, Subcommand>): string {
  const lines = Object.values(subcommands).map(({ usage, summary }) => `  ${usage}\n      ${summary}`);
  return `Plugside: the local central system for the charging station in front of you.\n\n${lines.join("\n")}\n
Exit codes: 0 done, 1 failed, 2 refused by the station, 3 no answer, 4 offline, 5 bad input.
In PowerShell 5.1 set [Console]::OutputEncoding = [Text.Encoding]::UTF8 before a pipe, and write JSON arguments to a file: @FILE.\n`;
}
