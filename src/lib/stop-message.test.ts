import { expect, test } from "vitest";
import { asksToStop, stopLimitMs, stopMessage } from "./stop-message.ts";

test.each([
  [{ type: "stop" }, true],
  [{ type: "stop", now: true }, true],
  [{ type: "go" }, false],
  [{}, false],
  [null, false],
  ["stop", false],
  [undefined, false],
])("the message %j asks for an end: %s", (message, asks) => {
  expect(asksToStop(message)).toBe(asks);
});

test("what is sent is understood, and a process has ten seconds to end", () => {
  expect([asksToStop(stopMessage), stopLimitMs]).toEqual([true, 10_000]);
});
