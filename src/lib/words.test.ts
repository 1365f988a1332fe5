import { expect, it } from "vitest";
import { mapTexts, type Spoken, sayBy, type Words } from "./words.ts";

const table = { limit: "at most {{limit}} of {{what}}", cards: "cards", because: "no: {{why}}" };

it.each<[Spoken, string]>([
  ["ocpp1.6", "ocpp1.6"],
  ["{{limit}}", "{{limit}}"],
  [{ phrase: "cards" }, "cards"],
  [{ phrase: "limit", values: { limit: 0, what: { phrase: "cards" } } }, "at most 0 of cards"],
  [{ phrase: "because", values: { why: "$& {{why}} \\1" } }, "no: $& {{why}} \\1"],
  [{ phrase: "limit", values: { limit: 3 } }, "at most 3 of "],
])("says %j", (spoken, text) => {
  expect(sayBy(table, spoken)).toBe(text);
});

it("writes a number as the language does where it is one to read, within words too", () => {
  const counted = { sizes: "{{size, number}} of {{limit}}: {{why}}", size: "{{size, number}}" };
  const spoken: Spoken = {
    phrase: "sizes",
    values: { size: 1500, limit: 1500, why: { phrase: "size", values: { size: 7 } } },
  };
  expect(sayBy(counted, spoken, (value) => `<${value}>`)).toBe("<1500> of 1500: <7>");
  expect(sayBy(counted, spoken)).toBe("1500 of 1500: 7");
});

it.each(["later", "constructor", "__proto__"])("tells words of another release by key and values: %s", (phrase) => {
  const words: Words = { phrase, values: { station: "CP1", why: { phrase: "cards" }, count: 2 } };
  expect(sayBy(table, words)).toBe(`${phrase} CP1 cards 2`);
});

it("changes the texts within words, and neither phrases nor numbers", () => {
  const spoken: Spoken = { phrase: "because", values: { why: { phrase: "x", values: { a: "secret", n: 1 } } } };
  expect(mapTexts(spoken, () => "•••")).toEqual({
    phrase: "because",
    values: { why: { phrase: "x", values: { a: "•••", n: 1 } } },
  });
  expect(mapTexts("secret", () => "•••")).toBe("•••");
  expect(mapTexts({ phrase: "cards" }, () => "•••")).toEqual({ phrase: "cards" });
});
