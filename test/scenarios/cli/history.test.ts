import { expect, test } from "vitest";
import { jsonOf, runCli, serveCli } from "../../harness/cli.ts";
import { temporaryFolder } from "../../harness/core.ts";
import { rawStation } from "../../harness/stations/raw-station.ts";

test("the time line in words, from the running core and from the record alike, in both languages", async () => {
  const folder = await temporaryFolder();
  const data = ["--data", folder];
  expect(await runCli("history", ...data)).toEqual({ code: 0, stdout: "", stderr: "Nothing has happened yet.\n" });
  const core = await serveCli(folder);
  const station = await rawStation(`${core.url}CP1`);
  await station.ask("BootNotification", { chargePointVendor: "Maker", chargePointModel: "Box" });
  const fault = { connectorId: 1, status: "Faulted", errorCode: "GroundFailure" };
  await station.ask("StatusNotification", fault);
  await station.ask("StatusNotification", { ...fault, status: "Available", errorCode: "NoError" });
  await (await rawStation(`${core.url}CP2`)).close();

  async function told() {
    const lines = (await runCli("history", ...data, "CP1")).stdout.trimEnd().split("\n");
    const csv = (await runCli("history", ...data, "CP1", "--csv", "--last", "1")).stdout.split("\n");
    const errors = await jsonOf("history", ...data, "--group", "errors", "--group", "boots", "--json");
    const all = await jsonOf("history", ...data, "--json");
    return { lines: lines.map((line) => line.split("\t")), csv, errors, all };
  }
  const live = await told();
  expect(live.lines.map((cells) => cells.slice(1, 3))).toEqual([
    ["CP1", "Connected from 127.0.0.1 with OCPP 1.6, security profile 0"],
    ["CP1", "Booted: Maker Box, answered Accepted"],
    ["CP1", "Connector 1: Faulted, GroundFailure"],
    ["CP1", "Connector 1: Available"],
  ]);
  expect(live.csv[0]).toBe('"time","station","kind","what","frame"');
  expect(live.csv[1]).toMatch(/^"2[^"]+Z","CP1","status","Connector 1: Available",\d+$/);
  expect(live.errors).toMatchObject([
    { station: "CP1", text: "Booted: Maker Box, answered Accepted", event: { kind: "booted" } },
    { station: "CP1", text: "Connector 1: Faulted, GroundFailure", event: { kind: "status", status: "Faulted" } },
  ]);
  expect(live.all).toHaveLength(6);
  const swedish = await runCli("history", ...data, "CP1", "--lang", "sv", "--last", "2");
  expect(swedish.stdout.split("\n").map((line) => line.split("\t")[2])).toEqual([
    "Uttag 1: Fel, GroundFailure",
    "Uttag 1: Ledig",
    undefined,
  ]);
  for (const [wrong, why] of [
    [
      ["--group", "beer"],
      '--group takes status, errors, boots, link, commands, transactions, tokens, findings, other; got "beer".',
    ],
    [["--last", "0"], "--last takes a number from 1 on."],
    [["NOBODY"], "No station named NOBODY was ever heard of."],
  ] as const) {
    expect(await runCli("history", ...data, ...wrong)).toMatchObject({ code: 5, stderr: expect.stringContaining(why) });
  }
  await station.close();
  await core.end("SIGTERM");
  const after = await told();
  expect(after.lines.slice(0, 4)).toEqual(live.lines);
  expect(after.lines[4]?.[2]).toMatch(/^Disconnected/);
});
