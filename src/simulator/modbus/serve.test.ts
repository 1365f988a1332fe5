import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { portPair } from "../../../test/harness/serial/port-pair.ts";
import { createManualClock } from "../../lib/clock.ts";
import { usualSettings } from "../../transports/serial/settings.ts";
import { serveOnNetwork, serveOnPort } from "./serve.ts";

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

test("a port that cannot be had at first is an error; one that stays away is tried every second until it is ended", async () => {
  const clock = createManualClock();
  const pair = portPair();
  let away = true;
  let tries = 0;
  const open: typeof pair.open = (path, settings) => {
    tries++;
    return away ? Promise.reject(new Error("away")) : pair.open(path, settings);
  };
  const options = { path: "a", settings: usualSettings, open, clock, turned: () => undefined };
  await expect(serveOnPort(new Map(), options)).rejects.toThrow("away");
  away = false;
  const serving = await serveOnPort(new Map(), options);
  away = true;
  pair.unplug();
  await turn();
  for (const ms of [999, 1, 999, 1]) {
    clock.advance(ms);
    await turn();
  }
  expect(tries).toBe(4);
  await serving.dispose();
  clock.advance(5000);
  expect(tries).toBe(4);
});

test("a port that is back just as it is ended is let go of again", async () => {
  const clock = createManualClock();
  const pair = portPair();
  const opening = Promise.withResolvers<void>();
  let slow = false;
  const open: typeof pair.open = async (path, settings) => {
    if (slow) await opening.promise;
    return pair.open(path, settings);
  };
  const serving = await serveOnPort(new Map(), {
    path: "a",
    settings: usualSettings,
    open,
    clock,
    turned: () => undefined,
  });
  pair.unplug();
  await turn();
  pair.plug();
  slow = true;
  clock.advance(1000);
  await serving.dispose();
  opening.resolve();
  await turn();
  expect(pair.held()).toEqual([]);
});

/** Reads one holding register of unit 1 over Modbus TCP. */
const question = Buffer.from([0, 9, 0, 0, 0, 6, 1, 3, 0, 5, 0, 1]);

test("devices are served over Modbus TCP to sixteen at once, and to nobody once it is ended", async () => {
  const memory = { identity: [], read: (_table: string, address: number) => address + 0x100, write: () => false };
  const serving = await serveOnNetwork(new Map([[1, memory]]), {
    host: "127.0.0.1",
    port: 0,
    clock: createManualClock(),
  });
  const sockets: Socket[] = [];
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
  });
  const come = async () => {
    const socket = connect(serving.port, "127.0.0.1");
    sockets.push(socket.on("error", () => undefined));
    socket.write(question);
    return Promise.race([
      once(socket, "data").then(([bytes]) => (bytes as Buffer).toString("hex")),
      once(socket, "close").then(() => "closed"),
    ]);
  };
  for (let count = 0; count < 16; count++) expect(await come()).toBe("0009000000050103020105");
  expect(await come()).toBe("closed");
  const left = sockets[0] as Socket;
  left.destroy();
  await once(left, "close");
  let answer = await come();
  // The server may not have heard yet that one has gone.
  while (answer === "closed") answer = await come();
  expect(answer).toBe("0009000000050103020105");
  const gone = once(sockets[1] as Socket, "close");
  await serving.dispose();
  await gone;
  await expect(once(connect(serving.port, "127.0.0.1"), "connect")).rejects.toThrow("ECONNREFUSED");
});
