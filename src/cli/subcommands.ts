import type { Subcommand } from "./subcommand.ts";
import { firewallCommand } from "./subcommands/core/firewall.ts";
import { linkCommand } from "./subcommands/core/link.ts";
import { moveRecordCommand } from "./subcommands/core/move-record.ts";
import { ownLogCommand } from "./subcommands/core/own-log.ts";
import { rootCommand } from "./subcommands/core/root.ts";
import { serveCommand } from "./subcommands/core/serve.ts";
import { stopCommand } from "./subcommands/core/stop.ts";
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

/** Every subcommand by its name. Whoever adds one adds its line here. */
export const subcommands: Record<string, Subcommand> = {
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
