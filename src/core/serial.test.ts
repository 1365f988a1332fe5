import { expect, test } from "vitest";
import { quietSecondsFor } from "./serial.ts";

test("a station on a line is silent after two heartbeats and half a minute; before it has booted the heartbeat is five minutes", () => {
  expect([10, 300, undefined].map((seconds) => quietSecondsFor(seconds))).toEqual([50, 630, 630]);
});
