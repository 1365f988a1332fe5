import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, statSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { delimiter, join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import type { FrameRecord } from "../../src/services/messages/contract.ts";
import type { StationState } from "../../src/station/model.ts";
import { jsonOf, runCli, serveCli, startCli } from "../harness/cli.ts";
import { connectTo } from "../harness/client.ts";
import { temporaryFolder, until } from "../harness/core.ts";
import { type RawStation, rawStation } from "../harness/raw-station.ts";

const boot = { chargePointVendor: "Vendor", chargePointModel: "Model", firmwareVersion: "1.2" };

/** A station that answers each action in a way of its own. */
async function answeringStation(url: string): Promise<RawStation> {
  const station = await rawStation(url);
  await station.ask("BootNotification", boot);
  station.socket.on("message", (data) => {
    const [type, id, action] = JSON.parse(String(data));
    if (type !== 2) return;
    if (action === "GetConfiguration") {
      station.send(
        `[3,"${id}",{"configurationKey":[{"key":"Odd","readonly":true,"value":"1"}],"n":9223372036854775807}]`,
      );
    } else if (action === "Reset") station.send(`[4,"${id}","InternalError","out of order",{"code":7}]`);
    else if (action === "ClearCache") station.send(`[3,"${id}",{"status":"Rejected"}]`);
    else if (action === "UnlockConnector") station.send(`[3,"${id}",{"status":"Unlocked"}]`);
    else if (action === "ChangeAvailability") station.send(`[3,"${id}",{"status":"Scheduled"}]`);
    else if (action === "TriggerMessage") station.send(`[3,"${id}",{"status":"NotImplemented"}]`);
    else station.socket.terminate();
  });
  return station;
}

describe("serve", () => {
  test("says in its first line where it listens, keeps its contact to its user, and ends with 0", async () => {
    const folder = await temporaryFolder();
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      const core = await serveCli(folder);
      expect(Object.keys(core.ready)).toEqual(["event", "ocpp", "ui", "data"]);
      expect(core.ready).toEqual({
        event: "ready",
        ocpp: [expect.stringMatching(/^ws:\/\/127\.0\.0\.1:\d+\/$/)],
        ui: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/open\/[\w-]{32}$/),
        data: folder,
      });
      expect(statSync(join(folder, "core.json")).mode & 0o777).toBe(0o600);
      const contact = readFileSync(join(folder, "core.json"), "utf8");
      const { secret, pid } = JSON.parse(contact);
      expect(pid).toBe(core.child.pid);
      expect(JSON.stringify(core.ready)).not.toContain(secret);
      expect(await core.end(signal)).toEqual({ code: 0, signal: null });
      expect(core.stderr()).toBe("");
      expect(existsSync(join(folder, "core.json"))).toBe(false);
    }
  });

  test("ends with 0 while a station is connected, and tells it so", async () => {
    const core = await serveCli(await temporaryFolder());
    const station = await answeringStation(`${core.url}CP1`);
    const ended = core.end("SIGTERM");
    expect(await station.closed).toEqual({ code: 1001, reason: "the central system is closing" });
    expect(await ended).toEqual({ code: 0, signal: null });
  });

  test("takes the next free port where the wanted one is taken, and says so", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    onTestFinished(() => void taken.close());
    const { port } = taken.address() as AddressInfo;
    const core = await serveCli(await temporaryFolder(), ["--listen", `127.0.0.1:${port}`]);
    const got = Number(new URL(core.url).port);
    expect(got).toBeGreaterThan(port);
    expect(got).toBeLessThanOrEqual(port + 20);
    await rawStation(`${core.url}CP1`);
    await core.end("SIGTERM");
    expect(core.stderr()).toContain(`port ${port} is taken; stations connect to port ${got}`);
  });

  test("a second one on the same folder is refused in words, and the first goes on", async () => {
    const folder = await temporaryFolder();
    const core = await serveCli(folder);
    const second = await runCli("serve", "--json", "--data", folder, "--listen", "127.0.0.1:0");
    expect(second).toEqual({
      code: 1,
      stdout: "",
      stderr: `Another Plugside is using the data folder ${folder}. Close it, or name another folder with --data.\n`,
    });
    expect(await jsonOf("stations", "--data", folder, "--json")).toEqual([]);
    expect(await core.end("SIGINT")).toEqual({ code: 0, signal: null });
  });

  test("serves no screens with --no-ui, and the command line reaches it all the same", async () => {
    const folder = await temporaryFolder();
    const core = await serveCli(folder, ["--listen", "127.0.0.1:0", "--no-ui"]);
    expect(core.ready.ui).toBe(null);
    const { url } = JSON.parse(readFileSync(join(folder, "core.json"), "utf8"));
    const page = await fetch(url.replace("ws:", "http:").replace("/api", "/"));
    expect([page.status, await page.text()]).toEqual([404, "This core was started without screens (--no-ui).\n"]);
    expect(await jsonOf("stations", "--data", folder, "--json")).toEqual([]);
    expect(await runCli("link", "--data", folder)).toEqual({
      code: 1,
      stdout: "",
      stderr: "The core was started without screens (--no-ui).\n",
    });
  });

  test("prints a link that opens the screens once, and a fresh one on demand", async () => {
    const folder = await temporaryFolder();
    const core = await serveCli(folder);
    const { url } = (await jsonOf("link", "--data", folder, "--json")) as { url: string };
    expect(url).not.toBe(core.ready.ui);
    for (const link of [core.ready.ui ?? "", url]) {
      const first = await fetch(link, { redirect: "manual" });
      const again = await fetch(link, { redirect: "manual" });
      expect([first.status, again.status]).toEqual([303, 403]);
      expect(first.headers.get("set-cookie")).toMatch(/^plugside-\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/);
    }
  });

  test.each([
    { args: ["--listen", "nowhere"], says: '--listen takes HOST:PORT, for example 0.0.0.0:9000; got "nowhere".' },
    { args: ["--listen", "127.0.0.1:70000"], says: "--listen takes HOST:PORT" },
    { args: ["--ui", "0.0.0.0:0"], says: "--ui takes a loopback address" },
    { args: ["--ui", "127.0.0.1:0", "--no-ui"], says: "--ui and --no-ui exclude each other." },
    { args: ["--port", "9000"], says: "Unknown option '--port'" },
  ])("$args is bad input, said in words", async ({ args, says }) => {
    const { code, stdout, stderr } = await runCli("serve", "--data", await temporaryFolder(), ...args);
    expect({ code, stdout }).toEqual({ code: 5, stdout: "" });
    expect(stderr).toContain(says);
  });
});

describe("what is asked of a running core", () => {
  test("stations, frames, call, command and api, each with its exit code", async () => {
    const folder = await temporaryFolder();
    const core = await serveCli(folder);
    const data = ["--data", folder];
    await answeringStation(`${core.url}CP1`);
    await (await rawStation(`${core.url}GONE`)).close();

    const [states, frames] = await Promise.all([
      jsonOf("stations", ...data, "--json") as Promise<StationState[]>,
      framesOf(...data, "--station", "CP1"),
    ]);
    expect(states.map(({ identity, info, link }) => [identity, info, link.state])).toEqual([
      ["CP1", { vendor: "Vendor", model: "Model", firmwareVersion: "1.2" }, "online"],
      ["GONE", {}, "offline"],
    ]);
    const [question, answer] = frames;
    expect(frames.length).toBe(2);
    expect(Object.keys(question ?? {})).toEqual(["seq", "time", "station", "direction", "text", "action", "findings"]);
    expect(question).toMatchObject({
      station: "CP1",
      direction: "in",
      text: `[2,"ask-1","BootNotification",${JSON.stringify(boot)}]`,
      action: "BootNotification",
      findings: [],
    });
    expect(answer).toMatchObject({ seq: (question?.seq ?? 0) + 1, direction: "out", action: "BootNotification" });
    expect(await framesOf(...data, "--since", String(question?.seq))).toEqual([answer]);
    expect(await framesOf(...data, "--station", "NOBODY")).toEqual([]);

    const calls = await Promise.all([
      runCli("call", ...data, "CP1", "GetConfiguration", "{}"),
      runCli("call", ...data, "CP1", "ClearCache"),
      runCli("call", ...data, "CP1", "Reset", '{"type":"Hard"}'),
      runCli("call", ...data, "CP1", "Reset", '{"type":"Sideways"}'),
      runCli("call", ...data, "CP1", "Reset", '{"type":"Sideways"}', "--force", "--json"),
      runCli("call", ...data, "CP1", "Reset", "{"),
      runCli("call", ...data, "CP1"),
      runCli("call", ...data, "GONE", "ClearCache"),
      runCli("call", ...data, "NOBODY", "ClearCache"),
    ]);
    const exact = '{"configurationKey":[{"key":"Odd","readonly":true,"value":"1"}],"n":9223372036854775807}\n';
    expect(calls.map(({ code, stdout }) => [code, stdout])).toEqual([
      [0, exact],
      [0, '{"status":"Rejected"}\n'],
      [2, ""],
      [5, ""],
      [2, '{"error":{"code":"InternalError","description":"out of order"},"details":{"code":7}}\n'],
      [5, ""],
      [5, ""],
      [4, ""],
      [4, ""],
    ]);
    expect(calls[2]?.stderr).toBe("CALLERROR InternalError: out of order\n");
    expect(calls[3]?.stderr).toContain("does not fit the schema of Reset in 1 place(s). It can be sent all the same.");
    expect(calls[7]?.stderr).toBe("GONE is offline.\n");

    const commands = await Promise.all([
      runCli("command", ...data, "CP1", "unlock", "--set", "evse=1", "--set", "connector=1"),
      runCli("command", ...data, "CP1", "availability", "--set", "evse=0", "--set", "operative=false", "--json"),
      runCli("command", ...data, "CP1", "reset", "--set", "kind=soft"),
      runCli("command", ...data, "CP1", "trigger", "--set", "message=Heartbeat", "--json"),
      runCli("command", ...data, "CP1", "trigger", "--set", "message=Coffee", "--json"),
      runCli("command", ...data, "CP1", "unlock", "--set", "evse=one", "--set", "connector=1"),
      runCli("command", ...data, "CP1", "jump"),
      runCli("command", ...data, "CP1", "reset", "--set", "soft"),
      runCli("command", ...data, "GONE", "reset", "--set", "kind=soft", "--json"),
    ]);
    expect(commands.map(({ code }) => code)).toEqual([0, 0, 2, 2, 2, 5, 5, 5, 4]);
    expect(commands[0]?.stdout).toMatch(/^accepted, Unlocked, [\d.]+ ms\n$/);
    expect(JSON.parse(commands[1]?.stdout ?? "")).toMatchObject({ result: "scheduled", why: "Scheduled" });
    expect(JSON.parse(commands[3]?.stdout ?? "")).toMatchObject({ result: "unsupported", why: "NotImplemented" });
    expect(commands[4]?.stdout).toBe('{"result":"unsupported","why":"OCPP 1.6 has no trigger for Coffee"}\n');
    expect(commands[8]?.stdout).toBe('{"result":"offline"}\n');

    // The station hangs up on this one: it went out, and no answer came.
    const unanswered = await runCli("call", ...data, "CP1", "GetLocalListVersion");
    expect(unanswered).toEqual({ code: 3, stdout: "", stderr: "CP1 did not answer.\n" });

    const asked = await Promise.all([
      runCli("api", ...data, "tokens.save", '{"value":"A1","status":"Blocked"}'),
      runCli("api", ...data, "settings.values"),
      runCli("api", ...data, "tokens.save", '{"value":"A1","status":"Fine"}'),
      runCli("api", ...data, "tokens.save", "{"),
      runCli("api", ...data, "no.such"),
      runCli("api", ...data, "tokens.remove", '{"value":"Z"}'),
    ]);
    expect(asked.map(({ code }) => code)).toEqual([0, 0, 5, 5, 5, 1]);
    expect(JSON.parse(asked[0]?.stdout ?? "")).toEqual({
      acceptAll: true,
      tokens: [{ value: "A1", status: "Blocked" }],
    });
    expect(JSON.parse(asked[1]?.stdout ?? "")).toMatchObject({ port: 9000, pingSeconds: 30 });
    expect(asked[5]?.stderr).toBe("The token Z is not in the list.\n");
  });

  test("frames --follow prints what is on record, then what comes, each once and in order", async () => {
    const folder = await temporaryFolder();
    const core = await serveCli(folder);
    const station = await rawStation(`${core.url}CP1`);
    for (let beat = 0; beat < 20; beat++) await station.ask("Heartbeat", {});
    const following = startCli(["frames", "--data", folder, "--follow", "--json", "--station", "CP1"]);
    const seen: FrameRecord[] = [];
    for (let beat = 0; beat < 20; beat++) {
      await station.ask("Heartbeat", {});
      seen.push(JSON.parse(await following.line()) as FrameRecord);
    }
    while (seen.length < 80) seen.push(JSON.parse(await following.line()) as FrameRecord);
    expect(seen).toEqual(await framesOf("--data", folder));
    await core.end("SIGTERM");
    expect(await following.ended).toEqual({ code: 0, signal: null });
  });

  test("api --follow prints each change; a reader that has seen enough ends it without a complaint", async () => {
    const folder = await temporaryFolder();
    const core = await serveCli(folder);
    const following = startCli(["api", "--data", folder, "--follow", "settings.values"]);
    expect(JSON.parse(await following.line())).toMatchObject({ answerSeconds: 30 });
    await runCli("api", "--data", folder, "settings.change", '{"answerSeconds":7}');
    expect(JSON.parse(await following.line())).toMatchObject({ answerSeconds: 7 });
    following.child.stdout?.destroy();
    await runCli("api", "--data", folder, "settings.change", '{"answerSeconds":8}');
    expect(await following.ended).toEqual({ code: 0, signal: null });
    expect(following.stderr()).toBe("");
    await core.end("SIGTERM");
  });
});

describe("without a core", () => {
  test("the record is read, and it says what it said before", async () => {
    const folder = await temporaryFolder();
    const core = await serveCli(folder);
    const station = await answeringStation(`${core.url}CP1`);
    await station.ask("StatusNotification", { connectorId: 1, errorCode: "NoError", status: "Available" });
    const before = (await jsonOf("stations", "--data", folder, "--json")) as StationState[];
    const frames = await framesOf("--data", folder);
    const clean = core.end("SIGTERM");
    await clean;
    const after = (await jsonOf("stations", "--data", folder, "--json")) as StationState[];
    expect(after).toEqual([
      {
        ...before[0],
        seq: (before[0]?.seq ?? 0) + 1,
        link: {
          ...before[0]?.link,
          ...after[0]?.link,
          state: "offline",
          closed: { code: 1001, reason: "the central system is closing", cause: "shutdown" },
        },
      },
    ]);
    expect(await framesOf("--data", folder)).toEqual(frames);
    const last = frames.at(-2)?.seq ?? 0;
    expect(await framesOf("--data", folder, "--since", String(last), "--station", "CP1")).toEqual(frames.slice(-1));
    expect(await framesOf("--data", folder, "--station", "NOBODY")).toEqual([]);
    const line = await runCli("stations", "--data", folder);
    expect(line.stdout).toBe("CP1\t1.6\tOffline\tVendor\tModel\t1.2\n");
  });

  test("the record of a core that was killed is read as well", async () => {
    const folder = await temporaryFolder();
    const core = await serveCli(folder);
    await answeringStation(`${core.url}CP1`);
    const frames = await framesOf("--data", folder);
    expect(await core.end("SIGKILL")).toEqual({ code: null, signal: "SIGKILL" });
    expect(existsSync(join(folder, "core.json"))).toBe(true);
    expect(await framesOf("--data", folder)).toEqual(frames);
    const states = (await jsonOf("stations", "--data", folder, "--json")) as StationState[];
    expect(states).toMatchObject([{ identity: "CP1", info: { vendor: "Vendor" }, frames: { in: 1, out: 1 } }]);
  });

  test("what needs a core says so", async () => {
    const folder = await temporaryFolder();
    const data = ["--data", folder];
    const results = await Promise.all([
      runCli("stations", ...data, "--json"),
      runCli("frames", ...data, "--json"),
      runCli("call", ...data, "CP1", "ClearCache"),
      runCli("call", ...data, "CP1", "ClearCache", "{"),
      runCli("command", ...data, "CP1", "reset", "--set", "kind=soft"),
      runCli("api", ...data, "stations.list"),
      runCli("link", ...data),
      runCli("frames", ...data, "--follow"),
      runCli("frames", ...data, "--since", "yesterday"),
    ]);
    expect(results.map(({ code, stdout }) => [code, stdout])).toEqual([
      [0, "[]\n"],
      [0, ""],
      [4, ""],
      [5, ""],
      [4, "offline, no-core\n"],
      [4, ""],
      [4, ""],
      [5, ""],
      [5, ""],
    ]);
    expect(results[5]?.stderr).toBe("No core runs on this folder. Start one: plugside serve\n");
    expect(existsSync(join(folder, "plugside.db"))).toBe(false);
  });
});

describe("simulate", () => {
  test.each(["SIGINT", "SIGTERM"] as const)("lives through its day on any central system, until %s", async (signal) => {
    const folder = await temporaryFolder();
    const core = await serveCli(folder);
    const client = connectTo(folder);
    onTestFinished(() => client.close());
    const station = startCli([
      "simulate",
      "--url",
      core.url,
      "--id",
      "SIM-1",
      "--ocpp",
      "2.0.1",
      "--scenario",
      "day",
      "--speed",
      "20",
    ]);
    const state = await until(client, "stations.state", { identity: "SIM-1" }, (value) =>
      Boolean(value?.evses.some(({ transaction }) => transaction?.chargingState === "Charging")),
    );
    expect(state).toMatchObject({ ocpp: "2.0.1", info: { model: "Virtual AC 22" }, findings: [] });
    // One key press may bring two: the terminal's own, and one passed on.
    station.child.kill(signal);
    expect(await station.end(signal)).toEqual({ code: 0, signal: null });
    const gone = await until(
      client,
      "stations.state",
      { identity: "SIM-1" },
      (value) => value?.link.state === "offline",
    );
    expect(gone?.link.closed).toMatchObject({ code: 1000, cause: "station" });
  });

  test.each([
    { change: ["--url", "http://127.0.0.1/"], says: "--url takes" },
    { change: ["--url", "ws://"], says: "--url takes" },
    { change: ["--ocpp", "1.5"], says: "--ocpp takes 1.6, 2.0.1 or 2.1." },
    { change: ["--scenario", "party"], says: "--scenario takes day, idle, fault, offline." },
    { change: ["--speed", "0"], says: "--speed takes 0.1 to 1000." },
    { change: ["--connectors", "1.5"], says: "--connectors takes 1 to 8." },
    { change: ["--id", ""], says: "--id is missing" },
  ])("$change is bad input, said in words", async ({ change, says }) => {
    // The last of two equal options counts.
    const usual = ["--url", "ws://127.0.0.1:1/", "--id", "S", "--ocpp", "1.6"];
    const { code, stderr } = await runCli("simulate", ...usual, ...change);
    expect(code).toBe(5);
    expect(stderr).toContain(says);
  });
});

test("help is no failure, and a word that is no command is", async () => {
  const [help, own, none] = await Promise.all([runCli("--help"), runCli("call", "--help"), runCli("brew")]);
  expect(help.code).toBe(0);
  expect(help.stdout).toContain(
    "Exit codes: 0 done, 1 failed, 2 refused by the station, 3 no answer, 4 offline, 5 bad input.",
  );
  expect(own).toMatchObject({ code: 0, stderr: "" });
  expect(own.stdout).toMatch(/^plugside call \[--data DIR\]/);
  expect(none.code).toBe(5);
  expect(none.stderr).toMatch(/^There is no command brew\./);
});

describe.runIf(oldNode() !== null)("started by a Node that is too old", () => {
  test("it starts itself again with the one it brings along; signals and exit codes pass through", async () => {
    const folder = await temporaryFolder();
    const core = await serveCli(folder, ["--listen", "127.0.0.1:0"], oldNode() ?? "");
    expect(JSON.parse(readFileSync(join(folder, "core.json"), "utf8")).pid).not.toBe(core.child.pid);
    expect(await core.end("SIGTERM")).toEqual({ code: 0, signal: null });
    expect(existsSync(join(folder, "core.json"))).toBe(false);
    const bad = startCli(["brew"], oldNode() ?? "");
    expect(await bad.ended).toEqual({ code: 5, signal: null });
  });

  test("killed, it takes the one it started along at once", async () => {
    const folder = await temporaryFolder();
    const core = await serveCli(folder, ["--listen", "127.0.0.1:0"], oldNode() ?? "");
    const station = await answeringStation(`${core.url}CP1`);
    // It is over when all that held its outputs have ended, the other one among them.
    expect(await core.end("SIGKILL")).toEqual({ code: null, signal: "SIGKILL" });
    expect((await station.closed).code).toBe(1006);
    const next = await serveCli(folder);
    expect(await next.end("SIGTERM")).toEqual({ code: 0, signal: null });
  });
});

/** A Node on the PATH that lacks what the core needs; null where there is none. */
function oldNode(): string | null {
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    const path = join(folder, "node");
    if (!existsSync(path)) continue;
    const version = execFileSync(path, ["--version"], { encoding: "utf8" });
    const [major = 0, minor = 0] = version.slice(1).split(".").map(Number);
    if (major < 22 || (major === 22 && minor < 14)) return path;
  }
  return null;
}

/** What `frames` prints, line by line. */
async function framesOf(...args: string[]): Promise<FrameRecord[]> {
  const { code, stdout, stderr } = await runCli("frames", "--json", ...args);
  if (code !== 0) throw new Error(`frames ended with ${code}: ${stderr}`);
  return stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as FrameRecord);
}
