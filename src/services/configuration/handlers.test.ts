import { expect, test } from "vitest";
import { openServices, watch } from "../testing/open-services.ts";
import { configurationHandlers } from "./handlers.ts";

const listed = (...keys: [string, string][]) => ({
  configurationKey: keys.map(([key, value]) => ({ key, readonly: false, value })),
  unknownKey: [],
});

test("what a station told of its configuration is made from the record, and kept up while somebody looks", async () => {
  const bench = await openServices();
  const handlers = configurationHandlers(bench.context);
  const read = (station: string) => watch(handlers["configuration.live"], { station });
  bench.tell("boot", "BootNotification", { chargePointVendor: "V", chargePointModel: "M" });
  const empty = read("CP1").snapshot;
  bench.exchange("GetConfiguration", {}, listed(["A", "1"], ["B", "2"]));
  bench.exchange("GetConfiguration", { key: ["A"] }, listed(["A", "3"]));
  const looked = read("CP1");
  const other = read("CP2");
  expect(looked.snapshot).not.toEqual(empty);
  expect(JSON.stringify(looked.snapshot)).toContain('"3"');
  expect(JSON.stringify(looked.snapshot)).not.toContain('"1"');
  expect(other.snapshot).toEqual(empty);
  bench.tell("beat", "Heartbeat", {});
  expect(looked.told).toEqual([]);
  bench.exchange("GetConfiguration", { key: ["B"] }, listed(["B", "4"]));
  expect(looked.told).toEqual([read("CP1").snapshot]);
  looked.close();
  bench.exchange("GetConfiguration", { key: ["B"] }, listed(["B", "5"]));
  expect([looked.told.length, other.told]).toEqual([1, []]);
});

test("what was told and waits to be stored is told as well", async () => {
  const { context } = await openServices();
  const handlers = configurationHandlers(context);
  context.journal.write(context.registry.require("CP1"), {
    ...{ kind: "configuration", keys: [{ key: "Fresh", readonly: false, value: "1" }], unknown: [] },
  });
  expect(JSON.stringify(watch(handlers["configuration.live"], { station: "CP1" }).snapshot)).toContain("Fresh");
});
