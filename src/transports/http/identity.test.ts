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
  ["///?id=1", "1"],
  ["/?station=CP%2007", "CP 07"],
  ["/?x=1&chargePointId=CP7", "CP7"],
  ["/ocpp?station=CP7", "CP7"],
  ["/CP8?station=CP7", "CP8"],
  ["/?token=secret", null],
  ["/?=CP7", null],
  ["/?CP7", null],
  ["/?id=", null],
  ["/ws://192.168.1.2:9000/CP_1/SERIAL_1234", "SERIAL_1234"],
  ["/wss:/10.0.0.1/CP7", "CP7"],
  ["/ws%3A%2F%2F10.0.0.1%3A9000/CP9", "CP9"],
  ["/ocpp/ws%3A%2F%2F10.0.0.1%3A9000%2FCP9", "CP9"],
  ["/ws://192.168.1.2:9000", null],
  ["/ws%3A%2F%2F10.0.0.1", null],
  ["/ws://10.0.0.1/?id=CP7", "CP7"],
  ["/ws:CP7", "ws:CP7"],
  ["/%20", null],
  [`/${"a".repeat(256)}`, "a".repeat(255)],
  [`/?id=${"a".repeat(256)}`, "a".repeat(255)],
])("reads the identity of %s as %s", (path, identity) => {
  expect(readIdentity(path)).toBe(identity);
});
