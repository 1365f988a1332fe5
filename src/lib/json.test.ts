import { expect, test } from "vitest";
import { isJsonObject, mayHoldLongNumber, parseJson, stringifyJson } from "./json.ts";

test("integers beyond 2^53 keep every digit", () => {
  expect(parseJson('{"id":9223372036854775807,"minus":-9223372036854775808}')).toEqual({
    id: 9223372036854775807n,
    minus: -9223372036854775808n,
  });
});

test.each([
  '{"id":9223372036854775807}',
  "[12345678901234567890.10]",
  '[0.12345678901234567890,"9223372036854775807",1e3]',
])("writes %s as it was read", (text) => {
  expect(stringifyJson(parseJson(text))).toBe(text.replace("1e3", "1000"));
});

test("a long decimal is no object", () => {
  expect(isJsonObject((parseJson("[12345678901234567890.10]") as unknown[])[0])).toBe(false);
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
