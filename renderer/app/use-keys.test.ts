import { expect, it } from "vitest";
import { keyMeaning } from "./use-keys.ts";

it("digits switch screens, / filters, ? helps, Esc closes", () => {
  expect(["4", "/", "?", "Escape", "-", "a"].map((key) => keyMeaning(key, false, false))).toEqual([
    { do: "screen", id: "messages" },
    { do: "filter" },
    { do: "help" },
    { do: "close" },
    null,
    null,
  ]);
});

it("typing in a field keeps its keys, Esc aside", () => {
  expect(["4", "/", "Escape"].map((key) => keyMeaning(key, true, false))).toEqual([null, null, { do: "close" }]);
});

it("keys with Ctrl, Alt or Cmd belong to others", () => {
  expect(keyMeaning("4", false, true)).toBe(null);
});
