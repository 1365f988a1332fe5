import { expect, it } from "vitest";
import { layOutJson } from "./json-text.ts";

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
