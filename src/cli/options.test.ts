import { expect, test } from "vitest";
import { UsageError } from "../api/start-options.ts";
import { readForm, readInstant, readLanguage, readNumber } from "./options.ts";

test.each<[string | undefined, number]>([
  [undefined, 7],
  ["0", 0],
  ["-1.5", -1.5],
  [" 12 ", 12],
  ["1e3", 1000],
])("a number: %s", (given, value) => {
  expect(readNumber(given, "--n", 7)).toBe(value);
});

test.each(["", " ", "x", "1,5", "Infinity", "NaN"])("no number: %j", (given) => {
  expect(() => readNumber(given, "--n", 7)).toThrow(new UsageError(`--n takes a number; got "${given}".`));
});

test("a list is printed as text, unless one of the other forms is asked for", () => {
  expect([readForm({}), readForm({ json: true }), readForm({ csv: true })]).toEqual(["text", "json", "csv"]);
  expect(() => readForm({ json: true, csv: true })).toThrow("--json and --csv exclude each other.");
});

test("a text is in English, unless asked otherwise", () => {
  expect([readLanguage(undefined), readLanguage("en"), readLanguage("sv")]).toEqual(["en", "en", "sv"]);
  expect(() => readLanguage("")).toThrow('--lang takes en or sv; got "".');
});

test.each<[string, unknown]>([
  ["#1", { frame: 1 }],
  [" #999999999999999 ", { frame: 999_999_999_999_999 }],
  ["2026-01-31T12:00:00Z", { at: Date.UTC(2026, 0, 31, 12) }],
  [" 2026-01-31T12:00:00+01:00 ", { at: Date.UTC(2026, 0, 31, 11) }],
  ["2026-01-31", { at: Date.UTC(2026, 0, 31) }],
])("a moment of the record: %s", (given, instant) => {
  expect(readInstant(given)).toEqual(instant);
});

test.each(["", "#", "#x", "1", "2026", "12:00", "#1234567890123456", "2026-13-40"])(
  "no moment of the record: %j",
  (given) => {
    expect(() => readInstant(given)).toThrow(
      new UsageError(`--at takes a time (2026-01-31T12:00:00Z) or #FRAME; got "${given}".`),
    );
  },
);
