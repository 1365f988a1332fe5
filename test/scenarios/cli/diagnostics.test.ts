import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startVirtualStation } from "../../../src/simulator/virtual-station.ts";
import { runCli } from "../../harness/cli.ts";
import { temporaryFolder, testCore, until } from "../../harness/core.ts";

const waits = { sign: 20_000, bytes: 20_000, late: 500, again: 300, settled: 300, settledTold: 50 };

async function bench(quirks: Parameters<typeof startVirtualStation>[0]["quirks"] = []) {
  const core = await testCore({ uploadPorts: [0], uploadWaits: waits });
  const station = startVirtualStation({ identity: "CP1", ocpp: "1.6", url: core.url, quirks });
  onTestFinished(() => station.stop());
  await until(core.client, "stations.list", {}, ([one]) => one?.link.state === "online");
  return { ...core, station };
}

test("one command fetches the log, and writes it where it is wanted", async () => {
  const { folder } = await bench();
  const out = join(await temporaryFolder(), "log.txt");
  const { code, stdout, stderr } = await runCli("diagnostics", "CP1", "--data", folder, "--out", out, "--json");
  expect(code).toBe(0);
  const result = JSON.parse(stdout);
  expect(result).toMatchObject({ verdict: "received", protocol: "http", rungs: [{ result: "received" }] });
  expect(readFileSync(out).length).toBe(result.size);
  expect(stderr).toMatch(/station: It says: Uploading\./);
  expect(stderr + stdout).not.toMatch(/log[0-9a-f]{6}:[0-9a-f]{16}|\/upload\/[0-9a-f]{20}/);
  const again = await runCli("diagnostics", "CP1", "--data", folder, "--out", out);
  expect(again).toMatchObject({ code: 5, stdout: "" });
});

test("what did not come is told by the exit code, with the cure", async () => {
  const { folder, station } = await bench(["log-never-comes"]);
  const silent = await runCli("diagnostics", "CP1", "--data", folder, "--protocol", "ftp");
  expect(silent).toMatchObject({ code: 3, stdout: expect.stringMatching(/^nothing-came/) });
  expect(silent.stderr).toContain("It may have no log for this time");
  const refused = await runCli("diagnostics", "CP1", "--data", folder, "--kind", "data-collector");
  expect(refused).toMatchObject({ code: 2, stdout: expect.stringMatching(/^unsupported/) });
  await station.stop();
  const offline = await runCli("diagnostics", "CP1", "--data", folder, "--json");
  expect(offline.code).toBe(4);
  expect(JSON.parse(offline.stdout)).toMatchObject({ verdict: "offline", file: null });
});

test.each([
  ["--kind", "all"],
  ["--protocol", "scp"],
  ["--from", "yesterday"],
  ["--wait", "0"],
  ["--retries", "x"],
])("%s %s is bad input", async (option, value) => {
  const folder = await temporaryFolder();
  const { code, stderr } = await runCli("diagnostics", "CP1", option, value, "--data", folder);
  expect(code).toBe(5);
  expect(stderr).toContain(option);
  expect(existsSync(join(folder, "plugside.db"))).toBe(false);
});
