import { expect, test } from "vitest";
import { createManualClock } from "../../lib/clock.ts";
import { words } from "../../station/phrases.ts";
import type { OpenPort, PortListener } from "../../transports/serial/port.ts";
import { usualSettings } from "../../transports/serial/settings.ts";
import { listenAt } from "./listen.ts";

/** A port that says what a test lets it say. */
function bench(withSignals: boolean) {
  const clock = createManualClock();
  const heard: { listener: PortListener | null; closed: number; opened: unknown[] } = {
    listener: null,
    closed: 0,
    opened: [],
  };
  const port = {
    ...(withSignals && { signal: async () => undefined }),
    listen: (listener: PortListener) => {
      heard.listener = listener;
    },
    dispose: async () => void heard.closed++,
  } as unknown as OpenPort;
  const result = listenAt(
    async (...how) => {
      heard.opened.push(how);
      return port;
    },
    "p",
    usualSettings,
    clock,
  );
  return { clock, heard, result };
}

const settled = async (result: Promise<unknown>) =>
  await Promise.race([result.then(() => true), new Promise((resolve) => setImmediate(() => resolve(false)))]);

test("a second and a half is listened, and the port is closed", async () => {
  const { clock, heard, result } = bench(true);
  await settled(result);
  heard.listener?.data(Buffer.from("x".repeat(511)));
  clock.advance(1499);
  expect(await settled(result)).toBe(false);
  clock.advance(1);
  expect(await result).toEqual({ bytes: 511, text: 1 });
  expect([heard.opened, heard.closed]).toEqual([[["p", usualSettings]], 1]);
});

test("512 bytes are enough, and no more are judged; a port without signals passes bytes alone", async () => {
  const { heard, result } = bench(false);
  await settled(result);
  heard.listener?.data(Buffer.from("x".repeat(511)));
  expect(await settled(result)).toBe(false);
  heard.listener?.data(Buffer.from("x".repeat(100)));
  expect(await result).toEqual({ bytes: 512, text: 1, plain: true });
});

test("one that goes meanwhile tells of no speed, and why it went", async () => {
  const { heard, result } = bench(true);
  await settled(result);
  const refused = expect(result).rejects.toMatchObject({
    code: "unavailable",
    words: words("port-gone", { port: "p" }),
  });
  heard.listener?.closed(words("port-gone", { port: "p" }));
  await refused;
  expect(heard.closed).toBe(1);
});
