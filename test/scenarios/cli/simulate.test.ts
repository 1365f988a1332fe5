import { describe, expect, onTestFinished, test } from "vitest";
import packageJson from "../../../package.json" with { type: "json" };
import { runCli, serveCli, startCli } from "../../harness/cli.ts";
import { connectTo } from "../../harness/client.ts";
import { temporaryFolder, until } from "../../harness/core.ts";

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
  const [help, own, none, version] = await Promise.all([
    runCli("--help"),
    runCli("call", "--help"),
    runCli("brew"),
    runCli("--version"),
  ]);
  expect(help.code).toBe(0);
  expect(help.stdout).toContain(
    "Exit codes: 0 done, 1 failed, 2 refused by the station, 3 no answer, 4 offline, 5 bad input.",
  );
  expect(own).toMatchObject({ code: 0, stderr: "" });
  expect(own.stdout).toMatch(/^plugside call \[--data DIR\]/);
  expect(none.code).toBe(5);
  expect(none.stderr).toMatch(/^There is no command brew\. There are: serve, simulate, stations, frames, /);
  expect(none.stderr.split("\n").length).toBe(2);
  expect(version).toEqual({ code: 0, stdout: `${packageJson.version}\n`, stderr: "" });
});
