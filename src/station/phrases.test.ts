import { expect, it } from "vitest";
import { FailureError } from "../lib/contract.ts";
import { failure, whyOf } from "./failure.ts";
import { finding, observed } from "./findings.ts";
import { asWords, closingOf, closingText, english, words } from "./phrases.ts";

it("says in English what the core said", () => {
  expect(english(words("at-most-characters", { limit: 36 }))).toBe("at most 36 characters");
  expect(english("ocpp1.6")).toBe("ocpp1.6");
});

it("takes what a station sent for text, however much it looks like words", () => {
  const sent = { phrase: "nothing" };
  expect(finding("wrong-type", "A /x", sent).said).toBe('{"phrase":"nothing"}');
  expect(observed("missing-field", "A /x", words("nothing")).said).toEqual({ phrase: "nothing" });
});

it("cuts what was said to 200 characters, within words too", () => {
  const long = "x".repeat(300);
  const short = `${"x".repeat(193)}… (300)`;
  expect(finding("too-long", "A /x", long).said).toBe(short);
  expect(observed("duplicate-id", "A", words("another-message", { id: long })).said).toEqual({
    phrase: "another-message",
    values: { id: short },
  });
});

it("knows words among values, and nothing else", () => {
  expect(asWords(words("bytes", { count: 3 }))).toEqual({ phrase: "bytes", values: { count: 3 } });
  for (const value of [null, "nothing", { phrase: "none of ours" }, { phrase: "nothing", more: 1 }, { values: {} }])
    expect(asWords(value)).toBe(null);
});

it("fails in English with the words beside it", () => {
  const error = failure("not-found", words("unknown-station", { identity: "CP1" }), [1]);
  expect(error).toBeInstanceOf(FailureError);
  expect(error).toMatchObject({
    code: "not-found",
    message: "No station named CP1 was ever heard of.",
    details: [1],
    words: { phrase: "unknown-station", values: { identity: "CP1" } },
  });
  expect(whyOf(error)).toBe(error.words);
});

it("quotes the system as such", () => {
  expect(english(whyOf(new Error("EACCES: permission denied")))).toBe("the system says “EACCES: permission denied”");
});

it("knows its own close reasons again, and leaves others as they came", () => {
  expect(closingOf(closingText("close-replaced"))).toEqual({ phrase: "close-replaced" });
  expect(closingOf("going down for service")).toBe("going down for service");
});
