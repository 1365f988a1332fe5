import { expect, test } from "vitest";
import { portPair } from "../../../test/harness/serial/port-pair.ts";
import { createManualClock } from "../../lib/clock.ts";
import { usualSettings } from "../../transports/serial/settings.ts";
import { serveOnPort } from "./serve.ts";

const turn = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));

test("a device on a port that goes is there again with it, and holds nothing once it is ended", async () => {
  const pair = portPair();
  const clock = createManualClock();
  const told: (string | null)[] = [];
  const serving = await serveOnPort(new Map(), {
    path: "a",
    settings: usualSettings,
    open: pair.open,
    clock,
    turned: (gone) => told.push(gone?.phrase ?? null),
  });
  pair.unplug();
  clock.advance(3000);
  await turn();
  pair.plug();
  clock.advance(1000);
  await turn();
  expect([told, pair.held()]).toEqual([["port-gone", null], ["a"]]);
  pair.unplug();
  await serving.dispose();
  pair.plug();
  clock.advance(5000);
  await turn();
  expect(pair.held()).toEqual([]);
});
