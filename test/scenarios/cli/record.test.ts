import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { FrameRecord } from "../../../src/services/messages/contract.ts";
import type { StationState } from "../../../src/station/model.ts";
import { jsonOf, runCli, serveCli, startCli } from "../../harness/cli.ts";
import { temporaryFolder } from "../../harness/core.ts";
import { answeringStation, boot } from "../../harness/stations/answering-station.ts";
import { rawStation } from "../../harness/stations/raw-station.ts";

describe("what is asked of a running core", () => {
  test("command --wait waits for what should follow, and exits by it", async () => {
    const folder = await temporaryFolder();
    const core = await serveCli(folder);
    const station = await rawStation(`${core.url}CP1`);
    await station.ask("BootNotification", boot);
    station.socket.on("message", (data) => {
      const [type, id, action] = JSON.parse(String(data)) as [number, string, string];
      if (type !== 2) return;
      station.send(`[3,"${id}",{"status":"${action === "Reset" ? "Rejected" : "Accepted"}"}]`);
      if (action !== "ChangeAvailability") return;
      const status = { connectorId: 1, errorCode: "NoError", status: "Unavailable" };
      station.send(JSON.stringify([2, "later", "StatusNotification", status]));
    });
    const command = (...words: string[]) => runCli("command", "--data", folder, "CP1", ...words);
    const [taken, nothing, refused, plain, bad] = await Promise.all([
      command("availability", "--set", "evse=1", "--set", "operative=false", "--wait"),
      command("start", "--wait", "1", "--set", "token=AA", "--set", "evse=1"),
      command("reset", "--set", "kind=soft", "--wait=1", "--json"),
      command("trigger", "--set", "message=Heartbeat"),
      command("trigger", "--set", "message=Heartbeat", "--wait", "0"),
    ]);
    expect([taken.code, nothing.code, refused.code, plain.code, bad.code]).toEqual([0, 3, 2, 0, 5]);
    expect(taken.stdout).toMatch(/^accepted, [\d.]+ ms, told its status \d{4}-\S+Z\n$/);
    expect(nothing.stdout).toMatch(/^accepted, [\d.]+ ms, and nothing since \(1 s\)\n$/);
    expect(JSON.parse(refused.stdout)).toMatchObject({ result: "rejected", effect: null });
  });

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
      [2, '{"status":"Rejected"}\n'],
      [2, ""],
      [5, ""],
      [2, '{"error":{"code":"InternalError","description":"out of order"},"details":{"code":7}}\n'],
      [5, ""],
      [5, ""],
      [4, ""],
      [4, ""],
    ]);
    expect(calls[2]?.stderr).toBe("CALLERROR InternalError: out of order\n");
    expect(calls[3]?.stderr).toBe(
      [
        "The payload does not fit the schema of Reset; deviations: 1. It can be sent all the same.",
        "  Reset /type: A value is not among those allowed. Given: Sideways. Expected: Hard, Soft.",
        "Add --force to send it.",
        "",
        "Usage: plugside call [--data DIR] [--force] [--json] STATION ACTION [JSON|@FILE|-] | call STATION --saved NAME [--set variable=value ...]\n",
      ].join("\n"),
    );
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
    expect(commands[5]?.stderr).toContain("unlock takes: --set evse=N connector=N\n");
    expect(commands[6]?.stderr).toMatch(/^There is no command jump\. NAME is one of reset, unlock, start, stop, /);
    expect(commands[0]?.stdout).toMatch(/^accepted, Unlocked, [\d.]+ ms\n$/);
    expect(JSON.parse(commands[1]?.stdout ?? "")).toMatchObject({ result: "scheduled", why: "Scheduled" });
    expect(JSON.parse(commands[3]?.stdout ?? "")).toMatchObject({ result: "unsupported", why: "NotImplemented" });
    expect(commands[4]?.stdout).toBe('{"result":"unsupported","why":"This version has no trigger for Coffee"}\n');
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
        // What was said while it was online is not of now.
        evses: before[0]?.evses.map((evse) => ({
          ...evse,
          connectors: evse.connectors.map((connector) => ({ ...connector, old: "offline" })),
        })),
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
    core.kill();
    await core.ended;
    expect(existsSync(join(folder, "core.json"))).toBe(true);
    expect(await framesOf("--data", folder)).toEqual(frames);
    const states = (await jsonOf("stations", "--data", folder, "--json")) as StationState[];
    expect(states).toMatchObject([
      {
        identity: "CP1",
        info: { vendor: "Vendor" },
        frames: { in: 1, out: 1 },
        link: { state: "offline", closed: { code: 1006, reason: "", cause: "own-end" } },
      },
    ]);
    expect((await runCli("stations", "--data", folder)).stdout).toBe("CP1\t1.6\tOffline\tVendor\tModel\t1.2\n");
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
      [4, "offline, no core runs on this folder\n"],
      [4, ""],
      [4, ""],
      [5, ""],
      [5, ""],
    ]);
    expect(results[5]?.stderr).toBe("No core runs on this folder. Start one: plugside serve\n");
    expect(existsSync(join(folder, "plugside.db"))).toBe(false);
  });
});

/** What `frames` prints, line by line. */
async function framesOf(...args: string[]): Promise<FrameRecord[]> {
  const { code, stdout, stderr } = await runCli("frames", "--json", ...args);
  if (code !== 0) throw new Error(`frames ended with ${code}: ${stderr}`);
  return stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as FrameRecord);
}

test("move-record puts the whole folder somewhere else, with a person's word, and never one that a core runs on", async () => {
  const from = await temporaryFolder();
  const parent = await temporaryFolder();
  const to = join(parent, "new", "å place");
  const core = await serveCli(from);
  await answeringStation(`${core.url}CP1`);
  const move = (...more: string[]) => runCli("move-record", "--from", from, "--to", to, ...more);
  const running = await move("--yes");
  expect([running.code, running.stderr]).toEqual([
    1,
    expect.stringContaining("Another Plugside is using the data folder"),
  ]);
  await core.end("SIGTERM");
  const asked = await move();
  expect([asked.code, asked.stderr]).toEqual([5, expect.stringContaining("Nothing was moved. Add --yes to do it.")]);
  mkdirSync(to, { recursive: true });
  writeFileSync(join(to, "x"), "");
  expect((await move("--yes")).stderr).toContain("is not empty");
  const other = join(parent, "other");
  mkdirSync(other);
  const moved = await jsonOf("move-record", "--from", from, "--to", other, "--yes", "--json");
  expect(moved).toEqual({ from, to: other });
  expect(existsSync(from)).toBe(false);
  expect(await jsonOf("stations", "--data", other, "--json")).toMatchObject([{ identity: "CP1" }]);
  expect((await runCli("move-record", "--from", from, "--to", to, "--yes")).stderr).toContain("There is no record in");
});
