import { describe, expect, it } from "vitest";
import type { MessageRow } from "../../../src/services/messages/contract.ts";
import { readSaved, withSaved, writeSaved } from "./saved.ts";
import { findingCount, indexHolding, rowHeight, rowTone, walk } from "./words.ts";

const row: MessageRow = {
  seq: 7,
  at: 1,
  station: "CP1",
  direction: "in",
  kind: "call",
  action: "Heartbeat",
  messageId: "1",
  summary: [],
  findings: [],
  bytes: 1,
  answer: { seq: 9, at: 2, latencyMs: 1, kind: "result", summary: [], findings: [] },
};
const found = (rule: "too-long" | "wrong-type" | "not-json") => ({ rule, where: "x", said: "y" });

describe("rowTone", () => {
  it("is red for an error on either half, amber for a warning, nothing for a notice", () => {
    const error = { seq: 9, at: 2, latencyMs: 1, kind: "error" as const, summary: [], findings: [] };
    expect(
      [
        row,
        { ...row, findings: [found("too-long")] },
        { ...row, findings: [found("wrong-type")] },
        { ...row, findings: [found("wrong-type"), found("not-json")] },
        { ...row, answer: error },
        { ...row, kind: "unreadable" as const },
        { ...row, kind: "error" as const },
        { ...row, action: "StatusNotification", summary: [{ label: "status", value: "Faulted" }] } as MessageRow,
        { ...row, answer: { ...error, kind: "result" as const, findings: [found("not-json")] } },
        { ...row, answer: { ...error, kind: "result" as const, findings: [found("wrong-type")] } },
      ].map(rowTone),
    ).toEqual([null, null, "waiting", ...Array(6).fill("faulted"), "waiting"]);
  });
});

describe("the rows", () => {
  it("count the findings of both halves", () => {
    const answer = {
      ...(row.answer as object),
      findings: [found("not-json"), found("too-long")],
    } as MessageRow["answer"];
    expect(findingCount({ ...row, findings: [found("too-long")] })).toEqual(1);
    expect(findingCount({ ...row, findings: [found("too-long")], answer })).toEqual(3);
    expect(findingCount({ ...row, answer: undefined as never })).toEqual(0);
  });

  it("are found by the number of the question and of the answer", () => {
    expect([7, 9, 8].map((seq) => indexHolding([row], seq))).toEqual([0, 0, -1]);
  });

  it("are 32 px, and 64 with their answer unfolded", () => {
    const open = new Set([7]);
    expect([rowHeight(row, new Set()), rowHeight(row, open), rowHeight({ ...row, answer: undefined }, open)]).toEqual([
      32, 64, 32,
    ]);
  });

  it("are walked by keys, to their ends and no further", () => {
    const steps = [
      walk("ArrowDown", 0, 3, 2),
      walk("ArrowDown", 2, 3, 2),
      walk("ArrowUp", 0, 3, 2),
      walk("ArrowUp", -1, 3, 2),
      walk("PageDown", 0, 10, 4),
      walk("PageDown", 8, 10, 4),
      walk("PageUp", 9, 10, 4),
      walk("PageUp", 3, 10, 4),
      walk("Home", 3, 10, 4),
      walk("End", 3, 10, 4),
      walk("a", 3, 10, 4),
    ];
    expect(steps).toEqual([1, 2, 0, 2, 4, 9, 5, 0, 0, 9, null]);
  });
});

describe("saved filters", () => {
  const storage = (kept: string | null) => {
    const held = { kept };
    return {
      held,
      getItem: () => held.kept,
      setItem: (_key: string, value: string) => void Object.assign(held, { kept: value }),
    };
  };

  it("are kept and read again", () => {
    const place = storage(null);
    expect(writeSaved(place, ["a", "b"])).toEqual(true);
    expect(readSaved(place)).toEqual(["a", "b"]);
  });

  it("are none where the storage holds something else or cannot be read", () => {
    expect(readSaved(storage("{"))).toEqual([]);
    expect(readSaved(storage('[1,"a",""]'))).toEqual(["a"]);
    const closed = {
      getItem: () => {
        throw new Error("denied");
      },
      setItem: () => {
        throw new Error("denied");
      },
    };
    expect([readSaved(closed), writeSaved(closed, ["a"])]).toEqual([[], false]);
  });

  it("hold a line once, twelve at most", () => {
    expect(withSaved(["a", "b"], " a ")).toEqual(["b", "a"]);
    expect(withSaved(["a"], "  ")).toEqual(["a"]);
    expect(
      withSaved(
        Array.from({ length: 12 }, (_, index) => String(index)),
        "x",
      ).length,
    ).toEqual(12);
    const twelve = Array.from({ length: 12 }, (_, index) => String(index));
    expect(withSaved(twelve, "x")).toEqual([...twelve.slice(1), "x"]);
    expect(readSaved(storage(JSON.stringify([...twelve, "x"])))).toEqual(twelve);
    expect(readSaved(storage('{"0":"a"}'))).toEqual([]);
  });
});
