import { expect, test } from "vitest";
import type { HistoryEntry } from "./contract.ts";
import { historyCells, historyHead, toldEntry } from "./lines.ts";

const entry: HistoryEntry = {
  station: "CP1",
  event: {
    kind: "status",
    evse: 1,
    connector: 1,
    status: "Faulted",
    errorCode: "GroundFailure",
    at: Date.UTC(2026, 0, 2),
    seq: 9,
  },
};

test("what happened stands in a table, each cell under its name, in the reader's language", () => {
  const cells = historyCells(entry, "en");
  expect(historyHead.map((name, at) => [name, cells[at]])).toEqual([
    ["time", "2026-01-02T00:00:00.000Z"],
    ["station", "CP1"],
    ["kind", "status"],
    ["what", "Connector 1: Faulted, GroundFailure"],
    ["frame", 9],
  ]);
  expect(historyCells(entry, "sv")[3]).toBe("Uttag 1: Fel, GroundFailure");
});

test("scripts are told it in English besides", () => {
  expect(toldEntry(entry)).toEqual({ ...entry, text: "Connector 1: Faulted, GroundFailure" });
});
