import { describe, expect, it } from "vitest";
import type { HistoryEntry } from "../../../src/services/history/contract.ts";
import type { EventBody } from "../../../src/station/events.ts";
import { gatherMarks, type MarkKind, marksOf, placeMarks, tickHeight } from "./marks.ts";

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
        entry(8, { kind: "transaction-started", id: "8", evse: 1 }),
        {
          station: "CP1",
          event: { kind: "status", evse: 1, connector: 1, status: "Available", at: 9, ownAt: 3, seq: 9 },
        },
        {
          station: "CP1",
          event: {
            kind: "token",
            token: { value: "CD" },
            decision: "Accepted",
            source: "Authorize",
            at: 10,
            ownAt: 4,
            seq: 10,
          },
        },
        { station: "CP1", event: { kind: "transaction-started", id: "9", evse: 1, at: 11, ownAt: 5, seq: 11 } },
        { station: "CP1", event: { kind: "transaction-ended", id: "9", at: 12, ownAt: 6, seq: 12 } },
      ]),
    ).toEqual([
      { at: 1, kind: "status", label: { state: "Charging" } },
      { at: 2, kind: "fault", label: "HighTemperature" },
      { at: 3, kind: "fault", label: { state: "Faulted" } },
      { at: 4, kind: "command", label: { key: "commandResetHard", values: {} } },
      { at: 5, kind: "card", label: "AB" },
      { at: 6, kind: "transaction", label: { key: "transactionEnded", values: { id: "7" } } },
      {
        at: 8,
        kind: "transaction",
        label: { key: "transactionStarted", values: { id: "8", place: { key: "placeEvse", values: { evse: 1 } } } },
      },
      { at: 3, kind: "status", label: { state: "Available" } },
      { at: 4, kind: "card", label: "CD" },
      {
        at: 5,
        kind: "transaction",
        label: { key: "transactionStarted", values: { id: "9", place: { key: "placeEvse", values: { evse: 1 } } } },
      },
      { at: 6, kind: "transaction", label: { key: "transactionEnded", values: { id: "9" } } },
    ]);
  });
});

describe("marksOf a station with several outlets", () => {
  it("says which one has the status", () => {
    const marks = marksOf([
      entry(1, { kind: "status", evse: 1, connector: 1, status: "Charging" }),
      entry(2, { kind: "status", evse: 2, connector: 1, status: "Faulted", errorCode: "HighTemperature" }),
    ]);
    const place = (evse: number) => ({ key: "placeEvse", values: { evse } });
    expect(marks).toEqual([
      { at: 1, kind: "status", label: { key: "status", values: { place: place(1), status: { state: "Charging" } } } },
      {
        at: 2,
        kind: "fault",
        label: {
          key: "statusFaulted",
          values: { place: place(2), status: { state: "Faulted" }, code: "HighTemperature" },
        },
      },
    ]);
  });
});

describe("placeMarks", () => {
  const room = { from: 0, to: 100, lanes: 2, between: 5 };
  const named = (name: string, x: number, width: number, kind: "status" | "fault" = "status") => ({
    mark: { name, kind },
    x,
    width,
  });
  const told = (marks: Parameters<typeof placeMarks<{ name: string; kind: "status" | "fault" }>>[0]) =>
    placeMarks(marks, room).map(({ mark, label }) => [mark.name, label]);

  it("puts labels that would lie on each other into lanes, the newest first, and leaves out what has no room", () => {
    expect(told([named("a", 10, 30), named("b", 20, 35), named("c", 30, 30)])).toEqual([
      ["a", undefined],
      ["b", { lane: 1, x: 20 }],
      ["c", { lane: 0, x: 30 }],
    ]);
  });

  it("names a fault before anything newer", () => {
    expect(told([named("fault", 10, 30, "fault"), named("b", 12, 30), named("c", 14, 30)])).toEqual([
      ["fault", { lane: 0, x: 10 }],
      ["b", undefined],
      ["c", undefined],
    ]);
  });

  it("lets no line of a mark named above run through a label", () => {
    expect(told([named("low", 10, 30), named("high", 30, 30), named("right", 55, 30)])).toEqual([
      ["low", undefined],
      ["high", { lane: 1, x: 30 }],
      ["right", { lane: 0, x: 55 }],
    ]);
  });

  it("lets labels stand side by side with as much between as they need, and in the order of their marks", () => {
    const lanes = (between: number) =>
      placeMarks([named("a", 0, 20), named("b", 20 + between, 20)], room).map(({ label }) => label?.lane);
    expect([lanes(5), lanes(4)]).toEqual([
      [0, 0],
      [1, 0],
    ]);
    expect(told([named("b", 50, 10), named("a", 0, 10)]).map(([name]) => name)).toEqual(["a", "b"]);
    expect(told([named("from", 0, 5), named("to", 100, 5), named("wide", 90, 200), named("beyond", 101, 5)])).toEqual([
      ["from", { lane: 0, x: 0 }],
      ["wide", { lane: 1, x: 0 }],
      ["to", { lane: 0, x: 95 }],
    ]);
  });

  it("puts a label left of its mark at the edge, and drops marks out of sight", () => {
    expect(told([named("out", -1, 10), named("edge", 95, 30)])).toEqual([["edge", { lane: 0, x: 65 }]]);
  });
});

describe("gatherMarks", () => {
  it("makes one tick of those that lie together, as grave as the gravest, the higher the more they are", () => {
    const mark = (x: number, kind: MarkKind) => ({ x, mark: { kind } });
    const ticks = gatherMarks(
      [mark(0, "status"), mark(1, "fault"), mark(2, "card"), mark(3, "card"), mark(9, "card")],
      3,
    );
    expect(ticks).toEqual([
      { x: 0, kind: "fault", count: 3 },
      { x: 3, kind: "card", count: 1 },
      { x: 9, kind: "card", count: 1 },
    ]);
    expect([1, 2, 4, 1_000_000].map(tickHeight)).toEqual([6, 9, 12, 24]);
  });
});
