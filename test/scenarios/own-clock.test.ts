import { describe, expect, test } from "vitest";
import { createManualClock } from "../../src/lib/clock.ts";
import { clockOff } from "../../src/station/fold/own-clock.ts";
import { snapshot, type TestCore, testCore, until } from "../harness/core.ts";
import { type RawStation, rawStation } from "../harness/stations/raw-station.ts";
import { benchStart } from "../harness/stations/station-bench.ts";

const hour = 3_600_000;
const versions = [
  {
    protocol: "ocpp1.6",
    boot: { chargePointVendor: "V", chargePointModel: "M" },
    status: { connectorId: 1, status: "Available", errorCode: "NoError" },
  },
  {
    protocol: "ocpp2.0.1",
    boot: { reason: "PowerUp", chargingStation: { vendorName: "V", model: "M" } },
    status: { evseId: 1, connectorId: 1, connectorStatus: "Available" },
  },
  {
    protocol: "ocpp2.1",
    boot: { reason: "PowerUp", chargingStation: { vendorName: "V", model: "M" } },
    status: { evseId: 1, connectorId: 1, connectorStatus: "Available" },
  },
];

describe.each(versions)("our own clock is set beside a station of $protocol", ({ protocol, boot, status }) => {
  test("and the station is not blamed, whether it was there or away", async () => {
    const clock = createManualClock(benchStart);
    const core = await testCore({ clock });
    const stationsTime = () => new Date(benchStart + clock.monotonic()).toISOString();
    const say = (station: RawStation) => station.ask("StatusNotification", { ...status, timestamp: stationsTime() });
    const station = await rawStation(`${core.url}CP1`, [protocol]);
    await station.ask("BootNotification", boot);
    await say(station);

    clock.set(-hour);
    await say(station);
    expect(await settings(core)).toEqual([-hour]);
    expect(await offOf(core)).toEqual({ stationMs: 0, ownMs: -hour });

    await station.close();
    await until(core.client, "stations.state", { identity: "CP1" }, (state) => state?.link.state === "offline");
    clock.set(3 * hour);
    clock.advance(1000);
    expect(await settings(core)).toEqual([-hour]);
    const again = await rawStation(`${core.url}CP1`, [protocol]);
    await say(again);
    expect(await settings(core)).toEqual([-hour, 3 * hour]);
    expect(await offOf(core)).toEqual({ stationMs: 0, ownMs: 2 * hour });

    const live = await snapshot(core.client, "stations.state", { identity: "CP1" });
    expect(live?.findings.map(({ rule }) => rule)).not.toContain("time-implausible");
    const restarted = await core.restart();
    const after = await snapshot(restarted.client, "stations.state", { identity: "CP1" });
    expect(after).toEqual({ ...live, seq: expect.any(Number), link: expect.any(Object) });
  });
});

/** By how much our clock was set, as the station's history tells. */
async function settings({ client }: TestCore): Promise<number[]> {
  const { entries } = await client.call("history.page", { station: "CP1", groups: ["link"], limit: 100 });
  return entries.flatMap(({ event }) => (event.kind === "own-clock-set" ? event.byMs : []));
}

async function offOf({ client }: TestCore) {
  const state = await snapshot(client, "stations.state", { identity: "CP1" });
  return state && clockOff(state);
}
