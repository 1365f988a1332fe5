import { cpSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createManualClock } from "../../src/lib/clock.ts";
import type { LinkClosed } from "../../src/station/events.ts";
import type { OcppVersion } from "../../src/station/model.ts";
import { snapshot, type TestCore, temporaryFolder, testCore, until } from "../harness/core.ts";
import { maskedText } from "../harness/masked-frame.ts";
import { openByHand } from "../harness/stations/hand-made-socket.ts";
import { rawStation } from "../harness/stations/raw-station.ts";
import { benchIdentity, benchStart, stationBench } from "../harness/stations/station-bench.ts";

const versions = ["1.6", "2.0.1", "2.1"] as const satisfies readonly OcppVersion[];

async function endsOf({ client }: TestCore, identity: string): Promise<(LinkClosed & { at: number })[]> {
  const entries = await snapshot(client, "history.live", { station: identity });
  return entries.flatMap(({ event }) => (event.kind === "link-closed" ? [event] : []));
}

describe.each(versions)("the end of a link, OCPP %s", (version) => {
  test("follows our reset, and is no loop and no hang-up before a boot", async () => {
    const bench = await stationBench(version);
    await bench.command({ name: "reset", kind: "hard" });
    await bench.run(10);
    await bench.reach(({ link, boot }) => link.state === "online" && boot?.asked === "reset");
    const ends = await endsOf(bench, benchIdentity);
    expect(ends.map(({ cause, change }) => [cause, change])).toEqual([["own-change", "reset"]]);
    const attempts = await snapshot(bench.client, "connection.attempts", {});
    const codes = attempts.flatMap(({ causes }) => causes.map(({ code }) => code));
    expect(codes).toEqual([]);
  });
});

test("after our own death is told as that, at the time of the last thing heard", async () => {
  const clock = createManualClock(benchStart);
  const first = await testCore({ clock });
  const station = await rawStation(`${first.url}CP1`);
  clock.advance(5000);
  await station.ask("Heartbeat", {});
  const folder = await temporaryFolder();
  for (const name of ["plugside.db", "plugside.db-wal"]) cpSync(join(first.folder, name), join(folder, name));

  clock.advance(3_600_000);
  const core = await testCore({ clock, dataFolder: folder });
  const state = await snapshot(core.client, "stations.state", { identity: "CP1" });
  expect(state?.link).toMatchObject({ state: "offline", since: benchStart + 5000, closed: { cause: "own-end" } });
  expect((await endsOf(core, "CP1")).map(({ cause, at }) => [cause, at])).toEqual([["own-end", benchStart + 5000]]);
});

test("an answer that a replaced link does not take is on record as not sent", async () => {
  const core = await testCore();
  const { client, url } = core;
  // Closed by us, it says nothing of it and goes on.
  const old = await openByHand(url, "/CP1", { "Sec-WebSocket-Protocol": "ocpp1.6" });
  await until(client, "stations.state", { identity: "CP1" }, (state) => state?.link.state === "online");
  const next = await rawStation(`${url}CP1`);
  await next.ask("Heartbeat", {});
  old.write(maskedText('[2,"late","Heartbeat",{}]'));
  const frames = () => client.call("messages.frames", { station: "CP1", since: 0, limit: 50 });
  await expect
    .poll(async () => (await frames()).find(({ text }) => text.includes("late"))?.marks)
    .toEqual(["answer-not-sent"]);
  expect((await frames()).filter(({ marks }) => marks !== undefined)).toHaveLength(1);
});
