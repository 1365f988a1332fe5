import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test, vi } from "vitest";
import { storedZip } from "../../test/harness/zip.ts";
import { type Bench, openBench } from "../session/testing/bench.ts";
import type { Attempt } from "../station/attempts.ts";
import { AttemptsRepository } from "../store/attempts.ts";
import { FilesRepository } from "../store/files/files.ts";
import { BookmarksRepository } from "../store/kept/bookmarks.ts";
import { OutboxRepository } from "../store/kept/outbox.ts";
import { SavedCallsRepository } from "../store/kept/saved-calls.ts";
import { main, run } from "./main.ts";
import { version } from "./subcommands/core/version.ts";
import { outputListeners, printed, slowReader, terminal } from "./testing/printed.ts";

/** A station of 1.6 through a session with oddities, on a record of its own; what it holds is the same each time but for ids by chance. */
async function recorded(): Promise<Bench> {
  const bench = await openBench("1.6");
  const say = (id: string, action: string, payload: object) => bench.say(JSON.stringify([2, id, action, payload]));
  const transactionId = 1;
  say("1", "BootNotification", {
    ...{ chargePointVendor: "Acme", chargePointModel: "One", chargePointSerialNumber: "S1", firmwareVersion: "1.2" },
  });
  say("2", "StatusNotification", { connectorId: 1, status: "Available", errorCode: "NoError" });
  say("3", "Authorize", { idTag: "04A1B2C3" });
  say("4", "StartTransaction", {
    connectorId: 1,
    idTag: "04A1B2C3",
    meterStart: 1000,
    timestamp: "2026-01-01T00:00:04Z",
  });
  const started = JSON.parse(bench.sent.at(-1) ?? "[]")[2]?.transactionId ?? transactionId;
  say("5", "StatusNotification", { connectorId: 1, status: "Charging", errorCode: "NoError" });
  const sampledValue = [{ value: "1500", measurand: "Energy.Active.Import.Register", unit: "Wh" }];
  say("6", "MeterValues", {
    connectorId: 1,
    transactionId: started,
    meterValue: [{ timestamp: "2026-01-01T00:00:06Z", sampledValue }],
  });
  say("7", "StatusNotification", {
    connectorId: 1,
    status: "Faulted",
    errorCode: "GroundFailure",
    vendorErrorCode: "=E7",
  });
  bench.ask("ChangeConfiguration", { key: "AuthorizationKey", value: "a-secret-of-16-b" });
  bench.say(`[3,${JSON.stringify(JSON.parse(bench.sent.at(-1) ?? "[]")[1])},{"status":"Accepted"}]`);
  bench.ask("GetConfiguration", {});
  const configurationKey = [{ key: "HeartbeatInterval", readonly: false, value: "300" }];
  bench.say(`[3,${JSON.stringify(JSON.parse(bench.sent.at(-1) ?? "[]")[1])},${JSON.stringify({ configurationKey })}]`);
  say("8", "StopTransaction", {
    transactionId: started,
    idTag: "04A1B2C3",
    meterStop: 1600,
    timestamp: "2026-01-01T00:00:09Z",
    reason: "Local",
  });
  say("9", "Heartbeat", { colour: "red" });
  bench.say("[2,");
  bench.closed();
  bench.parts.recorder.flush();
  bench.save();
  return bench;
}

const commands: string[][] = [
  ["stations"],
  ["stations", "CP1"],
  ["stations", "NOBODY"],
  ["frames"],
  ["frames", "--csv", "--station", "CP1"],
  ["frames", "--raw", "--json"],
  ["history"],
  ["history", "CP1", "--lang", "sv", "--group", "errors", "--last", "2"],
  ["history", "--csv", "--group", "nothing"],
  ["transactions", "CP1"],
  ["transactions", "--csv"],
  ["findings"],
  ["findings", "--lang", "sv", "--csv"],
  ["findings", "--station", "NOBODY"],
  ["findings", "--station", "CP1", "--json"],
  ["attempts"],
  ["attempts", "--csv", "--lang", "sv"],
  ["configuration", "CP1"],
  ["configuration", "CP1", "--csv"],
  ["bookmarks"],
  ["calls"],
  ["files"],
  ["outbox"],
  ["command", "CP1", "reset", "--set", "kind=soft"],
  ["command", "CP1", "reset", "--set", "kind=loud"],
  ["call", "CP1", "Reset", '{"type":"Soft"}'],
  ["api", "stations.list"],
  ["export", "frames", "CP1", "--out", "-"],
  ["export", "history", "--group", "errors", "--format", "csv", "--out", "-"],
  ["export", "findings", "NOBODY", "--out", "-"],
  ["export", "history", "--from", "2026-01-01T00:00:05Z", "--to", "2026-01-01T01:00:07+01:00", "--out", "-"],
  ["export", "frames", "CP1", "--filter", "action:Heartbeat", "--out", "-"],
  ["export", "frames", "--problems", "--format", "csv", "--lang", "sv", "--out", "-"],
  ["export", "samples", "CP1", "--format", "csv", "--out", "-"],
  ["export", "transactions", "--out", "-"],
  ["export", "findings", "--severity", "error", "--out", "-"],
  ["export", "attempts", "--stopped", "--out", "-"],
  ["export", "samples", "CP1", "--out", "FOLDER/samples.csv", "--json"],
  ["export", "samples", "CP1", "--out", "FOLDER/samples.csv"],
  ["export", "samples", "CP1", "--out", "FOLDER/samples.parquet"],
  ["transactions", "--json", "--last", "1"],
  ["stations", "--json"],
  ["frames", "--since", "12", "--pseudonyms"],
  ["findings", "--pseudonyms"],
  ["stations", "CP1", "--at", "#8"],
  ["history", "--json", "--last", "1"],
  ["findings", "--ticket", "--station", "CP1"],
  ["attempts", "--json"],
  ["calls", "--json"],
  ["access", "CP1"],
  ["diagnostics", "CP1"],
  ["console"],
  ["modbus", "stations"],
  ["stop"],
  ["link"],
  ["firewall"],
  ["root"],
  ["forget", "CP1"],
  ["bookmarks", "set", "3"],
  ["calls", "remove", "one"],
  ["files", "get", "1", "--out", "nowhere"],
  ["files", "remove", "1"],
  ["outbox", "destinations"],
  ["outbox", "run"],
  ["modbus", "detach", "WALL1"],
  ["console", "COM3", "--clear"],
  ["console", "COM3", "--past"],
  ["no-such-command"],
  ["stations", "--no-such-option"],
];

test("what there is, and how each is called", async () => {
  const said = terminal();
  onTestFinished(said.end);
  expect(await run(["--help"])).toBe(0);
  // The calls and feeds themselves are as many as there are contracts.
  await expect(said.out().replace(/NAME: access\..*/, "NAME: …")).toMatchFileSnapshot("told/help.txt");
  said.clear();
  expect(await run(["stop", "-h"])).toBe(0);
  expect(said.out()).toMatch(/^plugside stop \[--data DIR\] \[--json\]\n\n/);
  said.clear();
  expect(await run(["stop", "--help"])).toBe(0);
  expect(said.out()).toMatch(/^plugside stop /);
  for (const asked of [["help"], ["-h"], []]) {
    said.clear();
    expect([await run(asked), said.out().split("\n")[0]]).toEqual([
      0,
      "Plugside: the local central system for the charging station in front of you.",
    ]);
  }
  said.clear();
  expect([await run(["--version"]), await run(["-v"]), said.out()]).toEqual([0, 0, `${version}\n${version}\n`]);
  expect([await run(["toString"]), said.err()]).toEqual([5, expect.stringMatching(/^There is no command toString\./)]);
});

test("the process ends with the command's exit code, once all that it printed has left", async () => {
  const exit = vi.spyOn(process, "exit").mockImplementation((() => undefined) as never);
  const { exitCode } = process;
  onTestFinished(() => {
    process.exitCode = exitCode;
  });
  outputListeners();
  const reader = slowReader();
  const ended = main(["no-such-command"]);
  await expect.poll(() => reader.pieces).toHaveLength(1);
  expect([process.exitCode, exit.mock.calls]).toEqual([5, []]);
  reader.take();
  await ended;
  expect(exit.mock.calls).toEqual([[]]);
});

test("what each command prints of a record that no core runs on", async () => {
  const { database } = await recorded();
  const bookmarks = new BookmarksRepository(database);
  for (const bookmark of [{ seq: 13 }, { seq: 3, note: "the boot" }]) bookmarks.set(bookmark);
  const calls = new SavedCallsRepository(database);
  for (const [name, payload] of [
    ["what it holds", "{}"],
    ["beat", '{"key":["HeartbeatInterval"]}'],
  ] as const)
    calls.save({ name, action: "GetConfiguration", payload });
  const folder = dirname(database.path);
  const told: string[] = [];
  for (const args of commands) {
    const given = args.map((word) => word.replace("FOLDER", folder));
    told.push(await printed(given, ["--data", folder]));
  }
  const steady = told
    .join("\n")
    .replaceAll(folder, "FOLDER")
    .replace(/Written: .*/, "Written: NOW")
    .replace(/(?<=(?:secret|card)-)[0-9a-f]{8}/g, "NAME")
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "UUID");
  await expect(steady).toMatchFileSnapshot("told/record.txt");
});

test("of a record that no core runs on: what is kept with it, what goes onward, who tried, and how each was then", async () => {
  const { database, say, sent, parts, save } = await openBench("1.6");
  const folder = dirname(database.path);
  for (const meterStart of [100, 200, 300]) {
    say(JSON.stringify([2, `${meterStart}`, "StartTransaction", { ...started, meterStart }]));
    const [, , { transactionId }] = JSON.parse(sent.at(-1) ?? "[]");
    say(
      JSON.stringify([
        2,
        `${meterStart}.`,
        "StopTransaction",
        { ...stopped, transactionId, meterStop: meterStart + 50 },
      ]),
    );
  }
  parts.recorder.flush();
  save();
  const files = new FilesRepository(database);
  const kept = { sha256: "abc", state: "whole", note: "a note" } as const;
  files.put({ ...files.add({ station: "CP1", name: "a.log", at: 1000 }), ...kept, bytes: 5 });
  files.add({ name: "b.log", at: 2000 });
  mkdirSync(join(folder, "files"));
  writeFileSync(join(folder, "files", "1"), "bytes");
  const outbox = new OutboxRepository(database);
  outbox.saveDestination({ name: "stick", kind: "folder", path: "/stick" });
  outbox.add({ file: 1, name: "a.log", destination: "stick", state: "waiting", at: 5, tries: 2, nextAt: 6 });
  const attempts = Array.from({ length: 201 }, (_, at) => attemptAt(at + 1));
  new AttemptsRepository(database).save(attempts, []);
  const told: string[] = [];
  for (const args of [
    ["files"],
    ["files", "CP1"],
    ["files", "CP9"],
    ["files", "get", "1", "--out", "FOLDER/out"],
    ["files", "get", "1", "--out", "FOLDER/out"],
    ["outbox"],
    ["outbox", "destinations"],
    ["attempts"],
    ["attempts", "--stopped"],
    ["transactions"],
    ["transactions", "CP1", "--last", "2.9"],
    ["stations", "--at", "2020-01-01T00:00:00Z"],
    ["stations", "--at", "#1"],
    ["stations", "--at", "2100-01-01T00:00:00Z"],
  ]) {
    const given = args.map((word) => word.replace("FOLDER", folder));
    told.push((await printed(given, ["--data", folder])).replaceAll(folder, "FOLDER"));
  }
  expect(readFileSync(join(folder, "out"), "utf8")).toBe("bytes");
  // The last two hundred, oldest first; the oldest of them has two causes.
  const addresses = [...(told[7] ?? "").matchAll(/192\.0\.2\.(\d+)\t/g)].map(([, id]) => Number(id));
  expect(addresses).toEqual(Array.from({ length: 200 }, (_, at) => at + 2));
  told.splice(7, 1);
  await expect(told.join("\n")).toMatchFileSnapshot("told/kept.txt");
});

const started = { connectorId: 1, idTag: "04A1B2C3", timestamp: "2026-01-01T00:00:04Z" };
const stopped = { timestamp: "2026-01-01T00:00:09Z", reason: "Local" };

/** One that was stopped, the second of all for two causes and twice; the others came in. */
function attemptAt(id: number): Attempt {
  const cause = (code: string) => ({ code, said: "what it said" });
  return {
    ...{ id, firstAt: id, lastAt: id * 1000, remoteAddress: `192.0.2.${id}`, remotePort: 1, localPort: 9000 },
    ...(id === 2
      ? { state: "stopped", passed: "tcp", repeats: 2, causes: [cause("unknown-ca"), cause("tls-closed")] }
      : { state: "ended", passed: "boot", repeats: 1, causes: [], identity: "CP1" }),
  } as unknown as Attempt;
}

const lines = [
  "2026-05-03 10:00:00.331 INFO kernel: Linux version 5.10.0 (builder)",
  "2026-05-03 10:00:01.049 INFO ocpp: boot",
  '2026-05-03 10:00:02.000 DEBUG ocpp: sent [2,"1","BootNotification",{"chargePointVendor":"Acme","chargePointModel":"One"}]',
  '2026-05-03 10:00:02.100 DEBUG ocpp: got [3,"1",{"status":"Accepted","currentTime":"2026-05-03T08:00:02Z","interval":300}]',
  "2026-05-03 10:00:03.000 ERROR meter: no answer from 7",
  "2026-05-03 10:00:04.000 ERROR meter: no answer from 8",
  "2026-05-03 09:00:05.000 WARN clock: set, password=hunter22",
  "no stamp, \u00e5\u00e4\u00f6 \x1b[31mred",
];

/** A folder that goes with the test. */
function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "plugside-told-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A file with these lines, of a time of its own. */
function logOf(said: readonly string[]): string {
  const path = join(emptyFolder(), "station.log");
  writeFileSync(path, said.join("\n"));
  utimesSync(path, 1_777_777_777, 1_777_777_777);
  return path;
}

test.each<[name: string, args: string[]]>([
  ["summary", []],
  ["summary-sv", ["--lang", "sv"]],
  ["summary-json", ["--json", "--zone", "+02:00"]],
  ["summary-utc", ["--zone", "UTC"]],
  ["list", ["--list"]],
  ["search", ["--grep", "no answer from \\d", "--limit", "1"]],
  ["level", ["--level", "error,warning"]],
  ["case", ["--text", "ERROR", "--match-case", "--json"]],
  ["period", ["--from", "2026-05-03 10:00:03", "--to", "2026-05-03T10:00:04", "--zone", "+02:00"]],
  ["lines", ["--lines", "7-9"]],
  ["raw", ["--lines", "7", "--raw"]],
  ["period-own-zone", ["--from", "2026-05-03 10:00:03", "--to", "2026-05-03T10:00:04"]],
  ["at", ["--at", "2026-05-03T08:00:03Z"]],
  ["at-own-zone", ["--at", "2026-05-03T10:00:03"]],
  ["at-one", ["--at", "2026-05-03T08:00:03Z", "--limit", "1"]],
  ["hex", ["--hex", "16", "--limit", "2"]],
  ["nothing", ["--text", "nowhere"]],
  ["no-part", ["--part", "9"]],
])("what a log tells: %s", async (name, args) => {
  const path = logOf(lines);
  const told = (await printed(["log", path, ...args])).replaceAll(dirname(path), "FOLDER");
  await expect(told).toMatchFileSnapshot(`told/log-${name}.txt`);
});

test("a log is shown fifty lines, or rows of bytes, at a time", async () => {
  const path = logOf(Array.from({ length: 60 }, (_, at) => `2026-05-03 10:00:${at + 10} INFO a line`));
  for (const place of [
    ["--at", "2026-05-03T10:00:10Z"],
    ["--hex", "0"],
  ]) {
    const told = await printed(["log", path, ...place]);
    expect([place[0], told.match(/^station\.log\t/gm)?.length]).toEqual([place[0], 50]);
  }
});

test("of a long log each line that is asked for is told once, in its order, and no more than is asked for", async () => {
  const path = logOf(
    Array.from({ length: 1203 }, (_, at) => `2026-05-03 10:00:00 ${at % 2 ? "ERROR odd" : "INFO even"}`),
  );
  const told = async (...args: string[]) =>
    [...(await printed(["log", path, ...args])).matchAll(/^station\.log\t(\d+)\t/gm)].map(([, line]) => Number(line));
  const from = (first: number, last: number, step = 1) =>
    Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, at) => first + at * step);
  expect(await told("--lines", "2-1201")).toEqual(from(2, 1201));
  expect(await told("--lines", "1200-9999")).toEqual(from(1200, 1203));
  expect(await told("--lines", "2-1201", "--limit", "501")).toEqual(from(2, 502));
  expect(await told("--text", "odd")).toEqual(from(2, 1202, 2));
  expect(await told("--level", "error", "--limit", "501")).toEqual(from(2, 1002, 2));
  expect(await told("--at", "2026-05-03T10:00:00", "--limit", "7")).toEqual(from(1, 7));
  expect(await told("--lines", "1204")).toEqual([]);
});

test.skipIf(process.platform !== "linux")("a log is let go of, whatever was found in it", async () => {
  const path = logOf(lines);
  const isOpen = () =>
    readdirSync("/proc/self/fd").some((file) => {
      try {
        return readlinkSync(`/proc/self/fd/${file}`) === path;
      } catch {
        return false;
      }
    });
  for (const args of [[], ["--list"], ["--part", "9"], ["--text", "x", "--limit", "1"]]) {
    await printed(["log", path, ...args]);
    expect([args, isOpen()]).toEqual([args, false]);
  }
});

test("what the profiles of Modbus devices say of themselves", async () => {
  const all = await printed(["modbus", "profiles"]);
  const [, first = ""] = /^([\w-]+)\t/m.exec(all) ?? [];
  expect(first).not.toBe("");
  for (const args of [
    ["modbus", "profiles", first],
    ["modbus", "profiles", "wallbe"],
    ["modbus", "profiles", "no-such-one"],
  ])
    await expect(await printed(args)).toMatchFileSnapshot(`told/modbus-${args[2]}.txt`);
});

test.each([
  ["/dev/plugside-none", "/dev/plugside-none is not there.", 1],
  ["127.0.0.1:1", "127.0.0.1:1 cannot be reached", 3],
])("why nobody was asked over Modbus, and why nobody answered: %s", async (place, why, code) => {
  const told = await printed(["modbus", "read", place, "--registers", "0", "--data", emptyFolder()]);
  expect(told).toContain(why);
  expect(told).toMatch(new RegExp(`= ${code}\\n$`));
});

test("times since the start, and those without a year, are told as what they are", async () => {
  const told: string[] = [];
  for (const [said, ...args] of [
    [["[   12.345678] usb", "[    1.500000] again"], "--lines", "1-9"],
    [["[   12.345678] usb", "[    1.500000] again"], "--at", "2026-05-03"],
    [["[   12.345678] usb", "[    1.500000] again"]],
    [["[   12.345678] usb", "2026-05-03 10:00:00 INFO a"], "--zone=+02:00"],
    [["2026-05-03 10:00:00 INFO a", "[   12.345678] usb"], "--zone=+02:00"],
    [["May  3 03:09:20 host a", "May  4 10:00:00 host b", "May  6 10:00:00 host c"], "--lines", "1-9"],
    [["May  3 03:09:20 host a", "May  4 10:00:00 host b", "Dec 31 10:00:00 host c"], "--zone=+02:00"],
  ] as const) {
    const path = logOf(said);
    told.push((await printed(["log", path, ...args])).replaceAll(dirname(path), "FOLDER"));
  }
  await expect(told.join("\n")).toMatchFileSnapshot("told/log-clocks.txt");
});

test("a year that a log leaves out is that of the file as it was packed, and not of the archive", async () => {
  const packed = join(emptyFolder(), "log.zip");
  writeFileSync(packed, storedZip("station.log", Buffer.from("May  3 03:09:20 host a\n")));
  const told = [await printed(["log", packed, "--lines", "1"]), await printed(["log", packed])];
  expect(told.map((text) => text.match(/\d{4}-05-03T03:09:20/)?.[0])).toEqual(Array(2).fill("1980-05-03T03:09:20"));
});

test("what is told of archives: their parts, one of them, and what cannot be read", async () => {
  const folder = fileURLToPath(new URL("../../test/archives", import.meta.url));
  const of = (name: string, ...args: string[]) => printed(["log", join(folder, name), ...args]);
  const bytes = join(emptyFolder(), "bytes.bin");
  writeFileSync(
    bytes,
    Uint8Array.from({ length: 40 }, (_, at) => (at * 97) % 256),
  );
  utimesSync(bytes, 1_777_777_777, 1_777_777_777);
  const told = [
    await of("deflate.zip", "--list"),
    await of("deflate.zip", "--list", "--json", "--lang", "sv"),
    await of("deflate.zip", "--list", "--limit", "1"),
    await of("deflate.zip", "--lines", "2-3"),
    await of("deflate.zip", "--lines", "1-9", "--limit", "3", "--part", "station.log", "--json"),
    await of("deflate.zip", "--lines", "1", "--part", "0.0"),
    await of("deflate.zip", "--grep", "^.*(notes|error)", "--limit", "2"),
    await of("deflate.zip", "--hex", "5", "--limit", "1"),
    await of("deflate.zip", "--hex", "5", "--limit", "1", "--part", "0.1", "--json"),
    await of("deflate.zip", "--at", "2026-05-03", "--zone=-01:00", "--limit", "1"),
    await of("deflate.zip", "--zone", "z"),
    await of("encrypted.zip", "--list"),
    await of("encrypted.zip", "--lines", "1"),
    await of("encrypted.zip"),
    await of("ppmd.7z", "--text", "x", "--lang", "sv"),
    await of("README.md", "--text", "archive", "--level", "error"),
    await of("station.log.bz2", "--list"),
    await of("two-streams.xz", "--lines", "1", "--json"),
    await printed(["log", bytes]),
    await printed(["log", bytes, "--list"]),
    await printed(["log", bytes, "--hex", "0"]),
    await printed(["log", bytes, "--text", "x", "--part", "0"]),
  ];
  await expect(told.join("\n").replaceAll(folder, "ARCHIVES").replaceAll(dirname(bytes), "FOLDER")).toMatchFileSnapshot(
    "told/archives.txt",
  );
});
