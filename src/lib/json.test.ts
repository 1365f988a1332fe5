import { expect, test } from "vitest";
import {
  isJsonObject,
  isLongDecimal,
  mayHoldLongNumber,
  parseJson,
  parseJsonPair,
  sketchJson,
  stringifyJson,
} from "./json.ts";

const bounds = { depth: 64, values: 1000 };

test("integers beyond 2^53 keep every digit", () => {
  expect(parseJson('{"id":9223372036854775807,"minus":-9223372036854775808}', bounds)).toEqual({
    id: 9223372036854775807n,
    minus: -9223372036854775808n,
  });
});

test.each([
  '{"id":9223372036854775807}',
  "[12345678901234567890.10]",
  '[0.12345678901234567890,"9223372036854775807",1e3]',
])("writes %s as it was read", (text) => {
  expect(stringifyJson(parseJson(text, bounds))).toBe(text.replace("1e3", "1000"));
});

test("a long decimal is no object", () => {
  expect(isJsonObject((parseJson("[12345678901234567890.10]", bounds) as unknown[])[0])).toBe(false);
});

test.each([
  ['{"a":1234567890123456}', true],
  [`${" ".repeat(7)}{"a":1234567890123456}`, true],
  ['{"a":12345678901234.56}', true],
  ['{"a":123456789012345}', false],
  ['{"t":"2026-01-01T10:00:00.000Z","v":"230.4"}', false],
])("sees whether %s may hold a long number: %s", (text, long) => {
  expect(mayHoldLongNumber(text)).toBe(long);
});

test.each(["[1e400]", "[-1e400]", `[${"9".repeat(400)}]`, `[-${"9".repeat(101)}]`])(
  "writes %s as it was read, and never as null",
  (text) => {
    expect(stringifyJson(parseJson(text, bounds))).toBe(text);
  },
);

test.each([
  ["depth", `${"[".repeat(65)}${"]".repeat(65)}`],
  ["depth", "[".repeat(5_000_000)],
  ["depth", `{"a":`.repeat(65)],
  ["values", `[${"1,".repeat(1001)}1]`],
])("a text beyond the bound of %s is not read", (beyond, text) => {
  expect(parseJsonPair(text, bounds)).toEqual({ beyond });
  expect(() => parseJson(text, bounds)).toThrow(SyntaxError);
});

test.each([
  `${"[".repeat(64)}${"]".repeat(64)}`,
  JSON.stringify([`${"[".repeat(100)}${",".repeat(2000)}\\"{{`]),
  `{"a\\\\":[],"b":"\\"[["}`,
])("brackets and commas in texts do not count: %#", (text) => {
  expect(stringifyJson(parseJson(text, bounds))).toBe(text);
});

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

test.each([
  [{ a: [1, null, 5n], b: undefined }, '{"a":[1,null,5]}'],
  [nested(100_000), '{"a":[{"a":[{"a":[{"a":'.slice(0, 20)],
  ["x".repeat(100_000), `"${"x".repeat(19)}`],
  [Array(100_000).fill("abcdefgh"), '["abcdefgh","abcdefg'],
])("a sketch is the beginning of what would be written: %#", (value, expected) => {
  expect(sketchJson(value, 20).slice(0, 20)).toBe(expected);
});

test.each([
  ['["\\"[[["]', true],
  ['["\\\\",[1]]', false],
  ['["a\\\\\\"]",1]', true],
  ["[1,2,3]", true],
  ["[1,2,3,4]", false],
  ['["1,2,3,4,5"]', true],
])("of %s one level and three values are taken: %s", (text, taken) => {
  const read = () => parseJson(text, { depth: 1, values: 3 });
  if (taken) expect(read()).toEqual(JSON.parse(text));
  else expect(read).toThrow(SyntaxError);
});

test.each<[string, "number" | "bigint" | "decimal"]>([
  ["9007199254740991", "number"],
  ["-9007199254740991", "number"],
  ["9007199254740992", "bigint"],
  ["-9007199254740992", "bigint"],
  ["9".repeat(100), "bigint"],
  ["9".repeat(101), "decimal"],
  ["123456789.123456", "number"],
  ["123456789.1234567", "decimal"],
  ["-0.12345678901234", "number"],
  ["-0.123456789012345", "decimal"],
  ["1234567890.12345e200", "number"],
  ["1234567890.123456e200", "decimal"],
  ["1e100", "number"],
  ["1E+308", "number"],
  ["1e309", "decimal"],
  ["-1E309", "decimal"],
])("%s is read as a %s, and written as it was where that matters", (text, kind) => {
  const value = parseJson(`[${text}]`, bounds) as unknown[];
  expect(isLongDecimal(value[0]) ? "decimal" : typeof value[0]).toBe(kind);
  expect(stringifyJson(value)).toBe(kind === "number" ? JSON.stringify([Number(text)]) : `[${text}]`);
  const pair = parseJsonPair(`[${text}]`, bounds);
  expect(pair).toEqual({ exact: value, plain: [Number(text)] });
});

test("a long number is seen wherever it begins, and none in a date", () => {
  for (let before = 0; before < 20; before++) {
    expect(mayHoldLongNumber(`${" ".repeat(before)}${"1".repeat(16)}`)).toBe(true);
    expect(mayHoldLongNumber(`${" ".repeat(before)}${"1".repeat(15)} 1`)).toBe(false);
  }
  expect([mayHoldLongNumber("1.34567890123456"), mayHoldLongNumber("1.345678901234/6"), mayHoldLongNumber("")]).toEqual(
    [...[true, false, false]],
  );
});

test("why a text is not read is told with the bound", () => {
  expect(() => parseJson("[[1]]", { depth: 1, values: 9 })).toThrow("nested deeper than 1 levels");
  expect(() => parseJson("[1,2,3]", { depth: 1, values: 2 })).toThrow("more than 2 values");
  expect(() => parseJson("[1,{}]", { depth: 2, values: 2 })).toThrow("more than 2 values");
});

test("a sketch of what is short is all of it, in whatever kind", () => {
  const value = { a: 1n, b: [true, null, 1.5, "x"], c: parseJson("[1e400]", bounds), d: undefined, e: {} };
  expect(sketchJson(value, 1000)).toBe(stringifyJson(value));
  expect([sketchJson(undefined, 9), sketchJson("x", 9), sketchJson([], 9)]).toEqual(["", '"x"', "[]"]);
  expect(sketchJson({ ["n".repeat(50)]: 1 }, 5)).toBe('{"nnnnn":1');
});

test("what is written can be set out over lines", () => {
  expect(stringifyJson({ a: 12345678901234567890n }, 2)).toBe('{\n  "a": 12345678901234567890\n}');
});

test("an object is one, and nothing else is", () => {
  expect([{}, [], null, "x", 7, undefined].map(isJsonObject)).toEqual([true, false, false, false, false, false]);
});
