import { UsageError } from "../api/start-options.ts";
import { FailureError } from "../lib/contract.ts";
import { shownText } from "../lib/shown-text.ts";
import { toJson } from "../redaction/told-json.ts";
import { exitCodes } from "./exit.ts";
import { complain, drain, endWithReader, printText } from "./output.ts";
import type { Subcommand } from "./subcommand.ts";
import { firewallCommand } from "./subcommands/core/firewall.ts";
import { linkCommand } from "./subcommands/core/link.ts";
import { moveRecordCommand } from "./subcommands/core/move-record.ts";
import { ownLogCommand } from "./subcommands/core/own-log.ts";
import { rootCommand } from "./subcommands/core/root.ts";
import { serveCommand } from "./subcommands/core/serve.ts";
import { stopCommand } from "./subcommands/core/stop.ts";
import { version } from "./subcommands/core/version.ts";
import { logCommand } from "./subcommands/log.ts";
import { modbusCommand } from "./subcommands/modbus/modbus.ts";
import { attemptsCommand } from "./subcommands/record/attempts.ts";
import { bookmarksCommand } from "./subcommands/record/bookmarks.ts";
import { exportCommand } from "./subcommands/record/export.ts";
import { filesCommand } from "./subcommands/record/files.ts";
import { findingsCommand } from "./subcommands/record/findings.ts";
import { framesCommand } from "./subcommands/record/frames.ts";
import { historyCommand } from "./subcommands/record/history.ts";
import { outboxCommand } from "./subcommands/record/outbox.ts";
import { transactionsCommand } from "./subcommands/record/transactions.ts";
import { bridgeCommand } from "./subcommands/serial/bridge.ts";
import { consoleCommand } from "./subcommands/serial/console.ts";
import { portsCommand } from "./subcommands/serial/ports.ts";
import { accessCommand } from "./subcommands/stations/access.ts";
import { apiCommand } from "./subcommands/stations/api.ts";
import { callCommand } from "./subcommands/stations/call.ts";
import { callsCommand } from "./subcommands/stations/calls.ts";
import { commandCommand } from "./subcommands/stations/command.ts";
import { configurationCommand } from "./subcommands/stations/configuration.ts";
import { diagnosticsCommand } from "./subcommands/stations/diagnostics.ts";
import { forgetCommand } from "./subcommands/stations/forget.ts";
import { simulateCommand } from "./subcommands/stations/simulate.ts";
import { stationsCommand } from "./subcommands/stations/stations.ts";

const subcommands: Record<string, Subcommand> = {
  serve: serveCommand,
  simulate: simulateCommand,
  stations: stationsCommand,
  frames: framesCommand,
  bookmarks: bookmarksCommand,
  attempts: attemptsCommand,
  export: exportCommand,
  files: filesCommand,
  outbox: outboxCommand,
  findings: findingsCommand,
  history: historyCommand,
  transactions: transactionsCommand,
  call: callCommand,
  calls: callsCommand,
  command: commandCommand,
  configuration: configurationCommand,
  diagnostics: diagnosticsCommand,
  access: accessCommand,
  forget: forgetCommand,
  log: logCommand,
  ports: portsCommand,
  console: consoleCommand,
  bridge: bridgeCommand,
  modbus: modbusCommand,
  api: apiCommand,
  firewall: firewallCommand,
  link: linkCommand,
  "move-record": moveRecordCommand,
  stop: stopCommand,
  "own-log": ownLogCommand,
  root: rootCommand,
};

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
  const subcommand = Object.hasOwn(subcommands, name) ? subcommands[name] : undefined;
  if (!subcommand) {
    const asked = name === "help" || name === "--help" || name === "-h";
    if (asked) printText(help());
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

function help(): string {
  const lines = Object.values(subcommands).map(({ usage, summary }) => `  ${usage}\n      ${summary}`);
  return `Plugside: the local central system for the charging station in front of you.\n\n${lines.join("\n")}\n
Exit codes: 0 done, 1 failed, 2 refused by the station, 3 no answer, 4 offline, 5 bad input.
In PowerShell 5.1 set [Console]::OutputEncoding = [Text.Encoding]::UTF8 before a pipe, and write JSON arguments to a file: @FILE.\n`;
}
