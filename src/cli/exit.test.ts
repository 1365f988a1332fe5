import { expect, test } from "vitest";
import { exitCodeOf } from "./exit.ts";

test.each([
  ["accepted", 0],
  ["scheduled", 0],
  ["rejected", 2],
  ["unsupported", 2],
  ["unreadable", 3],
  ["no-answer", 3],
  ["offline", 4],
] as const)("a command that comes out as %s ends with %i", (result, code) => {
  expect(exitCodeOf({ result })).toBe(code);
});
