import { expect, test } from "vitest";
import type { CoreClient } from "../../src/api/client.ts";
import { FailureError } from "../../src/lib/contract.ts";
import { createFeeds } from "./feeds.ts";

type Watch = {
  name: string;
  input: unknown;
  value(value: unknown): void;
  fail(error: FailureError): void;
  stopped: number;
};

function bench() {
  const watches: Watch[] = [];
  const client = {
    watch(name: string, input: unknown, value: Watch["value"], fail: Watch["fail"]) {
      const watch = { name, input, value, fail, stopped: 0 };
      watches.push(watch);
      return { stop: () => watch.stopped++ };
    },
  } as unknown as CoreClient;
  return { watches, feeds: createFeeds(client) };
}

test("a feed is watched once for all who look at it, as long as anybody does, and begins anew after that", () => {
  const { watches, feeds } = bench();
  const feed = feeds.get("calls.list", {});
  expect([feeds.get("calls.list", {}) === feed, watches]).toEqual([true, []]);
  expect(feeds.get("stations.state", { identity: "CP1" })).not.toBe(feeds.get("stations.state", { identity: "CP2" }));
  const heard: string[] = [];
  const [first, second] = ["first", "second"].map((name) => feed.subscribe(() => heard.push(name)));
  expect([watches.map(({ name, input }) => [name, input]), feed.current()]).toEqual([
    [["calls.list", {}]],
    { state: "loading", value: undefined },
  ]);
  watches[0]?.value([]);
  expect([heard.splice(0), feed.current()]).toEqual([["first", "second"], { state: "ready", value: [] }]);
  first?.();
  expect([watches[0]?.stopped, feed.current().state]).toEqual([0, "ready"]);
  const error = new FailureError("unavailable", "m");
  watches[0]?.fail(error);
  expect([heard.splice(0), feed.current()]).toEqual([["second"], { state: "failed", value: undefined, error }]);
  second?.();
  expect([watches[0]?.stopped, feed.current().state]).toEqual([1, "loading"]);
  feed.subscribe(() => undefined);
  expect(watches).toHaveLength(2);
});
