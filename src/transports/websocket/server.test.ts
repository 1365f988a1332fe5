import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { maskedFrame, maskedText } from "../../../test/harness/masked-frame.ts";
import { door, request, until } from "../../../test/harness/transports/door.ts";
import { createManualClock } from "../../lib/clock.ts";
import { silentLogger } from "../../lib/logger.ts";
import { closingText } from "../../station/phrases.ts";
import { AttemptTracker } from "../attempts/tracker.ts";
import type { LinkListener } from "../link.ts";
import { listenWebSocket } from "./server.ts";

/** A station that is let in and listened to; `frames`: what it got since its handshake, `told`: what is heard of it. */
async function station(more: Parameters<typeof door>[0] = {}) {
  const told: unknown[] = [];
  const listener: LinkListener = {
    message: (data) => told.push(Buffer.from(data).toString()),
    spoilt: ({ found }) => told.push(found.rule),
    closed: (...end) => told.push(end),
  };
  const way = await door({ onLink: (link) => link.listen(listener), ...more });
  const one = await way.come(request("/CP1"));
  await until(() => one.heard().includes("\r\n\r\n"));
  const start = one.heard().indexOf("\r\n\r\n") + 4;
  return { ...way, ...one, told, frames: () => one.heard().slice(start) };
}

test("a silent station is pinged as often as is set, and let go of where nothing comes", async () => {
  const { clock, frames, told, socket } = await station({ pingSeconds: () => 10 });
  clock.advance(9999);
  clock.advance(1);
  await until(() => frames().length === 2);
  expect(frames()).toBe("\x89\0");
  socket.write(maskedFrame(0x8a, new Uint8Array()));
  socket.write(maskedText("here"));
  await until(() => told.length === 1);
  clock.advance(10_000);
  await until(() => frames().length === 4);
  clock.advance(10_000);
  await until(() => told.length === 2);
  expect(told).toEqual(["here", [1006, "", "ping-unanswered"]]);
});

test("after a sleep of the computer each station is asked at once, and has five seconds", async () => {
  const { clock, frames, told, transport } = await station();
  transport.resumed();
  await until(() => frames().length === 2);
  clock.advance(4999);
  expect(told).toEqual([]);
  clock.advance(1);
  await until(() => told.length === 1);
  expect(told).toEqual([[1006, "", "ping-unanswered"]]);
});

test("the largest message is bounded by what can be set at all", async () => {
  const { socket, told } = await station({ frameLimit: () => 10 });
  socket.write(maskedText("x".repeat(10)));
  socket.write(maskedText("x".repeat(11)));
  await until(() => told.length === 2);
  expect(told).toEqual(["x".repeat(10), "over-limit"]);
});

test("as it ends stations are told goodbye, and those that do not answer are let go of", async () => {
  const { transport, frames, told, clock } = await station();
  let isOver = false;
  const over = Promise.resolve(transport.dispose()).then(() => {
    isOver = true;
  });
  await until(() => frames().length > 0);
  expect(isOver).toBe(false);
  expect(frames()).toBe(
    `\x88${String.fromCharCode(2 + closingText("close-shutdown").length)}\x03\xe9${closingText("close-shutdown")}`,
  );
  clock.advance(2000);
  await over;
  await until(() => told.length === 1);
  expect(told).toEqual([[1006, "", "shutdown"]]);
});

test("once it is over nothing of it waits any more", async () => {
  const { transport } = await door();
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  await transport.dispose();
  expect(vi.getTimerCount()).toBe(0);
});

test("where it listens is told, and whether wss is spoken", async () => {
  const { transport } = await door();
  const [first] = transport.listening();
  expect([transport.host, transport.port, transport.secure]).toEqual(["127.0.0.1", first?.port, false]);
  await transport.apply([]);
  expect([transport.host, transport.port]).toEqual(["", 0]);
});

test.each([true, false])(
  "a port that cannot be had ends the start where one is required (%s), and is tried again else",
  async (required) => {
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    onTestFinished(() => void taken.close());
    const { port } = taken.address() as AddressInfo;
    const clock = createManualClock();
    const warned: string[] = [];
    const tracker = new AttemptTracker({ clock, past: [], lastId: 0, onError: () => undefined });
    const opening = listenWebSocket({
      ...{ places: [{ host: "127.0.0.1", port, mode: "ws" }], required, clock, tracker, tls: null },
      log: { ...silentLogger, warn: (message) => void warned.push(message) },
      accessControl: { admit: () => ({ allow: false, status: 403, causes: [] }) },
      ...{ pingSeconds: () => 0, frameLimit: () => 1000, compression: () => false },
      ...{ chooseSubprotocol: () => undefined, onLink: () => undefined },
    });
    if (required) return expect(opening).rejects.toMatchObject({ code: "unavailable" });
    const transport = await opening;
    onTestFinished(() => transport.dispose());
    expect([warned, transport.listening()[0]?.problem]).toEqual([
      ["no port can be had for stations; tried again"],
      "EADDRINUSE",
    ]);
  },
);
