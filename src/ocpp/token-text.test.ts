import { expect, it } from "vitest";
import { words } from "../station/phrases.ts";
import { judgeIdTag, judgeToken } from "./token-text.ts";

it("names a token with characters that no card has, and shows them", () => {
  expect(judgeToken("04A1\u0003\ufffd", "Authorize /idTag")).toEqual([
    { rule: "odd-token", where: "Authorize /idTag", said: '"04A1\\u0003\\ufffd"', expected: words("printable-ascii") },
  ]);
  expect(judgeToken("\u007fé…", "x")[0]?.said).toBe('"\\u007f\\u00e9\\u2026"');
});

it("names an empty text where a card has to be named", () => {
  const rules = ["", " ", "04A1", undefined].map((token) => judgeIdTag(token, "x").map(({ rule }) => rule));
  expect(rules).toEqual([["empty-token"], ["empty-token"], [], []]);
});

it("has nothing to say of any printable token, or of none", () => {
  expect(["04A1B2C3", "remote start ~!", "", undefined].flatMap((token) => judgeToken(token, "x"))).toEqual([]);
});
