import { expect, test } from "vitest";
import { readIdentity } from "./identity.ts";

test.each([
  ["/CP001", "CP001"],
  ["/ocpp/1.6/CP001", "CP001"],
  ["//CP001", "CP001"],
  ["/CP001/", "CP001"],
  ["/a//CP%20001//?x=/y", "CP 001"],
  ["/CP%ZZ", "CP%ZZ"],
  ["/%F0%9F%94%8C", "🔌"],
  // As Node gives it: the bytes of UTF-8 one by one.
  ["/Str\u00c3\u00b6m", "Ström"],
  ["/CP%00", "CP%00"],
  ["/CP%1b[2J", "CP%1b[2J"],
  ["/CP%E2%80%AE1", "CP%E2%80%AE1"],
  ["/", null],
  ["", null],
  ["///?id=1", null],
  ["/%20", null],
])("reads the identity of %s as %s", (path, identity) => {
  expect(readIdentity(path)).toBe(identity);
});
