import { expect, test } from "vitest";
import { z } from "zod";
import { call, FailureError, feed, logFeed, tableFeed } from "./contract.ts";

test("a declaration says what is asked, and how its changes are to be taken", () => {
  const input = z.object({});
  expect([
    call(input).returns<number>(),
    feed(input).of<number>(),
    logFeed(input).of<number>(),
    tableFeed("identity", input).of<{ identity: string }>(),
  ]).toEqual([
    { kind: "call", input },
    { kind: "feed", shape: "value", input },
    { kind: "feed", shape: "log", input },
    { kind: "feed", shape: "table", key: "identity", input },
  ]);
});

test("a failure says its code, and in words what it is", () => {
  const words = { phrase: "unknown-station" };
  const error = new FailureError("not-found", "There is no such station.", [1], words);
  expect(error).toMatchObject({ name: "FailureError", code: "not-found", details: [1], words });
  expect([String(error), error instanceof Error]).toEqual(["FailureError: There is no such station.", true]);
});
