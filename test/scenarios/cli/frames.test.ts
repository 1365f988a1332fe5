import { expect, test } from "vitest";
import { runCli } from "../../harness/cli.ts";
import { testCore } from "../../harness/core.ts";
import { rawStation } from "../../harness/stations/raw-station.ts";

test("frames are printed as a table for spreadsheets, and as lines", async () => {
  const core = await testCore();
  const station = await rawStation(`${core.url}CP1`, ["ocpp1.6"]);
  await station.ask("BootNotification", { chargePointVendor: "V", chargePointModel: "M" });
  await station.ask("Heartbeat", { colour: "red" });
  const frames = (...args: string[]) => runCli("frames", "--data", core.folder, ...args);
  const table = (await frames("--csv")).stdout.trimEnd().split(/\r?\n/);
  expect(table).toHaveLength(5);
  expect(table[0]).toBe('"seq","time","station","direction","lane","action","text","findings","marks"');
  expect(table[3]).toMatch(/^\d+,"2[^"]+Z","CP1","in",,"Heartbeat","\[2,.*""colour"":""red"".*","unknown-field",$/);
  expect(table[4]).toMatch(/^\d+,"2[^"]+Z","CP1","out",,"Heartbeat","\[3,.*currentTime.*","",$/);
  const lines = (await frames()).stdout.trimEnd().split("\n");
  expect(lines.map((line) => line.split("\t")[3])).toEqual(["<", ">", "<", ">"]);
  expect(lines[2]).toMatch(/\t! unknown-field$/);
  const last = Number(lines[1]?.split("\t")[0]);
  const since = await frames("--since", String(last));
  expect(since.stdout.trimEnd().split("\n")).toEqual(lines.slice(2));
});
