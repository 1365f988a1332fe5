import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { UsageError } from "../../api/start-options.ts";
import type { Subcommand } from "../subcommand.ts";
import { moveRecordCommand } from "./core/move-record.ts";
import { ownLogCommand } from "./core/own-log.ts";
import { rootCommand } from "./core/root.ts";
import { serveCommand } from "./core/serve.ts";
import { filesCommand } from "./record/files.ts";
import { findingsCommand } from "./record/findings.ts";
import { framesCommand } from "./record/frames.ts";
import { historyCommand } from "./record/history.ts";
import { outboxCommand } from "./record/outbox.ts";
import { accessCommand } from "./stations/access.ts";
import { apiCommand } from "./stations/api.ts";
import { callCommand } from "./stations/call.ts";
import { commandCommand } from "./stations/command.ts";
import { configurationCommand } from "./stations/configuration.ts";
import { forgetCommand } from "./stations/forget.ts";
import { simulateCommand } from "./stations/simulate.ts";
import { stationsCommand } from "./stations/stations.ts";

const virtual = ["--url", "ws://127.0.0.1:1/", "--id", "S"];

test.each<[string, Subcommand, string[], string]>([
  ["move-record", moveRecordCommand, [], "move-record takes --to DIR."],
  ["own-log", ownLogCommand, ["--lines", "0"], "--lines takes a whole number from 1"],
  ["own-log", ownLogCommand, ["--lines", "1.5"], "--lines takes a whole number from 1"],
  ["root", rootCommand, ["more"], "root takes no further words."],
  ["root", rootCommand, ["--out", ""], "--out needs a file."],
  ["serve", serveCommand, ["--ui", "0", "--no-ui"], "--ui and --no-ui exclude each other."],
  ["files", filesCommand, ["get", "1"], "get takes --out FILE."],
  ["outbox", outboxCommand, ["add", "one", "stick"], 'It goes by its number; got "one".'],
  ["outbox", outboxCommand, ["run", "--wait", "x"], '--wait takes seconds from 0 to 1000000; got "x".'],
  ["outbox", outboxCommand, ["--wait", "1"], "--wait goes with run."],
  ["outbox", outboxCommand, ["run", "--redacted"], "--redacted goes with add."],
  ["outbox", outboxCommand, ["--user", "u"], "What tells of a destination goes with outbox destination."],
  ["outbox", outboxCommand, ["destination", "d", "ftp://h/"], "A destination is a folder, https://"],
  ["outbox", outboxCommand, ["destination", "d", "s3://b/p"], "An S3 destination takes --user, the access key id."],
  ["outbox", outboxCommand, ["destination", "d", "sftp://h/f"], "An SFTP destination is sftp://USER@HOST:PORT/FOLDER."],
  ["outbox", outboxCommand, ["destination", "d", "sftp://u:p@h/f"], "Give the password by --secret"],
  ["outbox", outboxCommand, ["destination", "d", "/f", "--secret", "-"], "A folder takes no --user, --ca or --secret."],
  ["outbox", outboxCommand, ["destination", "d", "https://h/", "--kind", "ftp"], "--kind takes http or webdav"],
  ["outbox", outboxCommand, ["destination", "d", "https://h/", "--method", "GET"], "--method takes PUT or POST"],
  ["files", filesCommand, ["change", "1"], "change takes --name NAME or --note TEXT."],
  ["files", filesCommand, ["one", "two"], "files takes get, add, change or remove, or at most one station."],
  ["findings", findingsCommand, ["--csv", "--ticket"], "--ticket and --csv exclude each other."],
  ["findings", findingsCommand, ["--csv", "--json"], "--json and --csv exclude each other."],
  ["frames", framesCommand, ["--raw", "--pseudonyms"], "--raw and --pseudonyms exclude each other."],
  ["findings", findingsCommand, ["--lang", "de"], '--lang takes en or sv; got "de".'],
  ["frames", framesCommand, ["--follow"], "No core runs on this folder, so nothing will follow."],
  ["history", historyCommand, ["one", "two"], "At most one station"],
  ["history", historyCommand, ["--last", "0"], "--last takes a number from 1 on."],
  ["history", historyCommand, ["--last", "many"], '--last takes a number; got "many".'],
  ["history", historyCommand, ["--group", "party"], "--group takes "],
  ["access", accessCommand, [], "access takes STATION."],
  ["access", accessCommand, ["one", "two"], "access takes STATION."],
  ["access", accessCommand, ["S", "--keep", "both"], '--keep takes old or new; got "both".'],
  ["api", apiCommand, ["no.such.call"], "api takes one of: "],
  ["call", callCommand, ["S"], "call takes STATION ACTION [JSON]."],
  ["call", callCommand, ["S", "Reset", "{}", "more"], "call takes STATION ACTION [JSON]."],
  ["call", callCommand, ["S", "Reset", "{"], "The payload cannot be read: "],
  ["command", commandCommand, ["S"], "command takes STATION NAME."],
  ["command", commandCommand, ["S", "restart", "more"], "command takes STATION NAME."],
  ["command", commandCommand, ["S", "dance"], "There is no command dance. NAME is one of "],
  ["command", commandCommand, ["S", "reset", "--set", "=1"], '--set takes key=value; got "=1".'],
  ["command", commandCommand, ["S", "reset", "--set", "no"], '--set takes key=value; got "no".'],
  ["command", commandCommand, ["S", "reset", "--set", "no=1"], "reset takes: --set "],
  ["command", commandCommand, ["S", "reset", "--wait", "0"], "--wait takes seconds, 86400 at most."],
  ["command", commandCommand, ["S", "reset", "--wait=86401"], "--wait takes seconds, 86400 at most."],
  ["command", commandCommand, ["S", "reset", "--wait=soon"], "--wait takes seconds, 86400 at most."],
  ["configuration", configurationCommand, [], "configuration takes STATION."],
  ["configuration", configurationCommand, ["one", "two"], "configuration takes STATION."],
  ["forget", forgetCommand, [], "forget takes STATION."],
  ["forget", forgetCommand, ["one", "two"], "forget takes STATION."],
  ["stations", stationsCommand, ["one", "two"], "At most one station"],
  ["stations", stationsCommand, ["--at", "soon"], "--at takes a time (2026-01-31T12:00:00Z) or #FRAME"],
  ["simulate", simulateCommand, ["--url", "ws://127.0.0.1:1/"], "--id is missing"],
  ["simulate", simulateCommand, [...virtual, "--ocpp", "1.6", "--seed", "1.5"], "--seed takes a whole number."],
  ["simulate", simulateCommand, [...virtual, "--ocpp", "1.6", "--speed", "0.09"], "--speed takes 0.1 to 1000."],
  ["simulate", simulateCommand, [...virtual, "--ocpp", "1.6", "--speed", "1001"], "--speed takes 0.1 to 1000."],
  ["simulate", simulateCommand, [...virtual, "--ocpp", "1.6", "--connectors", "0"], "--connectors takes 1 to 8."],
  ["simulate", simulateCommand, [...virtual, "--ocpp", "1.6", "--connectors", "9"], "--connectors takes 1 to 8."],
  ["simulate", simulateCommand, [...virtual, "--ocpp", "1.6", "--quirk", "party"], "--quirk takes "],
  [
    "simulate",
    simulateCommand,
    [...virtual, "--ocpp", "1.6", "--cert", "package.json"],
    "--cert and --key belong together.",
  ],
  ["simulate", simulateCommand, [...virtual, "--ocpp", "1.6", "--ca", "no-such-file"], "--ca: "],
])("%s: what cannot be meant is bad input, said in words (%#)", async (_name, command, args, says) => {
  const folder = mkdtempSync(join(tmpdir(), "plugside-usage-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const data = command.usage.includes("--data") ? ["--data", folder] : [];
  const thrown: unknown = await command.run([...args, ...data]).then(
    (code) => `ended with ${code}`,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(UsageError);
  expect((thrown as UsageError).message).toContain(says);
});
