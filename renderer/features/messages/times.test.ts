import { expect, it } from "vitest";
import { relativeTime } from "./times.ts";

it.each([
  ["clock", 5_000, 4_000, null],
  ["gap", 5_000, 4_000, "+1.000"],
  ["gap", 5_000, undefined, ""],
  ["gap", 4_000, 4_000, "+0.000"],
  ["reference", 61_234.4, 0, "+1:01.234"],
  ["reference", -1, 0, "−0.001"],
  ["reference", 3_725_006, 0, "+1:02:05.006"],
] as const)("by the %s, %s after %s reads %s", (mode, at, before, text) => {
  expect(relativeTime({ mode, reference: { seq: 1, at: 0 } }, at, before)).toBe(text);
});

it("tells the clock until a frame is chosen", () => {
  expect(relativeTime({ mode: "reference", reference: null }, 5, 4)).toBeNull();
});
