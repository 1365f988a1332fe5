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
  ["/", null],
  ["", null],
  ["///?id=1", null],
  ["/%20", null],
])("reads the identity of %s as %s", (path, identity) => {
  expect(readIdentity(path)).toBe(identity);
});
