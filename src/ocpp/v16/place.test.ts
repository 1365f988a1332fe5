import { expect, test } from "vitest";
import { mostEvses } from "../../station/bounds.ts";
import type { Finding } from "../../station/findings.ts";
import { newStation } from "../../station/model.ts";
import { judgeTransaction, readPlace, readTransactionId, transactionNumber } from "./place.ts";

test.each([
  [0, { evse: 0 }, []],
  [1, { evse: 1, connector: 1 }, []],
  [mostEvses, { evse: mostEvses, connector: 1 }, []],
  [mostEvses + 1, undefined, ["odd-place"]],
  [-1, undefined, ["odd-place"]],
  [undefined, undefined, []],
])("connectorId %s is the place %o", (connectorId, place, rules) => {
  const findings: Finding[] = [];
  expect(readPlace(connectorId === undefined ? {} : { connectorId }, "X", findings)).toEqual(place);
  expect(findings.map(({ rule }) => rule)).toEqual(rules);
});

test.each([
  [7, "7"],
  [" 7 ", "7"],
  ["007", "7"],
  ["-3", "-3"],
  ["9223372036854775807", "9223372036854775807"],
  ["seven", undefined],
  [1.5, undefined],
  [null, undefined],
])("the transaction id %o is read as %s", (transactionId, id) => {
  expect(readTransactionId({ transactionId })).toBe(id);
});

test("an id goes back as the number that it is, exact beyond what a double holds", () => {
  expect(transactionNumber("7")).toBe(7);
  expect(transactionNumber("9007199254740991")).toBe(9007199254740991);
  expect(transactionNumber("9007199254740993")).toBe(9007199254740993n);
  expect(transactionNumber("-9007199254740993")).toBe(-9007199254740993n);
  expect(transactionNumber("a")).toBeUndefined();
});

test.each([
  ["0", "odd-transaction-id"],
  ["-1", "odd-transaction-id"],
  ["-5", "odd-transaction-id"],
  ["9223372036854775807", "odd-transaction-id"],
  ["5", "unknown-transaction"],
])("the id %s, which we never gave, is told as %s", (id, rule) => {
  const findings: Finding[] = [];
  expect(judgeTransaction(newStation("CP1", 0), id, "X", findings)).toBeUndefined();
  expect(findings.map((finding) => finding.rule)).toEqual([rule]);
});
