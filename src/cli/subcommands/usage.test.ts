import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { UsageError } from "../../api/start-options.ts";
import { FailureError } from "../../lib/contract.ts";
import type { Subcommand } from "../subcommand.ts";
import { terminal } from "../testing/printed.ts";
import { moveRecordCommand } from "./core/move-record.ts";
import { ownLogCommand } from "./core/own-log.ts";
import { rootCommand } from "./core/root.ts";
import { serveCommand } from "./core/serve.ts";
import { logCommand } from "./log.ts";
import { modbusCommand } from "./modbus/modbus.ts";
import { attemptsCommand } from "./record/attempts.ts";
import { bookmarksCommand } from "./record/bookmarks.ts";
import { exportCommand } from "./record/export.ts";
import { filesCommand } from "./record/files.ts";
import { findingsCommand } from "./record/findings.ts";
import { framesCommand } from "./record/frames.ts";
import { historyCommand } from "./record/history.ts";
import { outboxCommand } from "./record/outbox.ts";
import { transactionsCommand } from "./record/transactions.ts";
import { bridgeCommand } from "./serial/bridge.ts";
import { consoleCommand } from "./serial/console.ts";
import { portsCommand } from "./serial/ports.ts";
import { accessCommand } from "./stations/access.ts";
import { apiCommand } from "./stations/api.ts";
import { callCommand } from "./stations/call.ts";
import { callsCommand } from "./stations/calls.ts";
import { commandCommand } from "./stations/command.ts";
import { configurationCommand } from "./stations/configuration.ts";
import { diagnosticsCommand } from "./stations/diagnostics.ts";
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
  ["attempts", attemptsCommand, ["--json", "--csv"], "--json and --csv exclude each other."],
  ["attempts", attemptsCommand, ["--lang", "de"], "--lang takes en or sv"],
  ["bookmarks", bookmarksCommand, ["set"], "bookmarks takes nothing, set FRAME or remove FRAME."],
  ["bookmarks", bookmarksCommand, ["keep", "1"], "bookmarks takes nothing, set FRAME or remove FRAME."],
  ["bookmarks", bookmarksCommand, ["set", "1", "2"], "bookmarks takes nothing, set FRAME or remove FRAME."],
  ["bookmarks", bookmarksCommand, ["set", "1.5"], 'A frame goes by its number; got "1.5".'],
  ["calls", callsCommand, ["save", "one"], "calls takes nothing, save NAME ACTION [JSON] or remove NAME."],
  ["transactions", transactionsCommand, ["one", "two"], "At most one station"],
  ["transactions", transactionsCommand, ["--last", "0"], "--last takes a number from 1 on."],
  ["export", exportCommand, [], "export takes LIST and at most one station."],
  ["export", exportCommand, ["frames", "S", "more"], "export takes LIST and at most one station."],
  ["export", exportCommand, ["frames"], "export takes --out FILE"],
  ["export", exportCommand, ["frames", "--out", "x", "--format", "xml"], "--format takes ndjson, csv or parquet"],
  ["export", exportCommand, ["frames", "--out", "-", "--format", "parquet"], "Parquet holds frames or samples"],
  ["export", exportCommand, ["findings", "--out", "x.parquet"], "Parquet holds frames or samples"],
  ["export", exportCommand, ["frames", "--out", "package.json", "--format", "csv"], "package.json is there already."],
  ["export", exportCommand, ["frames", "--out", "no/such/x.csv"], "There is no folder for no/such/x.csv."],
  ["export", exportCommand, ["frames", "--out", "x.csv"], "There is no record in "],
  ["diagnostics", diagnosticsCommand, [], "diagnostics takes one STATION."],
  ["diagnostics", diagnosticsCommand, ["S", "T"], "diagnostics takes one STATION."],
  ["diagnostics", diagnosticsCommand, ["S", "--wait", "0.5"], "--wait takes seconds, 1 to "],
  ["diagnostics", diagnosticsCommand, ["S", "--out", "package.json"], "package.json is there already."],
  ["diagnostics", diagnosticsCommand, ["S", "--kind", "all"], "--kind takes diagnostics, security, data-collector"],
  ["diagnostics", diagnosticsCommand, ["S", "--protocol", "smb"], "--protocol takes auto, "],
  ["diagnostics", diagnosticsCommand, ["S", "--from", "12"], '--from takes a time (2026-01-31T12:00:00Z); got "12".'],
  ["diagnostics", diagnosticsCommand, ["S", "--to", "soon"], "--to takes a time"],
  ["diagnostics", diagnosticsCommand, ["S", "--retries", "1.5"], "--retries takes a whole number."],
  ["diagnostics", diagnosticsCommand, ["S", "--retries=-1"], "--retries takes a whole number."],
  ["diagnostics", diagnosticsCommand, ["S", "--retry-seconds", "86401"], "--retry-seconds takes a whole number."],
  ["log", logCommand, [], "log takes one file."],
  ["log", logCommand, ["a", "b"], "log takes one file."],
  ["log", logCommand, ["a", "--list", "--hex", "0"], "--list, --lines, --at, --hex and a search exclude each other."],
  ["log", logCommand, ["a", "--grep", "x", "--text", "y"], "--grep and --text exclude each other."],
  ["log", logCommand, ["a", "--level", "error,loud"], "--level takes error, warning, info, debug"],
  ["log", logCommand, ["a", "--lines", "0"], '--lines takes NUMBER or FROM-TO, from 1 on; got "0".'],
  ["log", logCommand, ["a", "--lines", "5-4"], "--lines takes NUMBER or FROM-TO"],
  ["log", logCommand, ["a", "--at", "noon"], '--at takes a time (2026-01-31T12:00); got "noon".'],
  ["log", logCommand, ["a", "--zone", "Berlin"], '--zone takes UTC or an offset (+02:00); got "Berlin".'],
  ["log", logCommand, ["a", "--limit", "0"], '--limit takes a number from 1 on; got "0".'],
  ["ports", portsCommand, ["--try", "COM3,colour=red"], "--try knows no setting colour: baud, frame, flow."],
  ["ports", portsCommand, ["--try", ""], "port"],
  ["console", consoleCommand, ["a", "b"], "console takes one PORT."],
  ["console", consoleCommand, ["COM3,colour=red"], "console knows no setting colour: baud, frame, flow."],
  ["console", consoleCommand, ["COM3", "--baud", "x"], "baud"],
  ["console", consoleCommand, ["COM3", "--eol", "tab"], '--eol takes cr, lf, crlf, none; got "tab".'],
  ["console", consoleCommand, ["COM3", "--wait=-1"], "--wait takes seconds, 0 to 86400."],
  ["console", consoleCommand, ["COM3", "--wait", "86401"], "--wait takes seconds, 0 to 86400."],
  ["console", consoleCommand, ["COM3", "--break", "0"], "--break takes milliseconds, 1 to 5000."],
  ["console", consoleCommand, ["COM3", "--break", "5001"], "--break takes milliseconds, 1 to 5000."],
  ["console", consoleCommand, ["COM3", "--dtr", "up"], '--dtr takes on or off; got "up".'],
  ["console", consoleCommand, ["COM3", "--rts", "up"], '--rts takes on or off; got "up".'],
  ["console", consoleCommand, ["COM3", "--past", "--clear"], "--past and --clear exclude each other."],
  ["console", consoleCommand, ["COM3", "--send", "no-such-file"], "--send: no-such-file is not there."],
  ["bridge", bridgeCommand, ["COM3"], "A port and a URL are needed."],
  ["bridge", bridgeCommand, ["COM3", "ws://h/", "more"], "A port and a URL are needed."],
  ["bridge", bridgeCommand, ["COM3", "nowhere"], '"nowhere" is no URL'],
  ["bridge", bridgeCommand, ["COM3", "ws://h/", "--ca", "no-such-file"], "--ca: "],
  [
    "bridge",
    bridgeCommand,
    ["COM3,colour=red", "ws://h/"],
    "bridge knows no colour: baud, frame, flow, framing, id, ocpp.",
  ],
  ["bridge", bridgeCommand, ["COM3,ocpp=3", "ws://h/"], "bridge: ocpp takes 1.6, 2.0.1, 2.1."],
  ["bridge", bridgeCommand, ["COM3,id=a/b", "ws://h/"], "bridge: a/b can be no identity of a station."],
  ["bridge", bridgeCommand, ["COM3,framing=x", "ws://h/"], "bridge: framing takes auto, "],
  ["modbus", modbusCommand, [], "modbus takes profiles, read, watch, scan, listen, write"],
  ["modbus", modbusCommand, ["read"], "A place is needed"],
  ["modbus", modbusCommand, ["read", "h", "i"], "One place only, not also i."],
  [
    "modbus",
    modbusCommand,
    ["read", "h", "--registers", "0", "--profile", "x"],
    "--profile and --registers exclude each other.",
  ],
  ["modbus", modbusCommand, ["read", "h", "--table", "wooden"], "--table takes holding, input, coil, discrete."],
  ["modbus", modbusCommand, ["read", "h", "--unit", "256"], '--unit takes 0 to 255; got "256".'],
  [
    "modbus",
    modbusCommand,
    ["read", "h", "--registers", "9-8"],
    "--registers takes FIRST-LAST, at most 2000 of them; got",
  ],
  [
    "modbus",
    modbusCommand,
    ["read", "h", "--registers", "0-2000"],
    '--registers takes FIRST-LAST, at most 2000 of them; got "0-2000".',
  ],
  ["modbus", modbusCommand, ["read", "h", "--registers", "65536"], "--registers takes 0 to 65535"],
  ["modbus", modbusCommand, ["read", "h", "--profile", "./none.json"], "--profile: "],
  ["modbus", modbusCommand, ["watch", "h", "--every", "0.05"], "--every takes 0.1 to 3600 seconds."],
  ["modbus", modbusCommand, ["watch", "h", "--every", "3601"], "--every takes 0.1 to 3600 seconds."],
  ["modbus", modbusCommand, ["scan"], "A place is needed"],
  ["modbus", modbusCommand, ["scan", "h", "--units", "9-1"], "--units takes FIRST-LAST."],
  ["modbus", modbusCommand, ["listen", "10.0.0.1"], "listen takes a serial port"],
  ["modbus", modbusCommand, ["write", "h", "--profile", "x"], "write takes PLACE, --profile and --command"],
  ["modbus", modbusCommand, ["attach", "h"], "--modbus needs id=ID"],
  ["modbus", modbusCommand, ["attach", "h,id=A,colour=red"], "--modbus knows no colour"],
  ["modbus", modbusCommand, ["attach", "h,id=A,unit=256"], "unit takes 0 to 255"],
  ["modbus", modbusCommand, ["detach"], "detach takes the station's identity."],
  ["history", historyCommand, ["NOBODY"], "No station named NOBODY was ever heard of."],
  ["findings", findingsCommand, ["--station", "NOBODY"], "No station named NOBODY was ever heard of."],
  ["findings", findingsCommand, ["--ticket", "--station", "NOBODY"], "No station named NOBODY was ever heard of."],
  ["stations", stationsCommand, ["NOBODY"], "No station named NOBODY was ever heard of."],
  ["configuration", configurationCommand, ["NOBODY"], "No station named NOBODY was ever heard of."],
  ["calls", callsCommand, ["remove", "one", "two"], "calls takes nothing, save NAME ACTION [JSON] or remove NAME."],
  ["calls", callsCommand, ["save", "one", "Reset", "{}", "more"], "calls takes nothing, save NAME ACTION [JSON]"],
  ["files", filesCommand, ["get", "1", "2"], "files takes get, add, change or remove, or at most one station."],
  ["files", filesCommand, ["add", "a", "b", "c"], "files takes get, add, change or remove, or at most one station."],
  ["files", filesCommand, ["change", "1", "2"], "files takes get, add, change or remove, or at most one station."],
  ["files", filesCommand, ["remove", "1", "2"], "files takes get, add, change or remove, or at most one station."],
  ["files", filesCommand, ["get", "1.5", "--out", "x"], 'A file goes by its number; got "1.5".'],
  ["files", filesCommand, ["get", "1", "--out", "package.json"], "package.json is there already."],
  ["files", filesCommand, ["get", "1", "--out", "x"], "There is no file 1."],
  ["outbox", outboxCommand, ["add", "1"], "outbox takes add, preview, remove, run, destinations"],
  ["outbox", outboxCommand, ["add", "1", "stick", "more"], "outbox takes add, preview, remove, run, destinations"],
  ["outbox", outboxCommand, ["destinations", "stick"], "outbox takes add, preview, remove, run, destinations"],
  ["outbox", outboxCommand, ["remove", "0"], 'It goes by its number; got "0".'],
  ["outbox", outboxCommand, ["run", "--wait", "1000001"], '--wait takes seconds from 0 to 1000000; got "1000001".'],
  ["outbox", outboxCommand, ["run", "--wait", ""], '--wait takes seconds from 0 to 1000000; got "".'],
  ["export", exportCommand, ["party", "--out", "x"], "LIST is one of frames, "],
  ["export", exportCommand, ["frames", "--out", "x", "--group", "link"], "--group does not go with frames."],
  ["export", exportCommand, ["history", "--out", "x", "--problems"], "--problems does not go with history."],
  ["export", exportCommand, ["samples", "--out", "x", "--filter", "a"], "--filter does not go with samples."],
  ["export", exportCommand, ["transactions", "--out", "x", "--from", "2d"], "--from does not go with transactions."],
  ["export", exportCommand, ["findings", "--out", "x", "--stopped"], "--stopped does not go with findings."],
  ["export", exportCommand, ["attempts", "--out", "x", "--rule", "r"], "--rule does not go with attempts."],
  ["export", exportCommand, ["frames", "--out", "x", "--filter", "dir:up"], "--filter: no such value dir:up."],
  [
    "export",
    exportCommand,
    ["frames", "--out", "x", "--filter", "colour:red"],
    "--filter: there is no field colour:red.",
  ],
  [
    "export",
    exportCommand,
    ["frames", "--out", "x", "--from", "soon"],
    "--from takes a time (2026-01-31T12:00, 14:10, 2d)",
  ],
  [
    "export",
    exportCommand,
    ["history", "--out", "x", "--to", "25:00"],
    "--to takes a time (2026-01-31T12:00, 14:10, 2d)",
  ],
  ["export", exportCommand, ["history", "--out", "x", "--group", "party"], "groups.0: "],
  ["transactions", transactionsCommand, ["--last", "many"], '--last takes a number; got "many".'],
  ["transactions", transactionsCommand, ["NOBODY"], "No station named NOBODY was ever heard of."],
  [
    "console",
    consoleCommand,
    ["COM3", "--profile", "toaster"],
    "--profile takes esp-idf, linux-shell, openevse-rapi, ",
  ],
  ["console", consoleCommand, ["COM3", "--show", "party"], "--show takes status, errors, configuration, all; got"],
  ["console", consoleCommand, ["COM3", "--show", "status"], "--show needs the --profile of the make."],
  [
    "serve",
    serveCommand,
    ["--console", "COM3,profile=toaster,id=A"],
    "--console: profile takes esp-idf, linux-shell, openevse-rapi, ",
  ],
  [
    "serve",
    serveCommand,
    ["--console", "COM3,profile=openevse-rapi"],
    "--console: a profile needs the station's id=ID.",
  ],
  ["serve", serveCommand, ["--console", "COM3,id=a/b"], "--console: a/b can be no identity of a station."],
  ["serve", serveCommand, ["--console", "COM3,ocpp=1.6"], "--console knows no ocpp: baud, frame, flow, profile, id."],
  ["serve", serveCommand, ["--serial", "COM3,framing=x"], "--serial: framing takes auto, lines, "],
  ["serve", serveCommand, ["--serial", "COM3,id=a/b"], "--serial: a/b can be no identity of a station."],
  ["serve", serveCommand, ["--serial", "COM3,baud=x"], "--serial: "],
  ["simulate", simulateCommand, ["--url", "http://h/", "--id", "S"], "--url takes ws://HOST:PORT/ or wss://"],
  ["simulate", simulateCommand, ["--url", "ws://", "--id", "S"], "--url takes ws://HOST:PORT/ or wss://"],
  ["simulate", simulateCommand, [...virtual, "--serial", "COM3"], "--url and --serial exclude each other."],
  ["simulate", simulateCommand, [...virtual, "--ocpp", "1.5"], "--ocpp takes 1.6, 2.0.1 or 2.1."],
  ["simulate", simulateCommand, [...virtual, "--ocpp", "1.6", "--scenario", "party"], "--scenario takes day, "],
  ["simulate", simulateCommand, ["--serial", "COM3,framing=auto", "--id", "S"], "--serial: framing takes lines, "],
  [
    "simulate",
    simulateCommand,
    ["--serial", "COM3,id=A", "--id", "S"],
    "--serial knows no id: baud, frame, flow, framing.",
  ],
  ["simulate", simulateCommand, ["--modbus", "h"], "--modbus needs --profile: what the device is."],
  ["simulate", simulateCommand, ["--modbus", "h", "--profile", "wallbe", "--unit", "256"], "--unit takes 0 to 255"],
  ["simulate", simulateCommand, ["--modbus", "h", "--profile", "wallbe", "--amperes", "x"], "amperes takes a number"],
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

test.each<[string, Subcommand, string[], number]>([
  ["diagnostics", diagnosticsCommand, ["S", "--wait", "1", "--retries", "0", "--retry-seconds", "0"], 4],
  ["diagnostics", diagnosticsCommand, ["S", "--wait", "86400", "--retries", "86400", "--retry-seconds", "86400"], 4],
  ["command", commandCommand, ["S", "clear-cache", "--wait", "86400"], 4],
  ["command", commandCommand, ["S", "clear-cache", "--wait=0.001"], 4],
  ["history", historyCommand, ["--last", "1"], 0],
  ["transactions", transactionsCommand, ["--last", "1"], 0],
  ["own-log", ownLogCommand, ["--lines", "1"], 0],
  ["bookmarks", bookmarksCommand, ["set", "#999999999999999"], 4],
  ["modbus", modbusCommand, ["read", "127.0.0.1:1", "--registers", "0-1999", "--unit", "255"], 3],
  ["modbus", modbusCommand, ["read", "127.0.0.1:1", "--registers", "0xfffF", "--unit", "0"], 3],
  ["modbus", modbusCommand, ["watch", "127.0.0.1:1", "--registers", "5-5", "--every", "0.1"], 3],
  ["modbus", modbusCommand, ["watch", "127.0.0.1:1", "--registers", "5", "--every", "3600"], 3],
])("%s: the outermost that can be meant is taken (%#)", async (_name, command, args, code) => {
  const folder = mkdtempSync(join(tmpdir(), "plugside-usage-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  onTestFinished(terminal().end);
  const ended = command.run([...args, "--data", folder]).catch((error: unknown) => {
    if (error instanceof FailureError) return `failed: ${error.message}`;
    throw error;
  });
  expect(await ended).toBe(code);
});
