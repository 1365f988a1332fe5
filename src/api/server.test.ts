import { expect, test } from "vitest";
import { createManualClock } from "../lib/clock.ts";
import { FailureError } from "../lib/contract.ts";
import { silentLogger } from "../lib/logger.ts";
import { defaultSettings } from "../services/settings/contract.ts";
import type { CoreHandlers } from "./contract.ts";
import { converse } from "./server.ts";

function setUp(handlers: Partial<CoreHandlers>) {
  const clock = createManualClock();
  const said: unknown[] = [];
  const socket = { send: (text: string) => said.push(JSON.parse(text)), buffered: 0 };
  const conversation = converse(socket, { handlers: handlers as CoreHandlers, clock, log: silentLogger });
  const take = () => said.splice(0);
  const tell = (message: unknown) => conversation.receive(JSON.stringify(message));
  return { clock, socket, conversation, take, tell };
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
    { id: 1, failure: { code: "invalid-input", message: expect.stringContaining("value:") } },
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
  const { tell, take } = setUp({
    "connection.link": () => {
      throw new Error("secret detail");
    },
  });
  tell({ id: 1, call: "connection.link", input: {} });
  await settled();
  expect(JSON.stringify(take())).not.toContain("secret detail");
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
