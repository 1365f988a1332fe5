import { expect, onTestFinished, test, vi } from "vitest";
import { type ClientOptions, type ClientSocket, createClient } from "./client.ts";

/** A client over sockets made by hand; the newest is the one it speaks over. */
function setUp(options: Partial<ClientOptions> = {}) {
  const sockets: {
    sent: { id: number }[];
    closed: boolean;
    open(): void;
    say(message: object): void;
    lose(reason?: string): void;
  }[] = [];
  const timers: { task: () => void; ms: number }[] = [];
  const connect = (): ClientSocket => {
    let [onOpen, onMessage, onClose] = [() => {}, (_text: string) => {}, (_reason: string) => {}];
    const socket = {
      sent: [] as { id: number }[],
      closed: false,
      open: () => onOpen(),
      say: (message: object) => onMessage(JSON.stringify(message)),
      lose: (reason = "") => onClose(reason),
    };
    sockets.push(socket);
    return {
      send: (text) => void socket.sent.push(JSON.parse(text)),
      close() {
        socket.closed = true;
        onClose("");
      },
      onOpen: (listener) => {
        onOpen = listener;
      },
      onMessage: (listener) => {
        onMessage = listener;
      },
      onClose: (listener) => {
        onClose = listener;
      },
    };
  };
  const setTimer = (task: () => void, ms: number) => void timers.push({ task, ms });
  const client = createClient({ connect, setTimer, ...options });
  const states: string[] = [];
  client.onState((state) => states.push(state));
  const now = () => {
    const socket = sockets.at(-1);
    if (!socket) throw new Error("no socket");
    return socket;
  };
  return { client, sockets, timers, states, now };
}

test("calls made before the socket is open wait for it, and go once", async () => {
  const { client, now } = setUp();
  const answer = client.call("connection.link", {});
  expect(now().sent).toEqual([]);
  now().open();
  expect(now().sent).toEqual([{ id: 1, call: "connection.link", input: {} }]);
  now().say({ id: 1, value: { url: "u" } });
  expect(await answer).toEqual({ url: "u" });
});

test("when the socket is lost every call that waits fails, and none goes again", async () => {
  const { client, now, timers, sockets, states } = setUp();
  now().open();
  const first = client.call("connection.link", {});
  const second = client.call("connection.port", {});
  now().lose("The core is gone.");
  await expect(first).rejects.toMatchObject({ code: "unavailable", message: "The core is gone." });
  await expect(second).rejects.toMatchObject({ code: "unavailable" });
  const third = client.call("connection.link", {});
  expect(timers.map(({ ms }) => ms)).toEqual([1000]);
  timers[0]?.task();
  now().open();
  expect([sockets.length, now().sent.map(({ id }) => id)]).toEqual([2, [3]]);
  now().say({ id: 3, value: { url: null } });
  expect(await third).toEqual({ url: null });
  expect(states).toEqual(["open", "closed", "connecting", "open"]);
});

test("one that waits in the queue when the dial fails is told so as well", async () => {
  const { client, now, timers } = setUp();
  const waiting = client.call("connection.link", {});
  now().lose();
  await expect(waiting).rejects.toMatchObject({ code: "unavailable", words: { phrase: "core-lost" } });
  timers[0]?.task();
  now().open();
  expect(now().sent).toEqual([]);
});

test("a lost socket is tried again by the clock of the machine, unless another is given", () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const { client, sockets, now } = setUp({ setTimer: undefined });
  now().open();
  now().lose();
  vi.advanceTimersByTime(999);
  expect([client.state, sockets.length]).toEqual(["closed", 1]);
  vi.advanceTimersByTime(1);
  expect([client.state, sockets.length]).toEqual(["connecting", 2]);
});

test("who does not want to be dialled again is not", () => {
  const { now, timers, states } = setUp({ retryMs: null });
  now().open();
  now().lose();
  expect([timers, states]).toEqual([[], ["open", "closed"]]);
});

test("a watch before the socket is open is asked for once, when it is, and not at all where it was stopped before", () => {
  const { client, now } = setUp();
  client.watch("stations.count", {}, () => undefined);
  client.watch("connection.status", {}, () => undefined).stop();
  expect(now().sent).toEqual([]);
  now().open();
  expect(now().sent).toEqual([{ id: 1, watch: "stations.count", input: {} }]);
});

test("watches are asked for again when the socket is back, and those that were stopped are not", () => {
  const { client, now, timers } = setUp();
  now().open();
  const values: unknown[] = [];
  client.watch("stations.count", {}, (value) => values.push(value));
  const stopped = client.watch("connection.status", {}, () => undefined);
  now().say({ id: 1, snapshot: { known: 1, online: 0 } });
  now().say({ id: 1, change: { known: 1, online: 1 } });
  stopped.stop();
  expect(now().sent).toMatchObject([
    { watch: "stations.count" },
    { watch: "connection.status" },
    { id: 2, unwatch: true },
  ]);
  now().lose();
  timers[0]?.task();
  now().open();
  expect(now().sent).toMatchObject([{ id: 1, watch: "stations.count" }]);
  expect(values).toEqual([
    { known: 1, online: 0 },
    { known: 1, online: 1 },
  ]);
});

test("a watch that is stopped before the socket is open is never asked for", () => {
  const { client, now } = setUp();
  client.watch("settings.values", {}, () => undefined).stop();
  now().open();
  expect(now().sent).toEqual([]);
});

test("one that is begun as the way is open is asked for once, and one that is stopped then is not", () => {
  const { client, now } = setUp();
  const stopped = client.watch("stations.list", {}, () => undefined);
  client.onState(() => {
    stopped.stop();
    client.watch("stations.list", {}, () => undefined);
  });
  now().open();
  const watched = now().sent.filter((message) => "watch" in message);
  expect(watched).toEqual([{ id: 2, watch: "stations.list", input: {} }]);
});

test("a log grows at its end and keeps so many, and a table changes row by row", () => {
  const { client, now } = setUp({ keep: 3 });
  now().open();
  const logs: unknown[] = [];
  const tables: unknown[] = [];
  client.watch("metering.live", { station: "CP1" }, (value, added) => logs.push([value, added]));
  client.watch("stations.list", {}, (value) => tables.push(value));
  now().say({ id: 1, snapshot: [1, 2] });
  now().say({ id: 1, added: [3, 4] });
  expect(logs).toEqual([
    [[1, 2], null],
    [
      [2, 3, 4],
      [3, 4],
    ],
  ]);
  const row = (identity: string, running: number) => ({ identity, running });
  now().say({ id: 2, snapshot: [row("A", 0), row("B", 0)], key: "identity" });
  now().say({ id: 2, rows: [row("B", 1), row("C", 0)], gone: ["A"] });
  expect(tables.at(-1)).toEqual([row("B", 1), row("C", 0)]);
});

test("a call that is refused fails, and so does a watch, once", async () => {
  const { client, now, timers } = setUp();
  now().open();
  const call = client.call("connection.link", {});
  const failures: string[] = [];
  client.watch(
    "stations.count",
    {},
    () => undefined,
    ({ code }) => failures.push(code),
  );
  const failure = {
    ...{ code: "not-found", message: "no", details: { seq: 1 } },
    words: { phrase: "no-frame", values: { seq: 1 } },
  };
  now().say({ id: 1, failure });
  now().say({ id: 2, failure });
  now().say({ id: 2, failure });
  await expect(call).rejects.toMatchObject(failure);
  now().lose();
  timers[0]?.task();
  now().open();
  expect([failures, now().sent]).toEqual([["not-found"], []]);
});

test("one that is closed asks nothing more and is not dialled again", async () => {
  const { client, sockets, timers, now } = setUp();
  now().open();
  const waiting = client.call("connection.link", {});
  client.close();
  await expect(waiting).rejects.toMatchObject({ code: "unavailable" });
  await expect(client.call("connection.link", {})).rejects.toMatchObject({
    ...{ code: "unavailable", words: { phrase: "core-closed" } },
  });
  for (const { task } of timers) task();
  expect([sockets.length, sockets[0]?.closed]).toEqual([1, true]);
});

test("that a socket of before is lost once more tells nothing of the one that is open", async () => {
  const { client, sockets, timers, states, now } = setUp();
  now().open();
  now().lose();
  timers[0]?.task();
  now().open();
  const answer = client.call("connection.link", {});
  sockets[0]?.lose();
  expect([client.state, timers.length, states]).toEqual(["open", 1, ["open", "closed", "connecting", "open"]]);
  now().say({ id: 1, value: { url: null } });
  expect(await answer).toEqual({ url: null });
});

test("each state is told once, to who still listens, and can be looked at", () => {
  const { client, states, now } = setUp();
  expect(client.state).toBe("connecting");
  const other: string[] = [];
  const listening = client.onState((state) => other.push(state));
  now().open();
  now().open();
  listening.stop();
  expect(client.state).toBe("open");
  now().lose();
  expect([client.state, states, other]).toEqual(["closed", ["open", "closed"], ["open"]]);
});

test("what is told of nobody's watch is nothing, nor rows of what is no table", () => {
  const { client, now } = setUp();
  const told: unknown[] = [];
  now().open();
  const watch = client.watch("settings.values", {}, (value) => told.push(value));
  const { id } = now().sent[0] ?? { id: 0 };
  for (const message of [
    { id: 99, snapshot: 1 },
    { id: 99, change: 1 },
    { id: 99, added: [1] },
    { id: 99, rows: [1], gone: [] },
    { id: 99, value: 1 },
    { id: 99, failure: { code: "internal", message: "x" } },
    { id, rows: [{ name: "a" }], gone: [] },
  ])
    now().say(message);
  expect(told).toEqual([]);
  now().say({ id, snapshot: "s" });
  watch.stop();
  watch.stop();
  now().say({ id, change: "c" });
  expect([told, now().sent.slice(1)]).toEqual([["s"], [{ id, unwatch: true }]]);
});

test("a log keeps its last five thousand where nobody says otherwise, and a lost socket is tried again in a second", () => {
  const { client, now, timers, sockets } = setUp();
  let last: unknown[] = [];
  now().open();
  client.watch("messages.live", { filter: {} }, (value) => {
    last = value as unknown[];
  });
  const { id } = now().sent[0] ?? { id: 0 };
  now().say({ id, snapshot: [0] });
  now().say({ id, added: Array.from({ length: 4999 }, (_, at) => at + 1) });
  expect(last).toHaveLength(5000);
  now().say({ id, added: [5000] });
  expect([last.length, last[0], last[4999]]).toEqual([5000, 1, 5000]);
  now().lose();
  expect(timers.map(({ ms }) => ms)).toEqual([1000]);
  timers[0]?.task();
  expect([client.state, sockets.length]).toEqual(["connecting", 2]);
  client.close();
  timers.at(-1)?.task();
  expect(sockets).toHaveLength(2);
});
