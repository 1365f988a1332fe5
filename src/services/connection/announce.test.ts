import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { createManualClock } from "../../lib/clock.ts";
import { createEmitter } from "../../lib/emitter.ts";
import { silentLogger } from "../../lib/logger.ts";
import { Listeners } from "../../transports/websocket/listeners.ts";
import { type Announcement, createAnnouncer } from "./announce.ts";
import type { ListeningPlace } from "./contract.ts";

function setUp(...places: Partial<ListeningPlace>[]) {
  const said: string[] = [];
  const state = { wanted: false, secure: false, places, addresses: ["10.0.0.5"] };
  const clock = createManualClock();
  const changed = createEmitter<void>(silentLogger);
  const announcer = createAnnouncer({
    wanted: () => state.wanted,
    listening: () =>
      state.places.map((place) => ({ host: "0.0.0.0", port: 9000, wanted: 9000, mode: "both", ...place })),
    addresses: () => state.addresses,
    secure: () => state.secure,
    changes: [changed],
    open: opener(said),
    clock,
  });
  /** Changes something, and gives what is said of it. */
  function change(to: Partial<typeof state>): string[] {
    Object.assign(state, to);
    changed.emit();
    return said.splice(0);
  }
  return { said, announcer, change, changed, clock, state };
}

function opener(said: string[]) {
  return (what: Announcement) => {
    const at = what.address === "10.0.0.5" ? "" : ` at ${what.address}`;
    const name = `${what.secure ? "wss" : "ws"} ${what.port}${at}`;
    said.push(`open ${name}`);
    return { dispose: () => void said.push(`close ${name}`) };
  };
}

test("announces while wanted, and follows the port", async () => {
  const { said, announcer, change, changed } = setUp({});
  expect(change({})).toEqual([]);
  expect(change({ wanted: true })).toEqual(["open ws 9000"]);
  expect(change({})).toEqual([]);
  expect(change({ places: [{ port: 9001 }] })).toEqual(["close ws 9000", "open ws 9001"]);
  expect(change({ wanted: false })).toEqual(["close ws 9001"]);
  expect(change({ wanted: true })).toEqual(["open ws 9001"]);
  await announcer.dispose();
  expect([said, changed.size]).toEqual([["close ws 9001"], 0]);
});

test("says it on the network of each address, and of one that comes later", () => {
  const { said, change, state, clock } = setUp({});
  state.addresses = ["10.0.0.5", "169.254.3.4"];
  expect(change({ wanted: true })).toEqual(["open ws 9000", "open ws 9000 at 169.254.3.4"]);
  state.addresses = ["10.0.0.5", "192.168.50.1"];
  clock.advance(5000);
  expect(said).toEqual(["close ws 9000 at 169.254.3.4", "open ws 9000 at 192.168.50.1"]);
});

test("a port for this machine alone is not announced", () => {
  const { change } = setUp({ host: "127.0.0.1" }, { host: "127.1.2.3" }, { host: "::1" }, { host: "localhost" });
  expect(change({ wanted: true })).toEqual([]);
});

test("the end waits until each announcement has taken its leave", async () => {
  const leave = Promise.withResolvers<void>();
  const wanted = createEmitter<void>(silentLogger);
  const announcer = createAnnouncer({
    wanted: () => true,
    listening: () => [{ host: "::", port: 9000, wanted: 9000, mode: "both" }],
    addresses: () => ["10.0.0.5"],
    secure: () => false,
    changes: [wanted],
    open: () => ({ dispose: () => leave.promise }),
    clock: createManualClock(),
  });
  let over = false;
  const ending = Promise.resolve(announcer.dispose()).then(() => {
    over = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(over).toBe(false);
  leave.resolve();
  await ending;
});

test("announces each place that is open and reached from outside, by all that it takes", () => {
  const { change } = setUp(
    { host: "127.0.0.1", port: 1 },
    { host: "10.0.0.9", port: 2, problem: "EADDRNOTAVAIL" },
    { host: "10.0.0.5", port: 3, mode: "wss" },
    { port: 4 },
    { port: 5, mode: "ws" },
  );
  expect(change({ wanted: true })).toEqual(["open ws 4", "open ws 5"]);
  expect(change({ secure: true })).toEqual(["open wss 3", "open wss 4"]);
  expect(change({ places: [{ port: 4 }] })).toEqual(["close ws 5", "close wss 3"]);
});

test("a place that is added, or that opens only later, is announced when it is open", async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const { port } = taken.address() as AddressInfo;
  const clock = createManualClock();
  const listeners = new Listeners({ clock, log: silentLogger, onConnection: (socket) => socket.destroy() });
  onTestFinished(() => listeners.dispose());
  const place = (at: number) => ({ host: "127.0.0.1", port: at, mode: "ws" as const });
  await listeners.apply([place(0)]);
  const first = listeners.current()[0]?.port;
  const said: string[] = [];
  const announcer = createAnnouncer({
    wanted: () => true,
    // These are the loopback's, which is never announced.
    listening: () => listeners.current().map((one) => ({ ...one, host: "10.0.0.5" })),
    addresses: () => ["10.0.0.5"],
    secure: () => false,
    changes: [listeners.changed],
    open: opener(said),
    clock: createManualClock(),
  });
  onTestFinished(() => announcer.dispose());
  await listeners.apply([place(0), place(port)]);
  expect(said).toEqual([`open ws ${first}`]);
  taken.close();
  await once(taken, "close");
  const opened = new Promise<void>((resolve) => listeners.changed.on(resolve));
  clock.advance(5000);
  await opened;
  expect(said).toEqual([`open ws ${first}`, `open ws ${port}`]);
  await listeners.apply([place(port)]);
  expect(said).toEqual([`open ws ${first}`, `open ws ${port}`, `close ws ${first}`]);
});
