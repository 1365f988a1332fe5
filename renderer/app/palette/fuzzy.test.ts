import { expect, test } from "vitest";
import { fold, rank } from "./fuzzy.ts";

const commands = ["Messages", "Meters", "Reset, soft", "Reset, hard", "Settings", "Go to CP-0042", "Inställningar"];
const find = (query: string) => rank(query, commands, (text) => text);

test("an empty query keeps everything in its order", () => {
  expect(find("  ")).toEqual(commands);
});

test("a whole word at the start comes before the same letters elsewhere", () => {
  expect(rank("set", ["Reset", "Settings", "The set"], (text) => text)).toEqual(["Settings", "The set", "Reset"]);
});

test("of two texts with the word the one that has it earlier comes first, and one that begins with it before all", () => {
  expect(rank("set", ["The whole set", "The set"], (text) => text)).toEqual(["The set", "The whole set"]);
  const begins = "Set this and that of the whole mode";
  expect(rank("set mode", ["A mode set", begins], (text) => text)).toEqual([begins, "A mode set"]);
});

test("the first letters of words are enough", () => {
  expect(find("rh")).toEqual(["Reset, hard"]);
});

test("a start of a word further on does not hide letters that lie nearer", () => {
  expect(rank("rses", ["Reset, soft"], (text) => text)).toEqual(["Reset, soft"]);
});

test("the start of a word further on says more than the same letter in the middle of one", () => {
  expect(rank("gc", ["Reagent, go to Cars", "Agency"], (text) => text)).toEqual(["Reagent, go to Cars"]);
});

test("every word of the query must fit, in any order", () => {
  expect(find("hard res")).toEqual(["Reset, hard"]);
  expect(find("hard meters")).toEqual([]);
});

test("letter case and marks do not matter", () => {
  expect(find("INSTALLN")).toEqual(["Inställningar"]);
  expect(fold("Återställ ÅÄÖ")).toBe("aterstall aao");
});

test("letters that only happen to be there are none of what is looked for", () => {
  expect(rank("reset", ["Theme: Light, appearance and the rest of it"], (text) => text)).toEqual([]);
});

test("letters scattered over a text do not fit", () => {
  expect(find("eae")).toEqual([]);
});

test("a station is found by the end of its identity", () => {
  expect(find("0042")).toEqual(["Go to CP-0042"]);
});

test("letters here and there are not enough where another holds the word itself", () => {
  expect(rank("tokens", ["Tokens", "The overview, keys, and services"], (text) => text)).toEqual(["Tokens"]);
});
