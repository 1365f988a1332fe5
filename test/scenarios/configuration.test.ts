import { expect, test } from "vitest";
import type { OcppVersion } from "../../src/station/model.ts";
import { runCli } from "../harness/cli.ts";
import { snapshot } from "../harness/core.ts";
import { benchIdentity, stationBench } from "../harness/stations/station-bench.ts";

const cases = [
  { version: "1.6", place: "", name: "HeartbeatInterval", access: "ReadWrite", password: "AuthorizationKey" },
  {
    version: "2.0.1",
    place: "OCPPCommCtrlr",
    name: "HeartbeatInterval",
    access: "ReadWrite",
    password: "BasicAuthPassword",
  },
  {
    version: "2.1",
    place: "OCPPCommCtrlr",
    name: "HeartbeatInterval",
    access: "ReadWrite",
    password: "BasicAuthPassword",
  },
] as const satisfies { version: OcppVersion; place: string; name: string; access: string; password: string }[];

test.each(cases)("what a station of $version is set up with is asked for, told, and on record", async (given) => {
  const bench = await stationBench(given.version);
  const station = benchIdentity;
  expect(await snapshot(bench.client, "configuration.live", { station })).toEqual({
    values: [],
    unknown: [],
    beyond: 0,
  });
  expect((await bench.command({ name: "read-configuration" })).result).toBe("accepted");
  await bench.settle();
  const { commands } = await bench.reach((state) => state.commands.at(-1)?.effect !== undefined);
  expect(commands.at(-1)?.effect).toMatchObject({ what: "report" });
  const live = await snapshot(bench.client, "configuration.live", { station });
  const value = live.values.find(({ component = "", name }) => component === given.place && name === given.name);
  expect(value).toMatchObject({ value: "300", mutability: given.access, at: bench.clock.now() });
  const untold = live.values.filter((one) => one.value === undefined);
  expect(untold.map(({ name }) => name)).toEqual([given.password]);

  // What is asked for alone counts from then on, and what it does not know is told so.
  if (given.version === "1.6") {
    bench.clock.advance(1000);
    const payload = '{"key":["HeartbeatInterval","NoSuchKey"]}';
    await bench.command({ name: "raw", action: "GetConfiguration", payload });
    const next = await snapshot(bench.client, "configuration.live", { station });
    expect(next.unknown).toEqual(["NoSuchKey"]);
    expect(next.values).toHaveLength(live.values.length);
    expect(next.values.find(({ name }) => name === given.name)?.at).toBe(bench.clock.now());
  }
  const before = await snapshot(bench.client, "configuration.live", { station });
  const after = await bench.restart();
  expect(await snapshot(after.client, "configuration.live", { station })).toEqual(before);

  const { stdout } = await runCli("configuration", "--data", after.folder, station);
  expect(stdout.split("\n").map((line) => line.split("\t").slice(0, 4))).toContainEqual([
    given.place,
    given.name,
    "300",
    given.access,
  ]);
  const json = JSON.parse((await runCli("configuration", "--data", after.folder, "--json", station)).stdout);
  expect(json).toEqual(JSON.parse(JSON.stringify(before)));
  const unknown = await runCli("configuration", "--data", after.folder, "NOBODY");
  expect(unknown).toMatchObject({ code: 5, stderr: expect.stringContaining("No station named NOBODY") });
});
