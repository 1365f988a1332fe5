import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { jsonOf, runCli, serveCli } from "../../harness/cli.ts";
import { temporaryFolder } from "../../harness/core.ts";
import { rawStation } from "../../harness/stations/raw-station.ts";

test("sessions are told beside a running core and from the record alike, those that run as they are", async () => {
  const folder = await temporaryFolder();
  const data = ["--data", folder];
  expect(await runCli("transactions", ...data)).toEqual({
    code: 0,
    stdout: "",
    stderr: "No transaction is on record.\n",
  });
  const core = await serveCli(folder);
  const station = await rawStation(`${core.url}CP1`);
  const timestamp = new Date().toISOString();
  await station.ask("BootNotification", { chargePointVendor: "Maker", chargePointModel: "Box" });
  const begin = { connectorId: 1, idTag: "04A1", meterStart: 1000, timestamp };
  const { transactionId } = (await station.ask("StartTransaction", begin)) as { transactionId: number };
  await station.ask("StopTransaction", { transactionId, meterStop: 3500, timestamp, reason: "EVDisconnected" });
  await station.ask("StartTransaction", { ...begin, idTag: "04B2", meterStart: 3500 });

  async function told(round: string) {
    const all = (await jsonOf("transactions", ...data, "CP1", "--json")) as { energyWh: number; state: string }[];
    const out = join(folder, `${round}.csv`);
    expect((await runCli("export", "transactions", ...data, "--out", out)).code).toBe(0);
    const lines = (await runCli("transactions", ...data)).stdout.trimEnd().split("\n");
    return { all, csv: readFileSync(out, "utf8"), lines: lines.map((line) => line.split("\t").slice(2)) };
  }
  const live = await told("live");
  expect(live.all).toMatchObject([
    { station: "CP1", state: "running", token: { value: "04B2" }, meterStart: 3500 },
    { station: "CP1", state: "ended", id: String(transactionId), energyWh: 2500, endReason: "EVDisconnected" },
  ]);
  expect(live.lines[1]).toEqual(["CP1", "1", "1", String(transactionId), "04A1", "ended", "2500"]);
  expect(live.csv.split("\n")).toHaveLength(4);
  expect(await jsonOf("transactions", ...data, "--last", "1", "--json")).toHaveLength(1);
  expect((await runCli("transactions", ...data, "NOBODY")).code).toBe(5);
  expect((await runCli("transactions", ...data, "--last", "0")).code).toBe(5);
  await station.close();
  await core.end("SIGTERM");
  const rest = await told("rest");
  expect(rest.all.map(({ state }) => state)).toEqual(live.all.map(({ state }) => state));
  expect(rest.lines).toEqual(live.lines);
});
