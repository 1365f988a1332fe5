import { expect, test } from "vitest";
import { createManualClock } from "../lib/clock.ts";
import { apiRowsAtOnce, apiSlowBytes } from "../station/bounds.ts";
import type { ServerMessage } from "./contract.ts";
import { type FeedShape, openFeed } from "./feed.ts";

/** A feed on a hand-turned clock: what was posted, and what a source pushes. */
function open(shape: FeedShape["shape"]) {
  const clock = createManualClock();
  const posted: ServerMessage[] = [];
  const failures: unknown[] = [];
  const socket = { buffered: 0 };
  const sources = { opened: 0, closed: 0 };
  let push: (change: unknown) => void = () => undefined;
  const feed = openFeed(
    { shape },
    (given) => {
      push = given;
      sources.opened++;
      return { snapshot: `snapshot ${sources.opened}`, close: () => void sources.closed++ };
    },
    { id: 1, post: (message) => posted.push(message), socket, clock, onFailure: (error) => failures.push(error) },
  );
  return { clock, posted, failures, socket, sources, feed, push: (change: unknown) => push(change) };
}

test("a feed begins with its snapshot; changes of 100 ms are one message", () => {
  const { posted, clock, push } = open("log");
  push(["a"]);
  clock.advance(99);
  push(["b", "c"]);
  expect(posted).toEqual([{ id: 1, snapshot: "snapshot 1" }]);
  clock.advance(1);
  push(["d"]);
  clock.advance(100);
  expect(posted.slice(1)).toEqual([
    { id: 1, added: ["a", "b", "c"] },
    { id: 1, added: ["d"] },
  ]);
});

test("of a value only the latest is told, and it is made when it is sent", () => {
  const { posted, clock, push } = open("value");
  let value = 1;
  push(0);
  push(() => value);
  value = 2;
  clock.advance(100);
  expect(posted.slice(1)).toEqual([{ id: 1, change: 2 }]);
});

test("of a table each row is told once as it is then, and those that are gone", () => {
  const { posted, clock, push } = open("table");
  push({ key: "a", row: () => "old a" });
  push({ key: "b", row: () => "b" });
  push({ key: "a", row: () => "new a" });
  push({ key: "b", row: null });
  clock.advance(100);
  expect(posted.slice(1)).toEqual([{ id: 1, rows: ["new a"], gone: ["b"] }]);
});

test("a long table goes in pieces, rows and those that are gone counted together", () => {
  const { posted, clock, push } = open("table");
  for (let at = 0; at < apiRowsAtOnce + 2; at++) push({ key: String(at), row: at % 2 ? () => at : null });
  clock.advance(100);
  clock.advance(100);
  const sizes = posted.slice(1).map((message) => {
    const { rows, gone } = message as unknown as { rows: unknown[]; gone: unknown[] };
    return rows.length + gone.length;
  });
  expect(sizes).toEqual([apiRowsAtOnce, 2]);
});

test("who is too slow for a log loses its changes, and gets a snapshot once there is room", () => {
  const { posted, clock, push, socket, sources } = open("log");
  push(["lost"]);
  socket.buffered = apiSlowBytes + 1;
  clock.advance(100);
  push(["lost, too"]);
  clock.advance(100);
  expect([posted.length, sources.closed]).toEqual([1, 2]);
  socket.buffered = apiSlowBytes;
  clock.advance(100);
  expect(posted.slice(1)).toEqual([{ id: 1, snapshot: "snapshot 2" }]);
  push(["new"]);
  clock.advance(100);
  expect(posted.slice(2)).toEqual([{ id: 1, added: ["new"] }]);
});

test("who is too slow for a value or a table gets it later", () => {
  const { posted, clock, push, socket } = open("value");
  push(1);
  socket.buffered = apiSlowBytes + 1;
  clock.advance(100);
  expect(posted).toHaveLength(1);
  socket.buffered = 0;
  clock.advance(100);
  expect(posted.slice(1)).toEqual([{ id: 1, change: 1 }]);
});

test("a change that cannot be made ends the feed and is told", () => {
  const { posted, clock, push, failures, sources } = open("value");
  push(() => {
    throw new Error("no value");
  });
  clock.advance(100);
  push(1);
  clock.advance(1000);
  expect([posted.length, failures, sources.closed]).toEqual([1, [new Error("no value")], 1]);
});

test("one that is closed says nothing more, and looks at no change", () => {
  const { posted, clock, push, feed, sources, failures } = open("log");
  push(["a"]);
  feed.close();
  let made = false;
  push(() => {
    made = true;
    return [];
  });
  clock.advance(1000);
  expect([posted.length, sources.closed, made, failures]).toEqual([1, 1, false, []]);
});
