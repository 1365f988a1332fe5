import { expect, test } from "vitest";
import { createManualClock } from "../lib/clock.ts";
import { FailureError, type RowChange } from "../lib/contract.ts";
import { silentLogger } from "../lib/logger.ts";
import { defaultSettings } from "../services/settings/contract.ts";
import type { StationSummary } from "../services/stations/contract.ts";
import type { CoreHandlers } from "./contract.ts";
import { converse } from "./server.ts";

function setUp(handlers: Partial<CoreHandlers>) {
  const clock = createManualClock();
  const said: unknown[] = [];
  const socket = { send: (text: string) => said.push(JSON.parse(text)), buffered: 0, cut: () => said.push("cut") };
  const bugs: unknown[] = [];
  const log = { ...silentLogger, bug: (_message: string, { error }: { error: unknown }) => void bugs.push(error) };
  const conversation = converse(socket, { handlers: handlers as CoreHandlers, clock, log });
  const take = () => said.splice(0);
  const tell = (message: unknown) => conversation.receive(JSON.stringify(message));
  return { clock, socket, conversation, take, tell, bugs };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test("a call is answered to its asker, a refusal in words", async () => {
  const { tell, take } = setUp({
    "tokens.remove": () => {
      throw new FailureError("not-found", "The token X is not in the list.");
    },
    "connection.link": () => ({ url: null }),
  });
  tell({ id: 1, call: "connection.link", input: {} });
  tell({ id: 2, call: "tokens.remove", input: { value: "X" } });
  await settled();
  expect(take()).toEqual([
    { id: 2, failure: { code: "not-found", message: "The token X is not in the list." } },
    { id: 1, value: { url: null } },
  ]);
});

test("input that does not fit says what and where", async () => {
  const { tell, take } = setUp({});
  tell({ id: 1, call: "tokens.remove", input: { value: 7 } });
  await settled();
  expect(take()).toMatchObject([
    {
      id: 1,
      failure: {
        code: "invalid-input",
        message: expect.stringContaining("value:"),
        details: [{ path: ["value"] }],
        words: { phrase: "bad-input", values: { name: "tokens.remove", issues: expect.stringContaining("value:") } },
      },
    },
  ]);
});

test.each(["nothing.here", "__proto__", "constructor", "settings.values"])("%s is no call", async (name) => {
  const { tell, take } = setUp({});
  tell({ id: 1, call: name, input: {} });
  await settled();
  const words = { phrase: "no-such-call", values: { name } };
  expect(take()).toEqual([
    { id: 1, failure: { code: "not-found", message: `There is no call named ${name}.`, words } },
  ]);
});

test("a bug inside tells the log, not the asker", async () => {
  const bug = new Error("secret detail");
  const { tell, take, bugs } = setUp({
    "connection.link": () => {
      throw bug;
    },
    "tokens.remove": () => {
      throw new FailureError("not-found", "The token X is not in the list.");
    },
  });
  tell({ id: 1, call: "connection.link", input: {} });
  tell({ id: 2, call: "tokens.remove", input: { value: "X" } });
  await settled();
  const said = take();
  expect(said).toHaveLength(2);
  expect(JSON.stringify(said)).not.toContain("secret detail");
  expect(said).toContainEqual({
    id: 1,
    failure: { code: "internal", message: expect.any(String), words: { phrase: "internal-failure" } },
  });
  expect(bugs).toEqual([bug]);
});

test("what is no message is refused, and the conversation goes on", async () => {
  const { conversation, take, tell } = setUp({ "connection.link": () => ({ url: null }) });
  for (const text of ["", "{", "[]", '{"id":"1","call":"x"}']) conversation.receive(text);
  expect(take().length).toBe(4);
  tell({ id: 1, call: "connection.link", input: {} });
  await settled();
  expect(take()).toEqual([{ id: 1, value: { url: null } }]);
});

test("a value feed gives a snapshot, then the latest value at most every 100 ms", () => {
  let push: (value: typeof defaultSettings) => void = () => undefined;
  let open = 0;
  const { tell, take, clock } = setUp({
    "settings.values": (_input, to) => {
      push = to;
      open++;
      return { snapshot: defaultSettings, close: () => open-- };
    },
  });
  tell({ id: 1, watch: "settings.values", input: {} });
  expect(take()).toEqual([{ id: 1, snapshot: defaultSettings }]);
  push({ ...defaultSettings, port: 1 });
  push({ ...defaultSettings, port: 2 });
  clock.advance(99);
  expect(take()).toEqual([]);
  clock.advance(1);
  expect(take()).toEqual([{ id: 1, change: { ...defaultSettings, port: 2 } }]);
  tell({ id: 1, unwatch: true });
  expect(open).toBe(0);
});

test("a client too slow for a log gets a fresh snapshot in place of the changes", () => {
  let push: (value: never) => void = () => undefined;
  let snapshot: unknown[] = [];
  const { tell, take, clock, socket } = setUp({
    "messages.live": (_input, to) => {
      push = to as (value: never) => void;
      return { snapshot: snapshot as never, close: () => undefined };
    },
  });
  tell({ id: 1, watch: "messages.live", input: { filter: {} } });
  take();
  push([1, 2] as never);
  push([3] as never);
  clock.advance(100);
  expect(take()).toEqual([{ id: 1, added: [1, 2, 3] }]);
  socket.buffered = 8 * 1024 * 1024;
  push([4] as never);
  clock.advance(500);
  expect(take()).toEqual([]);
  socket.buffered = 0;
  snapshot = [3, 4];
  clock.advance(100);
  expect(take()).toEqual([{ id: 1, snapshot: [3, 4] }]);
});

test("a lazy value that throws ends its feed with a failure, and nothing else", async () => {
  let push: (value: () => never) => void = () => undefined;
  let open = 0;
  const { tell, take, clock } = setUp({
    "settings.values": (_input, to) => {
      push = to;
      open++;
      return { snapshot: defaultSettings, close: () => open-- };
    },
    "connection.link": () => ({ url: null }),
  });
  tell({ id: 1, watch: "settings.values", input: {} });
  take();
  push(() => {
    throw new Error("secret detail");
  });
  clock.advance(100);
  expect(take()).toMatchObject([{ id: 1, failure: { code: "internal" } }]);
  expect(open).toBe(0);
  tell({ id: 1, watch: "settings.values", input: {} });
  expect([take(), open]).toEqual([[{ id: 1, snapshot: defaultSettings }], 1]);
  tell({ id: 1, call: "connection.link", input: {} });
  await settled();
  expect(take()).toEqual([{ id: 1, value: { url: null } }]);
});

test("a table tells rows that are new, changed or gone, each once as it is when it is sent", () => {
  let push: (change: RowChange<StationSummary>) => void = () => undefined;
  const { tell, take, clock, socket } = setUp({
    "stations.list": (_input, to) => {
      push = to as typeof push;
      return { snapshot: [], close: () => undefined };
    },
  });
  const row = (identity: string, findings: number) => ({ identity, findings }) as StationSummary;
  tell({ id: 1, watch: "stations.list", input: {} });
  expect(take()).toEqual([{ id: 1, snapshot: [], key: "identity" }]);
  for (let count = 0; count < 1000; count++) push({ key: "A", row: () => row("A", count) });
  push({ key: "B", row: () => row("B", 1) });
  push({ key: "B", row: null });
  socket.buffered = 8 * 1024 * 1024;
  clock.advance(500);
  expect(take()).toEqual([]);
  socket.buffered = 0;
  clock.advance(100);
  expect(take()).toEqual([{ id: 1, rows: [row("A", 999)], gone: ["B"] }]);
});

test("a large table follows in pieces", () => {
  const { tell, take, clock } = setUp({
    "stations.list": (_input, push) => {
      for (let count = 0; count < 4500; count++) {
        push({ key: `S${count}`, row: () => ({ identity: `S${count}` }) as StationSummary });
      }
      return { snapshot: [], close: () => undefined };
    },
  });
  tell({ id: 1, watch: "stations.list", input: {} });
  clock.advance(1000);
  expect(take().map((message) => (message as { rows?: unknown[] }).rows?.length)).toEqual([undefined, 2000, 2000, 500]);
});

test("a client that does not read is cut off, and nothing more is made for it", async () => {
  const { tell, take, socket, clock } = setUp({ "connection.link": () => ({ url: null }) });
  socket.buffered = 100 * 1024 * 1024;
  tell({ id: 1, call: "connection.link", input: {} });
  await settled();
  expect(take()).toEqual([{ id: 1, value: { url: null } }, "cut"]);
  tell({ id: 2, call: "connection.link", input: {} });
  await settled();
  clock.advance(1000);
  expect(take()).toEqual([]);
});

test("calls that wait for their answer are bounded", async () => {
  const { tell, take } = setUp({ "connection.link": () => new Promise(() => undefined) });
  for (let id = 1; id <= 501; id++) tell({ id, call: "connection.link", input: {} });
  await settled();
  expect(take()).toMatchObject([{ id: 501, failure: { code: "unavailable" } }]);
});

test("what a call gives nothing of is null, and an input of nothing is an empty one", async () => {
  const asked: unknown[] = [];
  const { tell, take } = setUp({
    "connection.link": (input) => {
      asked.push(input);
      return undefined as never;
    },
  });
  tell({ id: 1, call: "connection.link", input: null });
  tell({ id: 2, call: "connection.link", input: 7 });
  tell({ id: 3, watch: "nothing.here", input: {} });
  tell({ id: 4, watch: "connection.link", input: {} });
  await settled();
  expect(asked).toEqual([{}]);
  expect(take()).toMatchObject([
    { id: 2, failure: { code: "invalid-input", message: expect.stringContaining("input:") } },
    { id: 3, failure: { code: "not-found", words: { phrase: "no-such-feed", values: { name: "nothing.here" } } } },
    { id: 4, failure: { words: { phrase: "no-such-feed" } } },
    { id: 1, value: null },
  ]);
});

test("a number stands for one feed at a time, and two hundred feeds are watched at most", () => {
  let open = 0;
  const { tell, take, conversation } = setUp({
    "settings.values": () => {
      open++;
      return { snapshot: defaultSettings, close: () => open-- };
    },
  });
  const watch = (id: number) => tell({ id, watch: "settings.values", input: {} });
  for (let id = 1; id <= 200; id++) watch(id);
  take();
  watch(1);
  watch(201);
  expect(take()).toMatchObject([
    { id: 1, failure: { code: "conflict", words: { phrase: "id-in-use", values: { id: 1 } } } },
    { id: 201, failure: { code: "unavailable", words: { phrase: "too-many-watches", values: { most: 200 } } } },
  ]);
  tell({ id: 1, unwatch: true });
  tell({ id: 1, unwatch: true });
  watch(201);
  expect([take().length, open]).toEqual([1, 200]);
  conversation.close();
  expect(open).toBe(0);
});

test("five hundred calls wait at most, and there is room again as they are answered", async () => {
  const answers: (() => void)[] = [];
  const { tell, take } = setUp({
    "connection.link": () => new Promise((resolve) => answers.push(() => resolve({ url: null }))),
  });
  for (let id = 1; id <= 500; id++) tell({ id, call: "connection.link", input: {} });
  await settled();
  expect(take()).toEqual([]);
  answers[0]?.();
  await settled();
  tell({ id: 501, call: "connection.link", input: {} });
  await settled();
  expect([take(), answers.length]).toEqual([[{ id: 1, value: { url: null } }], 501]);
});

test("64 MB that a client does not read are borne, and a byte more is not", async () => {
  const { tell, take, socket } = setUp({ "connection.link": () => ({ url: null }) });
  socket.buffered = 64 * 1024 * 1024;
  tell({ id: 1, call: "connection.link", input: {} });
  await settled();
  expect(take()).toHaveLength(1);
  socket.buffered += 1;
  tell({ id: 2, call: "connection.link", input: {} });
  await settled();
  expect(take()).toEqual([{ id: 2, value: { url: null } }, "cut"]);
});

test("a feed whose client is cut off as it opens is closed at once, and one that cannot be opened is told", () => {
  let closed = 0;
  const { tell, take, socket } = setUp({
    "settings.values": () => ({ snapshot: defaultSettings, close: () => closed++ }),
    "connection.status": () => {
      throw new FailureError("not-found", "gone");
    },
  });
  tell({ id: 1, watch: "connection.status", input: {} });
  expect(take()).toMatchObject([{ id: 1, failure: { code: "not-found", message: "gone" } }]);
  socket.buffered = 100 * 1024 * 1024;
  tell({ id: 2, watch: "settings.values", input: {} });
  expect([take().at(-1), closed]).toEqual(["cut", 1]);
});
