import { expect, test } from "vitest";
import { InputLines } from "./input-lines.ts";

/** The lines of an input that comes in these pieces, `!` where one is told to be too long, and the rest at its end. */
function read(most: number, pieces: readonly (string | readonly number[])[]): (string | string[])[] {
  const told: (string | string[])[] = [];
  const lines = new InputLines(most, () => told.push("!"));
  for (const piece of pieces) {
    const ended = lines.take(typeof piece === "string" ? Buffer.from(piece) : Uint8Array.from(piece));
    if (ended.length > 0) told.push(ended);
  }
  return [...told, lines.rest()];
}

test.each([
  ["nothing", [], [[]]],
  ["one in pieces", ["sta", "tus ", "Charging\n"], [["status Charging"], []]],
  ["several at once, an empty one among them", ["a\n\nb\nc"], [["a", "", "b"], ["c"]]],
  ["every kind of line end", ["a\r\nb\rc\nd\r"], [["a", "b", "c", "d"], []]],
  ["a line end in two pieces", ["a\r", "\nb\n", "\nc\n"], [["a"], ["b"], ["", "c"], []]],
  ["a line end with nothing between its pieces", ["a\r", "", "\nb\n"], [["a"], ["b"], []]],
  ["a letter in two pieces", [[0xc3], [0xa5, 0x0a]], [["å"], []]],
  ["half a letter at the end", [[0x61, 0xc3]], [["a\ufffd"]]],
])("lines of an input: %s", (_, pieces, expected) => {
  expect(read(100, pieces)).toEqual(expected);
});

test.each([
  ["as long as may be", ["12345\n"], [["12345"], []]],
  ["one more", ["123456\nnext\n"], ["!", ["next"], []]],
  ["longer and longer, told once", ["1234", "56", "78", "9\nnext"], ["!", ["next"]]],
  ["one after the other", ["123456\n123456\nok\n"], ["!", "!", ["ok"], []]],
  ["without an end", ["123456", "7"], ["!", []]],
])("a line of an input that is bounded to five characters: %s", (_, pieces, expected) => {
  expect(read(5, pieces)).toEqual(expected);
});
