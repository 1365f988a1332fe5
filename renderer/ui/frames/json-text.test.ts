import { expect, it } from "vitest";
import { layOutJson, shownLines } from "./json-text.ts";

it("keeps every digit and escape as it was sent", () => {
  const sent = '[2,"a\\"b:{",{"id":9223372036854775807,"v":1.50,"e":{},"l":[ ],"s":"å\\u00e5"}]';
  expect(layOutJson(sent)).toBe(
    [
      "[",
      "  2,",
      '  "a\\"b:{",',
      "  {",
      '    "id": 9223372036854775807,',
      '    "v": 1.50,',
      '    "e": {},',
      '    "l": [],',
      '    "s": "å\\u00e5"',
      "  }",
      "]",
    ].join("\n"),
  );
});

it("gives text that is not JSON back as it is", () => {
  expect(layOutJson('[2,"m77",{"info":"Str')).toBe('[2,"m77",{"info":"Str');
});

it("lays out what was laid out before, with its line ends, tabs and escaped marks in the strings alone kept", () => {
  expect(layOutJson('\t[\r\n { "a" : "x\\\\" , "b":[ \n{} , [\t] ] }\n]')).toBe(
    ["[", "  {", '    "a": "x\\\\",', '    "b": [', "      {},", "      []", "    ]", "  }", "]"].join("\n"),
  );
});

it("moves in no further than 64 steps, however deep a text is", () => {
  const deep = layOutJson(`${"[".repeat(70)}1${"]".repeat(70)}`).split("\n");
  expect(Math.max(...deep.map((line) => line.length - line.trimStart().length))).toBe(128);
  expect([deep.length, deep[64]?.trimStart(), deep.at(-1)]).toEqual([141, "[", "]"]);
});

it("writes out what cannot be seen, line by line, and says how long a text is that is cut", () => {
  expect(shownLines("a\u202eb\n\u200bc", 100)).toBe("a\\u202eb\n\\u200bc");
  expect(shownLines("x".repeat(10), 10)).toBe("x".repeat(10));
  expect(shownLines("x".repeat(11), 10)).toBe("xxxx… (11)");
});
