import { expect, test } from "vitest";
import { type JsonObject, parseJson } from "../lib/json.ts";
import { messageBounds } from "../station/bounds.ts";
import { words } from "../station/phrases.ts";
import { loadSchemas } from "./schemas.ts";

const v16 = await loadSchemas("1.6");
const v201 = await loadSchemas("2.0.1");
const v21 = await loadSchemas("2.1");

const boot = { chargePointVendor: "V", chargePointModel: "M" };
const at = "2026-01-01T00:00:00Z";
const status = { connectorId: 1, errorCode: "NoError", status: "Available" };

test("each version is loaded once, and knows its own actions", async () => {
  expect(await loadSchemas("1.6")).toBe(v16);
  expect([v16.version, v201.version, v21.version]).toEqual(["1.6", "2.0.1", "2.1"]);
  expect(["StopTransaction", "TransactionEvent", "AFRRSignal", "toString"].map((one) => v16.has(one))).toEqual([
    ...[true, false, false, false],
  ]);
  expect(["TransactionEvent", "AFRRSignal"].map((one) => [v201.has(one), v21.has(one)])).toEqual([
    [true, true],
    [false, true],
  ]);
  const actions = v21.actions();
  expect([actions.includes("AFRRSignal"), actions]).toEqual([true, actions.toSorted()]);
  expect([v16.skeleton("Heartbeat"), v16.skeleton("Reset"), v16.skeleton("toString")]).toEqual([
    ...[{}, { type: "Hard" }, {}],
  ]);
});

test("what fits has no findings, and neither has what there is no schema for", () => {
  expect(v16.judge("request", "BootNotification", boot)).toEqual([]);
  expect(v16.judge("response", "Heartbeat", { currentTime: at })).toEqual([]);
  expect([v16.judge("request", "Dance", { a: 1 }), v16.judge("request", "toString", {})]).toEqual([[], []]);
});

test.each<[string, "request" | "response", string, object, object]>([
  [
    "a field that is missing",
    "request",
    "BootNotification",
    { chargePointVendor: "V" },
    {
      rule: "missing-field",
      where: "BootNotification /chargePointModel",
      said: words("nothing"),
      expected: words("a-field", { name: "chargePointModel" }),
    },
  ],
  [
    "a field of another type",
    "request",
    "StatusNotification",
    { ...status, connectorId: "1" },
    { rule: "wrong-type", where: "StatusNotification /connectorId", said: "1", expected: "integer" },
  ],
  [
    "a text that is too long",
    "request",
    "BootNotification",
    { ...boot, chargePointVendor: "x".repeat(21) },
    {
      rule: "too-long",
      where: "BootNotification /chargePointVendor",
      said: "x".repeat(21),
      expected: words("at-most-characters", { limit: 20 }),
    },
  ],
  [
    "a field that there is none of",
    "request",
    "BootNotification",
    { ...boot, "a/b": 7 },
    { rule: "unknown-field", where: "BootNotification /a/b", expected: words("no-such-field") },
  ],
  [
    "a value that there is none of",
    "response",
    "ClearCache",
    { status: "Maybe" },
    { rule: "unknown-value", where: "ClearCache answer /status", said: "Maybe", expected: "Accepted, Rejected" },
  ],
  [
    "a time that is none",
    "request",
    "StatusNotification",
    { ...status, timestamp: "yesterday" },
    { rule: "bad-format", where: "StatusNotification /timestamp", said: "yesterday", expected: "date-time" },
  ],
])("%s is told as such", (_what, kind, action, payload, found) => {
  expect(v16.judge(kind, action, payload)).toEqual([expect.objectContaining(found)]);
});

test("a list that is empty is told as such", () => {
  expect(v201.judge("request", "GetVariables", { getVariableData: [] })).toEqual([
    expect.objectContaining({
      ...{
        rule: "empty-list",
        where: "GetVariables /getVariableData",
        expected: words("at-least-entries", { limit: 1 }),
      },
    }),
  ]);
});

test("a number below the least is told with its limit", () => {
  expect(v21.judge("request", "ClosePeriodicEventStream", { id: -1 })).toEqual([
    { rule: "out-of-range", where: "ClosePeriodicEventStream /id", said: "-1", expected: ">= 0" },
  ]);
});

test("a number above the most, a list that is too long and a number between the steps are told with their limits", () => {
  const battery = { evseId: 1, serialNumber: "S", soC: 101, soH: 100 };
  const swap = {
    batteryData: [battery],
    eventType: "BatteryIn",
    idToken: { idToken: "A", type: "ISO14443" },
    requestId: 1,
  };
  expect(v21.judge("request", "BatterySwap", swap)).toEqual([
    { rule: "out-of-range", where: "BatterySwap /batteryData/*/soC", said: "101", expected: "<= 100" },
  ]);
  const hash = { hashAlgorithm: "SHA256", issuerNameHash: "a", issuerKeyHash: "b", serialNumber: "c" };
  const one = { certificateHashData: hash, source: "CRL", urls: ["u"] };
  const judged = v21.judge("request", "GetCertificateChainStatus", { certificateStatusRequests: Array(5).fill(one) });
  expect(judged).toMatchObject([{ rule: "out-of-range", expected: words("at-most-entries", { limit: 4 }) }]);
  const schedule = (limit: number) => ({
    ...{ status: "Accepted", connectorId: 1 },
    chargingSchedule: { chargingRateUnit: "A", chargingSchedulePeriod: [{ startPeriod: 0, limit }] },
  });
  expect(v16.judge("response", "GetCompositeSchedule", schedule(16.1))).toEqual([]);
  expect(v16.judge("response", "GetCompositeSchedule", schedule(16.15))).toMatchObject([
    { rule: "out-of-range", said: "16.15", expected: words("multiple-of", { step: 0.1 }) },
  ]);
});

test("places in lists are told as one, and numbers digit for digit as they were sent", () => {
  const text = `{"connectorId":1,"meterValue":[{"timestamp":"${at}","sampledValue":[
    {"value":12345678901234567890.1}]}],"transactionId":1.5}`;
  const exact = parseJson(text, messageBounds) as JsonObject;
  const judged = v16.judge("request", "MeterValues", JSON.parse(text), exact);
  expect(judged.map(({ rule, where, said }) => [rule, where, said]).sort()).toEqual([
    ["wrong-type", "MeterValues /meterValue/*/sampledValue/*/value", "12345678901234567890.1"],
    ["wrong-type", "MeterValues /transactionId", "1.5"],
  ]);
  const without = v16.judge("request", "MeterValues", JSON.parse(text));
  expect(without.map(({ said }) => said).sort()).toEqual(["1.5", "12345678901234567000"]);
});

test("of a payload that is wrong everywhere twenty deviations are told", () => {
  const many = (count: number) =>
    v16.judge("request", "Heartbeat", Object.fromEntries(Array.from({ length: count }, (_, n) => [`x${n}`, n])));
  expect([many(19).length, many(20).length, many(21).length]).toEqual([19, 20, 20]);
});
