import { expect, test } from "vitest";
import { longestLine, type Shape, shapeOf } from "../lines/shape.ts";
import { byBytes, byExpression } from "./matcher.ts";

const lines = (bytes: Buffer, needle: string, shape: Shape = shapeOf(bytes)) => ({
  letters: byBytes(Buffer.from(needle))(bytes, shape),
  expression: byExpression(new RegExp(needle, "gm"))(bytes, shape),
});
const both = (found: number[]) => ({ letters: found, expression: found });

test.each<[string, string, number[]]>([
  ["one line with two of it, and one without an end", "bb\na\nb", [0, 2]],
  ["lines that are empty, and one at the end", "\n\nb\n\n", [2]],
  ["ends of two letters", "a\r\nb\r\n\r\nab\r\n", [1, 3]],
  ["ends of one carriage return", "a\rb\r\rab", [1, 3]],
  ["nothing", "", []],
  ["none of it", "a\na\n", []],
  ["a long line before it that is one", `${"a".repeat(longestLine)}\nb\n`, [1]],
  ["a line before it that is so long that it counts as two", `${"a".repeat(longestLine + 1)}\nb\n`, [2]],
  ["a line before it that counts as three, and another behind", `b\n${"a".repeat(2 * longestLine + 1)}\nb\n`, [0, 4]],
  ["the second part of a line that counts as two", `a\n${"a".repeat(longestLine)}b\nb\n`, [2, 3]],
])("what is looked for as letters is found in the same lines as an expression: %s", (_what, text, found) => {
  expect(lines(Buffer.from(text), "b")).toEqual(both(found));
});

test("an expression begins and ends with its line, whatever the line ends in", () => {
  const found = (text: string, expression: RegExp) =>
    byExpression(expression)(Buffer.from(text), shapeOf(Buffer.from(text)));
  for (const end of ["\n", "\r\n"]) {
    const text = ["ab", "b", "ba", ""].join(end);
    expect([found(text, /^b/gm), found(text, /b$/gm), found(text, /^b$/gm)]).toEqual([[1, 2], [0, 1], [1]]);
    const long = `${"a".repeat(longestLine + 1)}${end}b${end}`;
    expect([found(long, /^b$/gm), found(long, /a$/gm)]).toEqual([[2], [0, 1]]);
  }
});

test("letters beyond ASCII are found in their lines, and in texts of two bytes a letter", () => {
  expect(lines(Buffer.from("a\nå\nö å\n"), "å")).toEqual(both([1, 2]));
  const wide = Buffer.from("\ufeffa\r\nå\r\nå ö\r\n", "utf16le").subarray(2);
  const shape: Shape = { encoding: "utf-16le", mark: 2, lineEnds: "crlf" };
  expect(byExpression(/å$/gm)(wide, shape)).toEqual([1]);
  expect(byExpression(/å/gm)(wide, shape)).toEqual([1, 2]);
});
