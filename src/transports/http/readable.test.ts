import { expect, test } from "vitest";
import { asText, readable } from "./readable.ts";

test.each([
  ["/ocpp/CP1", "/ocpp/CP1", "/ocpp/CP1"],
  ["/G\u00c3\u00b6teborg", "/G\u00f6teborg", "/G\u00f6teborg"],
  ["/G\u00f6teborg", "/G\u00f6teborg", "/G\u00f6teborg"],
  ["/CP1\u0000\u001b[31m", "/CP1\u0000\u001b[31m", "/CP1\\x00\\x1b[31m"],
])("bytes that came as %j are the text %j, and are shown as %j", (latin, text, shown) => {
  expect([asText(latin), readable(latin)]).toEqual([text, shown]);
});
