import { expect, test } from "vitest";
import { type JsonObject, parseJson } from "../lib/json.ts";
import { messageBounds } from "../station/bounds.ts";
import { asNumber, asText, exactInteger, flag, integer, number, object, objects, text, texts } from "./read.ts";

/** A payload with this as its field x, with every digit. */
const payload = (json: string) => parseJson(`{"x":${json}}`, messageBounds) as JsonObject;

/** What each reader makes of it: text, number, whole number, the same with every digit, truth value. */
const read = (json: string) => {
  const from = payload(json);
  return [text(from, "x"), number(from, "x"), integer(from, "x"), exactInteger(from, "x"), flag(from, "x")];
};

test.each<[string, unknown[]]>([
  ['"a"', ["a", undefined, undefined, undefined, undefined]],
  ['""', ["", undefined, undefined, undefined, undefined]],
  ['" 7 "', [" 7 ", 7, 7, 7, undefined]],
  ['"+1.5e1"', ["+1.5e1", 15, 15, 15, undefined]],
  ['".5"', [".5", 0.5, undefined, undefined, undefined]],
  ['"5."', ["5.", 5, 5, 5, undefined]],
  ['"0x10"', ["0x10", undefined, undefined, undefined, undefined]],
  ['"1e999"', ["1e999", undefined, undefined, undefined, undefined]],
  ["7", ["7", 7, 7, 7, undefined]],
  ["-0", ["0", 0, 0, 0, false]],
  ["1.5", ["1.5", 1.5, undefined, undefined, undefined]],
  ["1", ["1", 1, 1, 1, true]],
  ["0", ["0", 0, 0, 0, false]],
  ["9007199254740991", ["9007199254740991", 9007199254740991, 9007199254740991, 9007199254740991, undefined]],
  ["9007199254740993", ["9007199254740993", 9007199254740992, 9007199254740992, "9007199254740993", undefined]],
  ['"9007199254740993"', ["9007199254740993", 9007199254740992, 9007199254740992, "9007199254740993", undefined]],
  ["1.23456789012345678901", ["1.23456789012345678901", 1.2345678901234567, undefined, undefined, undefined]],
  ["true", ["true", undefined, undefined, undefined, true]],
  ["false", ["false", undefined, undefined, undefined, false]],
  ['"true"', ["true", undefined, undefined, undefined, true]],
  ['"false"', ["false", undefined, undefined, undefined, false]],
  ['"yes"', ["yes", undefined, undefined, undefined, undefined]],
  ["2", ["2", 2, 2, 2, undefined]],
  ["null", [undefined, undefined, undefined, undefined, undefined]],
  ["[1]", [undefined, undefined, undefined, undefined, undefined]],
  ['{"a":1}', [undefined, undefined, undefined, undefined, undefined]],
])("%s is read as text, number, whole number, exact number and truth value: %o", (json, values) => {
  expect(read(json)).toEqual(values);
});

test("what is missing is nothing, in whatever form", () => {
  expect([
    text(undefined, "x"),
    number(undefined, "x"),
    integer({}, "x"),
    exactInteger({}, "x"),
    flag(undefined, "x"),
  ]).toEqual(Array(5).fill(undefined));
  expect([object(undefined, "x"), objects(undefined, "x"), texts(undefined, "x")]).toEqual([undefined, [], []]);
  expect([asText(undefined), asText(null), asNumber(undefined), asNumber(Number.NaN)]).toEqual(
    Array(4).fill(undefined),
  );
});

test("objects and lists are read as far as they are such, and a lone object is a list of one", () => {
  const from = payload('[{"a":1},7,null,[],{"a":2}]');
  expect([object(from, "x"), objects(from, "x"), texts(from, "x")]).toEqual([undefined, [{ a: 1 }, { a: 2 }], ["7"]]);
  const one = payload('{"a":1}');
  expect([object(one, "x"), objects(one, "x"), texts(one, "x")]).toEqual([{ a: 1 }, [{ a: 1 }], []]);
  expect(texts(payload('["a",1.50,true,null,{}]'), "x")).toEqual(["a", "1.5", "true"]);
  const whole = payload('[{"a":1}]');
  expect(objects(whole, "x")).toBe(whole.x);
});
