import { fullFormats } from "ajv-formats/dist/formats.js";
import { expect, test } from "vitest";
import { quickly } from "./usual-times.ts";

type Format = { validate: (text: string) => boolean };
const library = fullFormats["date-time"] as Format;

const texts = [
  "2026-01-31T12:00:00Z",
  "2026-01-28T12:00:00Z",
  "2026-01-28T12:00:00.123Z",
  "2026-02-30T12:00:00Z",
  "2026-13-01T12:00:00Z",
  "2026-00-01T12:00:00Z",
  "2026-01-00T12:00:00Z",
  "2026-01-28T24:00:00Z",
  "2026-01-28T12:60:00Z",
  "2026-01-28T23:59:60Z",
  "2026-01-28T12:00:60Z",
  "2026-01-28 12:00:00Z",
  "2026-01-28t12:00:00z",
  "2026-01-28T12:00:00,123Z",
  "2026-01-28T12:00:00.12xZ",
  "2026-1-28T012:00:00Z",
  "20a6-01-28T12:00:00Z",
  "2026-01-28T12:00:00+01:00",
  "2026-01-28T12:00:00",
  "",
];

test("what is told at a glance is what the library says", () => {
  const judge = quickly(library);
  expect(texts.map((text) => [text, judge.validate(text)])).toEqual(
    texts.map((text) => [text, library.validate(text)]),
  );
});

test("the library is not asked about the two usual forms", () => {
  const asked: string[] = [];
  const judge = quickly({ validate: (text) => asked.push(text) > 0 });
  for (const text of ["2026-01-28T12:00:00Z", "2026-01-28T12:00:00.123Z", "2026-01-31T12:00:00Z"]) judge.validate(text);
  expect(asked).toEqual(["2026-01-31T12:00:00Z"]);
});
