import { expect, test } from "vitest";
import { expressionOf, needleOf } from "./query.ts";

const signs = "\\^$.*+?()[]{}|/-";

test("what is looked for as letters means nothing but them, in either case of letters", () => {
  for (const sign of signs) {
    const places = [`A${sign}B`, "axb", "ab", "a", "b"].map((line) =>
      line.search(expressionOf({ text: `a${sign}b` }) ?? ""),
    );
    expect([sign, places]).toEqual([sign, [0, -1, -1, -1, -1]]);
  }
});

test("bytes are looked for as they are where the case counts and no sign means something", () => {
  const needle = (text: string, more: object) => needleOf({ text, ...more })?.toString();
  expect(needle("a.b", { matchCase: true })).toBe("a.b");
  expect(needle("ab", { matchCase: true, isPattern: true })).toBe("ab");
  for (const sign of signs.replace(/[/-]/g, ""))
    expect([sign, needle(`a${sign}`, { matchCase: true, isPattern: true })]).toEqual([sign, undefined]);
  expect([needle("ab", {}), needle("12", {}), needle("", { matchCase: true })]).toEqual([undefined, "12", undefined]);
});
