import { describe, expect, test } from "vitest";
import type { StationState } from "../../../src/station/model.ts";
import { stationWord } from "../../../src/station/views.ts";
import { jsonOf, runCli, serveCli } from "../../harness/cli.ts";
import { snapshot, type TestCore, temporaryFolder, testCore, until } from "../../harness/core.ts";
import { rawStation } from "../../harness/stations/raw-station.ts";
import { stationBench } from "../../harness/stations/station-bench.ts";

const card = "04112233445566";

describe.each(["1.6", "2.0.1", "2.1"] as const)("the past of a station of OCPP %s", (version) => {
  test("is told as it was live, at a frame and at a time, and after a restart", async () => {
    const bench = await stationBench(version);
    const seen: { at: number; state: StationState }[] = [];
    const note = async () => {
      await bench.settle();
      seen.push({ at: bench.clock.now(), state: await bench.state() });
      // What comes next is of a later millisecond.
      bench.clock.advance(1000);
    };
    await note();
    bench.station.act("plug", 1);
    await note();
    bench.station.act("tap", 1, card);
    await note();
    await bench.run(30);
    await note();
    bench.station.act("tap", 1, card);
    await note();
    bench.station.act("unplug", 1);
    await note();

    const { identity } = await bench.state();
    expect(new Set(seen.map(({ state }) => stationWord(state))).size).toBeGreaterThan(2);
    async function check({ client }: TestCore) {
      for (const { at, state } of seen) {
        expect((await client.call("stations.stateAt", { identity, frame: state.seq })).state).toEqual(state);
        expect((await client.call("stations.stateAt", { identity, at })).state).toEqual(state);
      }
    }
    await check(bench);
    const core = await bench.restart();
    await check(core);
    const before = await core.client.call("stations.stateAt", { identity, at: (seen[0]?.at ?? 0) - 86_400_000 });
    expect(before).toEqual({ seq: expect.any(Number), state: null });
  });
});

describe("the state of a moment", () => {
  test("is asked for one moment of a station that is known", async () => {
    const { client, url } = await testCore();
    await rawStation(`${url}CP1`);
    await until(client, "stations.count", {}, ({ online }) => online === 1);
    await expect(client.call("stations.stateAt", { identity: "NOBODY", frame: 1 })).rejects.toMatchObject({
      code: "not-found",
    });
    for (const moment of [{}, { at: 1, frame: 1 }, { frame: -1 }, { at: "now" }]) {
      const input = { identity: "CP1", ...moment } as { identity: string; at: number };
      await expect(client.call("stations.stateAt", input)).rejects.toMatchObject({ code: "invalid-input" });
    }
    const now = await snapshot(client, "stations.state", { identity: "CP1" });
    const later = await client.call("stations.stateAt", { identity: "CP1", frame: Number.MAX_SAFE_INTEGER });
    expect(later.state).toEqual(now);
  });

  test("is told on the command line, from a running core and from a folder alone", async () => {
    const folder = await temporaryFolder();
    const data = ["--data", folder];
    const core = await serveCli(folder);
    const station = await rawStation(`${core.url}CP1`);
    const boot = { chargePointVendor: "V", chargePointModel: "M" };
    await station.ask("BootNotification", boot);
    const status = (word: string) => ({ connectorId: 1, status: word, errorCode: "NoError" });
    await station.ask("StatusNotification", status("Available"));
    await station.ask("StatusNotification", status("Charging"));
    const frames = (await framesOf(...data)).filter(({ direction }) => direction === "in");
    const [, available, charging] = frames;
    const wordAt = async (at: string) => {
      const states = (await jsonOf("stations", "CP1", "--at", at, "--json", ...data)) as StationState[];
      return states.map(({ evses }) => evses[0]?.connectors[0]?.status);
    };
    async function checkWords() {
      expect(await wordAt(`#${available?.seq}`)).toEqual(["Available"]);
      expect(await wordAt(`#${charging?.seq}`)).toEqual(["Charging"]);
      expect(await wordAt(new Date(Date.now() + 1000).toISOString())).toEqual(["Charging"]);
      expect(await wordAt("2001-01-01")).toEqual([]);
      expect((await runCli("stations", "--at", `#${available?.seq}`, ...data)).stdout).toMatch(
        /^CP1\t1\.6\tAvailable\t/,
      );
    }
    await checkWords();
    const wrong = await Promise.all([
      runCli("stations", "NOBODY", ...data),
      runCli("stations", "CP1", "--at", "noon", ...data),
      runCli("stations", "CP1", "--at", "#", ...data),
      runCli("stations", "CP1", "CP2", ...data),
    ]);
    expect(wrong.map(({ code }) => code)).toEqual([5, 5, 5, 5]);
    await station.close();
    await core.end("SIGTERM");
    await checkWords();
  });
});

async function framesOf(...args: string[]): Promise<{ seq: number; direction: string }[]> {
  const { stdout } = await runCli("frames", "--json", ...args);
  return stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}
