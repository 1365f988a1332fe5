import { once } from "node:events";
import { type AddressInfo, connect, createServer, Server, type Socket } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { createManualClock } from "../../lib/clock.ts";
import { silentLogger } from "../../lib/logger.ts";
import { Listeners, type ListenPlace } from "./listeners.ts";

const host = "127.0.0.1";

/** Ports of which another program has 127.0.0.1, as it can be on Windows and macOS, and what the check lets through. */
const others = vi.hoisted(() => ({ ports: new Set<number>(), held: 0, asked: [] as number[] }));
vi.mock("./shadow.ts", () => ({
  createShadowCheck: (giveBack: (socket: Socket) => void) => ({
    takes(socket: Socket) {
      if (others.held === 0) return false;
      others.held--;
      giveBack(socket);
      return true;
    },
    async run(port: number) {
      others.asked.push(port);
      return others.ports.has(port);
    },
  }),
}));

function openListeners() {
  const clock = createManualClock();
  const modes: string[] = [];
  const listeners = new Listeners({
    clock,
    log: silentLogger,
    onConnection(socket, mode) {
      modes.push(mode);
      socket.destroy();
    },
  });
  onTestFinished(() => listeners.dispose());
  return { clock, listeners, modes };
}

const place = (port: number, change: Partial<ListenPlace> = {}): ListenPlace => ({ host, port, mode: "ws", ...change });

/** A port that somebody else has. */
async function takenPort() {
  const server = createServer().listen(0, host);
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return { port: (server.address() as AddressInfo).port, server };
}

async function freePort(): Promise<number> {
  const { port, server } = await takenPort();
  server.close();
  await once(server, "close");
  return port;
}

/** Whether somebody takes a connection there. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host, () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", () => resolve(false));
  });
}

test("two changes at once are made one after the other: it listens where the later says, and nowhere else", async () => {
  const { listeners } = openListeners();
  const [first, second] = [await freePort(), await freePort()];
  await Promise.all([listeners.apply([place(first)]), listeners.apply([place(second)])]);
  expect(listeners.current()).toEqual([{ host, port: second, mode: "ws", wanted: second }]);
  expect([await answers(first), await answers(second)]).toEqual([false, true]);
});

test("a change that comes to nothing is told, and does not keep the next one from being made", async () => {
  const { listeners } = openListeners();
  const { port } = await takenPort();
  await expect(listeners.apply([place(port)])).rejects.toMatchObject({ code: "unavailable" });
  expect(listeners.current()).toEqual([{ host, port, mode: "ws", wanted: port, problem: "EADDRINUSE" }]);
  await listeners.apply([place(0)]);
  expect(await answers(listeners.current()[0]?.port ?? 0)).toBe(true);
});

test("a port that is taken is tried again every five seconds, and the problem is gone once it is free", async () => {
  const { listeners, clock } = openListeners();
  const { port, server } = await takenPort();
  await listeners.apply([place(0), place(port)]);
  let changes = 0;
  const counting = listeners.changed.on(() => changes++);
  clock.advance(5000);
  // One thing after the other: by the end of this change it was tried, and nothing new came of that.
  await listeners.apply([place(0), place(port)]);
  expect([changes, listeners.current()[1]?.problem]).toEqual([1, "EADDRINUSE"]);
  void counting.dispose();
  changes = 0;
  server.close();
  await once(server, "close");
  const opened = new Promise<void>((resolve) => listeners.changed.on(() => ++changes && resolve()));
  clock.advance(4999);
  expect(listeners.current()[1]?.problem).toBe("EADDRINUSE");
  clock.advance(1);
  await opened;
  expect([changes, listeners.current()[1]]).toEqual([1, { host, port, mode: "ws", wanted: port }]);
});

test("the next free port is taken where that was asked for, and what was wanted is told", async () => {
  const { listeners } = openListeners();
  const { port } = await takenPort();
  await listeners.apply([place(port, { nextFree: true })]);
  const [one] = listeners.current();
  expect(one).toMatchObject({ wanted: port });
  expect(one?.problem).toBeUndefined();
  expect(one?.port).not.toBe(port);
  expect(await answers(one?.port ?? 0)).toBe(true);
});

test("a port of all addresses that is another's on 127.0.0.1 is told as that, or passed over where the next one is good as well", async () => {
  const { listeners, modes } = openListeners();
  const port = await freePort();
  others.ports.add(port);
  onTestFinished(() => {
    others.ports.clear();
    others.asked.length = 0;
  });
  const all = { host: "0.0.0.0", port, mode: "ws" } as const;
  await listeners.apply([all]);
  expect(listeners.current()).toEqual([{ ...all, wanted: port, shadowed: true }]);
  // What the check has let through is not told twice.
  others.held = 1;
  expect([await answers(port), await answers(port)]).toEqual([true, true]);
  await expect.poll(() => modes).toEqual(["ws", "ws"]);
  await listeners.apply([]);
  await listeners.apply([{ ...all, nextFree: true }]);
  const [one] = listeners.current();
  expect(one).toEqual({ ...all, port: expect.any(Number), wanted: port });
  expect(one?.port).not.toBe(port);
  // The very next may be somebody's on this machine.
  expect(others.asked.slice(0, 3)).toEqual([port, port, one?.port]);
});

test("a port of one address, or any that is free, is not looked at for another program", async () => {
  const { listeners } = openListeners();
  await listeners.apply([place(await freePort()), { host: "0.0.0.0", port: 0, mode: "ws" }]);
  expect([others.asked, listeners.current().map(({ shadowed }) => shadowed)]).toEqual([[], [undefined, undefined]]);
});

test("a port that the system has set aside is passed over for the next, and one for the administrator alone is not", async () => {
  const listen = Server.prototype.listen as (this: Server, ...args: unknown[]) => Server;
  let denied = 0;
  vi.spyOn(Server.prototype, "listen").mockImplementation(function (this: Server, ...args: unknown[]) {
    if (args[0] !== denied) return listen.apply(this, args);
    queueMicrotask(() => this.emit("error", Object.assign(new Error("denied"), { code: "EACCES" })));
    return this;
  });
  const { listeners } = openListeners();
  denied = 1024;
  await listeners.apply([place(denied, { nextFree: true })]);
  expect(listeners.current()).toEqual([{ host, port: expect.any(Number), mode: "ws", wanted: 1024 }]);
  expect(listeners.current()[0]?.port).toBeGreaterThan(1024);
  denied = 1023;
  await expect(listeners.apply([place(denied, { nextFree: true })])).rejects.toMatchObject({ code: "unavailable" });
  expect(listeners.current()).toEqual([{ host, port: 1023, mode: "ws", wanted: 1023, problem: "EACCES" }]);
});

test("another mode of a place is the one of the next connection, on the port that stays open", async () => {
  const { listeners, modes } = openListeners();
  const port = await freePort();
  await listeners.apply([place(port)]);
  await answers(port);
  await listeners.apply([place(port, { mode: "wss" })]);
  await answers(port);
  await expect.poll(() => modes).toEqual(["ws", "wss"]);
});

test("once it is over nobody listens", async () => {
  const { listeners } = openListeners();
  const port = await freePort();
  await Promise.all([listeners.apply([place(port)]), listeners.dispose()]);
  expect([listeners.current(), await answers(port)]).toEqual([[], false]);
});

test("a connection that cannot be taken is let go of, and told once in five seconds", async () => {
  const clock = createManualClock();
  const errors: unknown[] = [];
  const listeners = new Listeners({
    clock,
    log: { ...silentLogger, error: (message, details) => void errors.push([message, String(details?.error)]) },
    onConnection() {
      throw new Error("a fault");
    },
  });
  onTestFinished(() => listeners.dispose());
  await listeners.apply([place(0)]);
  const [{ port } = { port: 0 }] = listeners.current();
  const come = async () => {
    const socket = connect(port, host).on("error", () => undefined);
    await once(socket, "close");
  };
  await come();
  clock.advance(4999);
  await come();
  expect(errors).toEqual([["a station port failed", "Error: a fault"]]);
  clock.advance(1);
  await come();
  expect(errors.length).toBe(2);
});

test("a place that is asked for twice is listened at once, and the one that is left out is shut", async () => {
  const { listeners } = openListeners();
  await listeners.apply([place(0), place(0)]);
  const [one, other] = listeners.current().map(({ port }) => port);
  expect(one).not.toBe(other);
  await listeners.apply([place(0)]);
  expect(listeners.current().map(({ port }) => port)).toEqual([one]);
  expect([await answers(one ?? 0), await answers(other ?? 0)]).toEqual([true, false]);
});

test("of several places one is enough, and why another cannot be had is told", async () => {
  const { listeners } = openListeners();
  const { port } = await takenPort();
  await listeners.apply([place(port), place(0)]);
  expect(listeners.current().map(({ problem }) => problem)).toEqual(["EADDRINUSE", undefined]);
  const refused = listeners.apply([place(port), { ...place(0), host: "192.0.2.1" }]);
  await expect(refused).rejects.toMatchObject({
    code: "unavailable",
    words: { phrase: "no-port", values: { place: `${host}:${port}` } },
  });
  expect(listeners.current().map(({ problem }) => problem)).toEqual(["EADDRINUSE", "EADDRNOTAVAIL"]);
});
