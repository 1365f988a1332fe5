import { expect, it } from "vitest";
import { judgeToken } from "./token-text.ts";

it("names a token with characters that no card has, and shows them", () => {
  expect(judgeToken("04A1\u0003\ufffd", "Authorize /idTag")).toEqual([
    { rule: "odd-token", where: "Authorize /idTag", said: '"04A1\\u0003\\ufffd"', expected: "printable ASCII" },
  ]);
});

it("has nothing to say of any printable token, or of none", () => {
  expect(["04A1B2C3", "remote start ~!", "", undefined].flatMap((token) => judgeToken(token, "x"))).toEqual([]);
});
