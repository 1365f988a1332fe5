import { expect, test } from "vitest";
import { isoTime } from "./units.ts";

test("a time on the wire has its milliseconds, unless they are not wanted", () => {
  const at = Date.UTC(2026, 0, 31, 12, 5, 9, 87);
  expect([isoTime(at), isoTime(at, true), isoTime(at, false)]).toEqual([
    "2026-01-31T12:05:09.087Z",
    "2026-01-31T12:05:09.087Z",
    "2026-01-31T12:05:09Z",
  ]);
});
