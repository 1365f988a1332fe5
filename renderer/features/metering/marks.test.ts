import { describe, expect, it } from "vitest";
import type { HistoryEntry } from "../../../src/services/history/contract.ts";
import type { EventBody } from "../../../src/station/events.ts";
import { marksOf, placeMarks } from "./marks.ts";

const entry = (at: number, body: EventBody): HistoryEntry => ({ station: "CP1", event: { ...body, at, seq: at } });

describe("marksOf", () => {
  it("marks statuses, faults, commands and cards, and passes over the rest", () => {
    expect(
      marksOf([
        entry(1, { kind: "status", evse: 1, connector: 1, status: "Charging" }),
        entry(2, { kind: "status", evse: 1, connector: 1, status: "Charging", errorCode: "HighTemperature" }),
        entry(3, { kind: "status", evse: 1, connector: 1, status: "Faulted" }),
        entry(4, { kind: "command-sent", id: "a", name: "reset", args: { kind: "hard" } }),
        entry(5, { kind: "token", token: { value: "AB" }, decision: "Accepted", source: "Authorize" }),
        entry(6, { kind: "transaction-ended", id: "7", reason: "Local" }),
        entry(7, { kind: "heartbeat" }),
      ]),
    ).toEqual([
      { at: 1, kind: "status", label: { state: "Charging" } },
      { at: 2, kind: "fault", label: "HighTemperature" },
      { at: 3, kind: "fault", label: "Faulted" },
      { at: 4, kind: "command", label: { key: "commandResetHard", values: {} } },
      { at: 5, kind: "card", label: "AB" },
      { at: 6, kind: "status", label: { key: "transactionEnded", values: { id: "7" } } },
    ]);
  });
});

describe("placeMarks", () => {
  const room = { from: 0, to: 100, lanes: 2, between: 5 };

  it("puts labels that would lie on each other into lanes, and leaves out what has no room", () => {
    expect(
      placeMarks(
        [
          { mark: "a", x: 10, width: 30 },
          { mark: "b", x: 20, width: 30 },
          { mark: "c", x: 30, width: 30 },
        ],
        room,
      ),
    ).toEqual([
      { mark: "a", x: 10 },
      { mark: "b", x: 20, label: { lane: 1, x: 20 } },
      { mark: "c", x: 30, label: { lane: 0, x: 30 } },
    ]);
  });

  it("puts a label left of its mark at the edge, and drops marks out of sight", () => {
    expect(
      placeMarks(
        [
          { mark: "out", x: -1, width: 10 },
          { mark: "edge", x: 95, width: 30 },
        ],
        room,
      ),
    ).toEqual([{ mark: "edge", x: 95, label: { lane: 0, x: 65 } }]);
  });
});
