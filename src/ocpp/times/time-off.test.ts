import { expect, test } from "vitest";
import { withTimeOff } from "./time-off.ts";

test("only the time told is moved; everything else stays byte for byte", () => {
  const text = '[3, "a",{ "currentTime" : "2026-01-01T00:00:00Z","status":"Accepted", "n":1.50}]';
  expect(withTimeOff(text, -3_600_000)).toBe(
    '[3, "a",{ "currentTime" : "2025-12-31T23:00:00.000Z","status":"Accepted", "n":1.50}]',
  );
});

test.each(['[3,"a",{}]', '[3,"a",{"currentTime":"soon"}]', "no json"])("%s has no time to move", (text) => {
  expect(withTimeOff(text, 1000)).toBe(text);
});

test("a time past what a date can hold stays as it is", () => {
  const text = '[3,"a",{"currentTime":"2026-01-01T00:00:00Z"}]';
  expect(withTimeOff(text, 8.64e15)).toBe(text);
});
