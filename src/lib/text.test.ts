import { expect, test } from "vitest";
import { cutText } from "./text.ts";

test.each([
  ["a short one stays", "abc", "abc"],
  ["a long one ends in its length", "a".repeat(500_000), "aaaaaaaaaa… (500000)"],
  ["a cut one stays", "aaaaaaaaaa… (500000)", "aaaaaaaaaa… (500000)"],
  ["no pair is parted", `${"a".repeat(12)}${"😀".repeat(20)}`, `${"a".repeat(12)}😀… (52)`],
  ["no pair is parted at an odd place", `${"a".repeat(13)}${"😀".repeat(20)}`, `${"a".repeat(13)}… (53)`],
])("%s", (_name, text, expected) => {
  expect(cutText(text, 20)).toBe(expected);
});

test("a limit that has no room for the length leaves none for the text", () => {
  expect([cutText("abcdef", 1), cutText("abcdef", 5), cutText("abcdef", 6)]).toEqual(["… (6)", "… (6)", "abcdef"]);
  expect(cutText("abcdefg", 6)).toBe("a… (7)");
});
