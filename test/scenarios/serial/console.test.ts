import { spawn, spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { createRandom } from "../../../src/simulator/random.ts";
import type { ConsoleEntry } from "../../../src/station/serial/console.ts";
import { createOpener } from "../../../src/transports/serial/open-port.ts";
import { usualSettings } from "../../../src/transports/serial/settings.ts";
import { bound } from "../../harness/bound.ts";
import { feedCli, jsonOf, runCli, serveCli, startCli } from "../../harness/cli.ts";
import { connectTo } from "../../harness/client.ts";
import { snapshot, temporaryFolder, testCore, until } from "../../harness/core.ts";
import { mustSkip } from "../../harness/required.ts";
import { portPair } from "../../harness/serial/port-pair.ts";
import { noPtys, ptyPair } from "../../harness/serial/pty-pair.ts";
import { rawStation } from "../../harness/stations/raw-station.ts";

const textOf = (entries: readonly ConsoleEntry[], kind: "in" | "out") =>
  entries.map((entry) => (entry.kind === kind ? Buffer.from(entry.base64, "base64").toString() : "")).join("");
const notesOf = (entries: readonly ConsoleEntry[]) =>
  entries.flatMap((entry) => (entry.kind === "note" ? [entry.note.phrase] : []));

/** A device at the end of a wire, which answers each line. */
async function device(path: string, answer: (line: string) => string) {
  const port = await createOpener()(path, usualSettings);
  onTestFinished(() => port.dispose());
  let heard = "";
  port.listen({
    data(bytes) {
      heard += Buffer.from(bytes).toString("latin1");
      for (let end = heard.indexOf("\r"); end >= 0; end = heard.indexOf("\r")) {
        // What is on its way as the port is closed is not taken.
        port.write(Buffer.from(answer(heard.slice(0, end)))).catch(() => undefined);
        heard = heard.slice(end + 1);
      }
    },
    closed: () => undefined,
  });
  return port;
}

describe.skipIf(noPtys)("a console over a pair of serial ports", () => {
  test("a core that is killed loses nothing that was shown, and the next one has the console open again", async () => {
    const [folder, wire] = await Promise.all([temporaryFolder(), ptyPair()]);
    await device(wire.b, (line) => `you said ${line}\r\n> `);
    const core = await serveCli(folder);
    const before = connectTo(folder);
    const view = await before.call("console.open", { port: wire.a, baudRate: 57_600 });
    expect(view).toMatchObject({ state: "open", setup: { settings: { baudRate: 57_600 } } });
    for (const word of ["one", "two", "three"])
      await before.call("console.send", { port: wire.a, base64: Buffer.from(`${word}\r`).toString("base64") });
    const shown = await until(before, "console.live", { port: wire.a }, (all) =>
      textOf(all, "in").endsWith("you said three\r\n> "),
    );
    before.close();
    core.kill();
    await core.ended;
    const read = (await jsonOf("console", wire.a, "--past", "--data", folder, "--json")) as {
      kind: string;
      text: string;
    }[];
    expect(read.filter(({ kind }) => kind === "out").map(({ text }) => text)).toEqual(["one", "two", "three"]);
    await serveCli(folder);
    const after = connectTo(folder);
    onTestFinished(() => after.close());
    const kept = await after.call("console.page", { port: wire.a, after: 0, limit: 1000 });
    expect(kept.slice(0, shown.length)).toEqual(shown);
    await until(after, "console.list", {}, ([one]) => one?.state === "open");
    const others = await runCli("console", wire.a, "--clear", "--data", folder);
    expect(others.code).toBe(0);
    expect(textOf(await after.call("console.page", { port: wire.a, after: 0, limit: 10 }), "in")).toBe("");
  });

  test("boots and crashes of a station's console are in its history, in words, also after a restart", async () => {
    const [folder, wire] = await Promise.all([temporaryFolder(), ptyPair()]);
    const core = await serveCli(folder);
    const client = connectTo(folder);
    await client.call("console.open", { port: wire.a, station: "BOARD-1" });
    const port = await device(wire.b, () => "");
    await port.write(
      Buffer.from("Guru Meditation Error: Core  1 panic'ed (LoadProhibited). Exception was unhandled.\r\n"),
    );
    await port.write(Buffer.from("rst:0xc (SW_CPU_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)\r\n"));
    await until(client, "history.live", { station: "BOARD-1" }, (entries) => entries.length === 2);
    client.close();
    core.kill();
    await core.ended;
    const { stdout } = await runCli("history", "BOARD-1", "--data", folder, "--lang", "sv");
    expect(stdout).toMatch(/Konsolen: ESP32:n kraschade.*LoadProhibited/);
    expect(stdout).toMatch(/Konsolen: ESP32:n startade om \(av sin programvara\)/);
    const boots = await runCli("history", "BOARD-1", "--data", folder, "--group", "errors");
    expect(boots.stdout.trim().split("\n")).toHaveLength(1);
  });

  test("messages of OCPP on a console are frames of its station, read only, also after the core was killed", async () => {
    const [folder, wire] = await Promise.all([temporaryFolder(), ptyPair()]);
    const core = await serveCli(folder);
    const client = connectTo(folder);
    await client.call("console.open", { port: wire.a, station: "BOARD-1" });
    const port = await device(wire.b, () => "");
    await port.write(Buffer.from(`I (9) ocpp: Sending: ${boot}\r\nReceived: ${accepted}\r\nRX ${reset}\r\n`));
    await until(client, "messages.live", { filter: { station: "BOARD-1" } }, (rows) => rows.length === 3);
    const state = await until(client, "stations.state", { identity: "BOARD-1" }, (now) => now !== null);
    expect(state).toMatchObject({ link: { state: "never" }, frames: { in: 0, out: 0 }, info: {} });
    client.close();
    core.kill();
    await core.ended;
    const { stdout } = await runCli("frames", "--data", folder, "--json");
    const frames = stdout.trim().split("\n");
    expect(frames.map((line) => JSON.parse(line))).toMatchObject([
      { direction: "in", action: "BootNotification", text: boot },
      { direction: "out", action: "BootNotification", text: accepted },
      { direction: "out", action: "Reset", text: reset },
    ]);
    for (const line of frames)
      expect(JSON.parse(line)).toMatchObject({ station: "BOARD-1", lane: "console", carrier: "console", findings: [] });
    const heard = await runCli("history", "BOARD-1", "--data", folder, "--group", "link");
    expect(heard.stdout.trim().split("\n")).toEqual([expect.stringContaining("OCPP messages are printed")]);
  });

  test("an adapter that is pulled out in the middle is told, and taken up again", async () => {
    const [folder, wire] = await Promise.all([temporaryFolder(), ptyPair()]);
    await serveCli(folder);
    const client = connectTo(folder);
    onTestFinished(() => client.close());
    await client.call("console.open", { port: wire.a });
    await wire.unplug();
    await until(client, "console.list", {}, ([one]) => one?.state === "unplugged");
    const sent = client.call("console.send", { port: wire.a, base64: "eA==" });
    await expect(sent).rejects.toMatchObject({ code: "unavailable" });
    await wire.replug();
    await until(client, "console.list", {}, ([one]) => one?.state === "open");
    const port = await device(wire.b, () => "");
    await port.write(Buffer.from("back\r\n"));
    const all = await until(client, "console.live", { port: wire.a }, (now) => textOf(now, "in").includes("back"));
    expect(notesOf(all)).toEqual([
      "console-opened",
      expect.stringMatching(/^port-(gone|hung-up|lost-by)$/),
      "console-opened",
    ]);
  });

  test("pulled out under a script: the file says how far it came, the missing answer why, and both fail", async () => {
    const [folder, answering, full] = await Promise.all([temporaryFolder(), ptyPair(), ptyPair()]);
    const data = ["--data", join(folder, "none")];
    const file = join(folder, "file.bin");
    await writeFile(file, Buffer.alloc(300_000, 97));
    await device(answering.b, () => {
      void answering.unplug();
      return "";
    });
    const asked = feedCli("help\n", "console", answering.a, "--wait", "2", ...data);
    // Nobody reads at its other end.
    const sending = startCli(["console", full.a, "--json", "--send", file, ...data]);
    expect(JSON.parse(await sending.line())).toMatchObject({ kind: "note" });
    await full.unplug();
    expect(await sending.ended).toMatchObject({ code: 1 });
    expect(sending.stderr()).toMatch(/The file broke off: \d+ bytes of .* were sent[\s\S]*is gone/);
    expect(await asked).toMatchObject({ code: 1, stderr: expect.stringContaining("is gone") });
  });

  test("a script sends lines and a file, and gets lines; escape sequences are not among them", async () => {
    const [folder, wire] = await Promise.all([temporaryFolder(), ptyPair()]);
    const file = join(folder, "file.txt");
    await writeFile(file, "from a file\r");
    await device(wire.b, (line) => `\x1b]0;owned\x07\x1b[31m<${line}>\x1b[0m\r\n`);
    const args = ["console", `${wire.a},baud=9600`, "--data", join(folder, "data"), "--send", file];
    const { code, stdout, stderr } = await feedCli("help\nversion\n", ...args);
    expect({ code, stdout }).toEqual({ code: 0, stdout: "<from a file>\n<help>\n<version>\n" });
    expect(stderr).toContain("9600 baud, 8N1");
    const json = await feedCli(
      'help [2,"1","Heartbeat",{}]\n',
      ...args.slice(0, 4),
      "--json",
      "--eol",
      "crlf",
      "--record",
    );
    const lines = json.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines.map(({ kind, text }) => [kind, text]).filter(([kind]) => kind !== "note")).toEqual([
      ["out", 'help [2,"1","Heartbeat",{}]'],
      ["in", '<help [2,"1","Heartbeat",{}]>'],
      ["frame", '[2,"1","Heartbeat",{}]'],
    ]);
    const frames = await runCli("frames", "--data", join(folder, "data"));
    expect(frames.stdout).toMatch(/\t\t~<\t\[2,"1","Heartbeat",\{\}\]\n$/);
    const recorded = await jsonOf("console", "--data", join(folder, "data"), "--json");
    expect(recorded).toMatchObject([{ port: wire.a, bytes: expect.any(Number) }]);
  });

  test("the commands of a make that only show are sent one after the other, each once the last is answered", async () => {
    const [folder, wire] = await Promise.all([temporaryFolder(), ptyPair()]);
    await device(wire.b, (line) => `${line}: well\r\nuart:~$ `);
    const args = ["console", wire.a, "--profile", "zephyr", "--data", join(folder, "none"), "--show"];
    const { code, stdout, stderr } = await runCli(...args, "status");
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: "kernel version: well\nuart:~$ kernel uptime: well\nuart:~$ device list: well\nuart:~$ \n",
    });
    expect(stderr).toContain("Running since: kernel uptime");
  });

  test("a port that another program has is told with its name, and a console of the core is shared", async () => {
    const [folder, wire] = await Promise.all([temporaryFolder(), ptyPair()]);
    const holder = startCli(["console", wire.a, "--listen", "--json", "--data", join(folder, "none")]);
    expect(JSON.parse(await holder.line())).toMatchObject({ kind: "note" });
    const refused = await feedCli("", "console", wire.a, "--data", join(folder, "none"));
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/is in use by (?:node|another program)/);
    expect(await holder.end("SIGTERM")).toEqual({ code: 0, signal: null });
    await serveCli(folder);
    const client = connectTo(folder);
    onTestFinished(() => client.close());
    await client.call("console.open", { port: wire.a });
    await device(wire.b, (line) => `<${line}>\r\n`);
    const shared = await feedCli("hi\n", "console", wire.a, "--data", folder);
    expect(shared).toMatchObject({ code: 0, stdout: "<hi>\n" });
    expect(shared.stderr).toContain("open in the running core already");
    await until(client, "console.list", {}, ([one]) => one?.state === "open");
  });
});

const boot = '[2,"1","BootNotification",{"chargePointVendor":"Acme","chargePointModel":"One"}]';
const accepted = '[3,"1",{"currentTime":"2026-01-01T00:00:00Z","interval":300,"status":"Accepted"}]';
const reset = '[2,"77","Reset",{"type":"Soft"}]';

test("what a console of no station prints is of nobody, found by where it was heard, and goes with its console", async () => {
  const pair = portPair();
  const { client } = await testCore({ openPort: pair.open });
  await client.call("console.open", { port: "a" });
  const port = await pair.open("b", usualSettings);
  await port.write(Buffer.from(`${boot}\r\n${accepted}\r\n[2,"3","DataTransfer",{"vendorId":"x"}]\r\n`));
  const filter = { on: "console" as const };
  const rows = await until(client, "messages.live", { filter }, (all) => all.length === 3);
  expect(rows.map(({ station, direction, kind, action, lane }) => [station, direction, kind, action, lane])).toEqual([
    ["", "in", "call", "BootNotification", "console"],
    ["", "out", "result", "BootNotification", "console"],
    ["", "unknown", "call", "DataTransfer", "console"],
  ]);
  const answer = await client.call("messages.frame", { seq: rows[1]?.seq ?? 0 });
  expect(answer).toMatchObject({ console: "a", partner: { text: boot } });
  expect((await client.call("messages.page", { filter: { direction: "in" }, limit: 9 })).rows).toHaveLength(1);
  expect((await client.call("messages.page", { filter: { on: "link" }, limit: 9 })).rows).toEqual([]);
  await client.call("bookmarks.set", { seq: rows[2]?.seq ?? 0 });
  await until(client, "bookmarks.list", {}, ([one]) => one?.direction === "unknown" && one.lane === "console");
  expect(await snapshot(client, "stations.list", {})).toEqual([]);
  await client.call("console.clear", { port: "a" });
  expect((await client.call("messages.page", { filter: {}, limit: 9 })).rows).toEqual([]);
  expect((await client.call("history.page", { limit: 9 })).entries).toEqual([]);
});

test("a station that speaks to us is not what its console says: no answer, no state, no command of ours", async () => {
  const pair = portPair();
  const core = await testCore({ openPort: pair.open });
  const { client } = core;
  await client.call("console.open", { port: "a", station: "CP1" });
  const station = await rawStation(`${core.url}CP1`, ["ocpp1.6"]);
  station.send('[2,"1","Heartbeat",{}]');
  const identity = "CP1";
  const before = await until(client, "stations.state", { identity }, (now) => now?.frames.out === 1);
  const port = await pair.open("b", usualSettings);
  const faulted = '[2,"8","StatusNotification",{"connectorId":1,"status":"Faulted","errorCode":"GroundFailure"}]';
  await port.write(Buffer.from(`TX ${faulted}\r\nRX [3,"8",{}]\r\n`));
  await until(client, "messages.live", { filter: { on: "console" } }, (all) => all.length === 2);
  const after = await snapshot(client, "stations.state", { identity });
  const { evses, findings, info, lastSeenAt, link } = before ?? {};
  expect(after).toMatchObject({ evses, findings, info, lastSeenAt, link, frames: { in: 1 } });
});

test("a port is a console or an OCPP line, and not both", async () => {
  const pair = portPair();
  const { client } = await testCore({ openPort: pair.open });
  await client.call("console.open", { port: "a" });
  await expect(client.call("serial.openLine", { port: "a" })).rejects.toMatchObject({ code: "conflict" });
  await client.call("serial.openLine", { port: "b" });
  await expect(client.call("console.open", { port: "b" })).rejects.toMatchObject({ words: { phrase: "line-open" } });
});

test("noise and escapes without end are on record byte for byte, and cost no more than their bytes", async () => {
  const pair = portPair();
  const core = await testCore({ openPort: pair.open });
  const { client } = core;
  await client.call("console.open", { port: "a", station: "NOISE-1" });
  const port = await pair.open("b", usualSettings);
  const random = createRandom(7);
  const noise = Uint8Array.from({ length: 60_000 }, () => Math.floor(random.next() * 256));
  const bombs = [
    "\x1b]0;",
    "\x1b[",
    "9".repeat(5000),
    "\x1bP",
    "\x9d",
    "\x1b]52;c;",
    '[2,"',
    '[2,"1","Heartbeat",{}]'.repeat(2000),
  ];
  const panics = Array.from({ length: 3000 }, (_, n) => `Kernel panic - not syncing: number ${n}\r\n`);
  const sent = Buffer.concat([noise, ...[...bombs, "\n", ...panics].map((text) => Buffer.from(text))]);
  for (let at = 0; at < sent.length; at += 4096) await port.write(sent.subarray(at, at + 4096));
  const received = () => until(client, "console.list", {}, ([one]) => one?.counts.received === sent.length);
  await received();
  await until(client, "console.live", { port: "a" }, (all) => textOf(all, "in").includes("number 2999"));
  const entries: ConsoleEntry[] = [];
  for (let last = 0; ; last = entries.at(-1)?.id ?? 0) {
    const page = await client.call("console.page", { port: "a", after: last, limit: 2000 });
    if (page.length === 0) break;
    entries.push(...page);
  }
  const kept = entries.flatMap((entry) => (entry.kind === "in" ? [Buffer.from(entry.base64, "base64")] : []));
  expect(Buffer.concat(kept).equals(sent)).toBe(true);
  expect(entries.filter(({ kind }) => kind === "sign").length).toBeLessThanOrEqual(40);
  expect(entries.filter(({ kind }) => kind === "frame").length).toBeLessThanOrEqual(400);
});

const noPicocom = mustSkip(
  "picocom",
  spawnSync("picocom", ["--help"]).error === undefined,
  "A terminal program of others.",
);

test.skipIf(noPtys || noPicocom)("picocom at the other end hears and is heard", async () => {
  const [folder, wire] = await Promise.all([temporaryFolder(), ptyPair()]);
  await serveCli(folder);
  const client = connectTo(folder);
  onTestFinished(() => client.close());
  await client.call("console.open", { port: wire.a, baudRate: 9600, parity: "even" });
  const other = spawn(...bound("picocom", ["-q", "-b", "9600", "-y", "e", "--initstring", "from picocom\n", wire.b]));
  onTestFinished(() => void other.kill("SIGKILL"));
  let said = "";
  other.stdout.on("data", (data) => {
    said += String(data);
  });
  other.stdin.write("typed there\n");
  await until(client, "console.live", { port: wire.a }, (all) =>
    /from picocom[\r\n]+typed there/.test(textOf(all, "in")),
  );
  await client.call("console.send", { port: wire.a, base64: Buffer.from("heard here\r\n").toString("base64") });
  await expect.poll(() => said, { timeout: 10_000 }).toContain("heard here");
});

test.each([
  [["console", "COM3", "COM4"], "console takes one PORT"],
  [["console", "COM3,speed=1"], "console knows no setting speed"],
  [["console", "COM3", "--baud", "fast"], "baud takes 50 to 12000000"],
  [["console", "COM3", "--frame", "9N1"], "frame takes data bits"],
  [["console", "COM3", "--eol", "x"], "--eol takes cr, lf, crlf, none"],
  [["console", "COM3", "--dtr", "up"], "--dtr takes on or off"],
  [["console", "COM3", "--break", "0"], "--break takes milliseconds"],
  [["console", "COM3", "--show", "all"], "--show needs the --profile"],
  [["console", "COM3", "--show", "more", "--profile", "zephyr"], "--show takes status, errors"],
  [["console", "COM3", "--profile", "other"], "--profile takes"],
  [["console", "COM3", "--send", "/no/such/file"], "is not there"],
  [["console", "COM3", "--profile", "openevse-rapi", "--id", "X"], "no core runs on this folder"],
  [["serve", "--console", "COM3,profile=openevse-rapi"], "a profile needs the station's id=ID"],
  [["serve", "--console", "COM3,profile=other,id=X"], "profile takes esp-idf, linux-shell, openevse-rapi"],
  [["console", "/dev/ttyNONE"], "/dev/ttyNONE is not there"],
  [["console", "tcp://127.0.0.1:1"], "cannot be reached"],
])("%s", async (args, said) => {
  const { code, stderr } = await runCli(...args, "--data", await temporaryFolder());
  expect(code).not.toBe(0);
  expect(stderr).toContain(said);
});
