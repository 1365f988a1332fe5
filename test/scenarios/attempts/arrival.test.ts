import { expect, test } from "vitest";
import { createManualClock } from "../../../src/lib/clock.ts";
import { snapshot, testCore } from "../../harness/core.ts";
import { rawStation } from "../../harness/stations/raw-station.ts";

// A file of its own: the schemas must not be loaded yet when the first link comes.
test("the last to arrive wins, even when the older one's version is slower to load", async () => {
  const { client, url } = await testCore({ clock: createManualClock() });
  const older = rawStation(`${url}CP1`, ["ocpp2.1"]);
  const newer = rawStation(`${url}CP1`, ["ocpp1.6"]);
  expect(await (await older).closed).toEqual({ code: 1000, reason: "replaced by a newer connection" });
  await (await newer).ask("Heartbeat", {});
  expect(await snapshot(client, "stations.state", { identity: "CP1" })).toMatchObject({
    ocpp: "1.6",
    link: { state: "online", subprotocol: "ocpp1.6" },
  });
});
