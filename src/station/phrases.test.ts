import { expect, it } from "vitest";
import { finding, observed } from "./findings.ts";
import { asWords, closeCodeOf, closingOf, closingText, english, words } from "./phrases.ts";

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

it("knows its own close reasons again, and leaves others as they came", () => {
  expect(closingOf(closingText("close-replaced"))).toEqual({ phrase: "close-replaced" });
  expect(closingOf("going down for service")).toBe("going down for service");
});

it("has a close code for a link that has one, and none for a wire", () => {
  const causes = ["station", "lost", "asked", "unplugged", "silent"] as const;
  expect(causes.map((cause) => closeCodeOf({ code: 1006, cause }))).toEqual([1006, 1006, 1006, undefined, undefined]);
});
