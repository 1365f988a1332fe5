import { expect, it } from "vitest";
import type { MessageRow } from "../../../src/services/messages/contract.ts";
import { lastRows } from "./Wire.tsx";

function row(seq: number, answered = false): MessageRow {
  return {
    seq,
    at: seq,
    station: "CP1",
    direction: "in",
    kind: "call",
    action: "Heartbeat",
    messageId: String(seq),
    summary: [],
    findings: [],
    bytes: 20,
    ...(answered && {
      answer: { seq: seq + 1, at: seq, latencyMs: 1, kind: "result" as const, summary: [], findings: [] },
    }),
  };
}

it("shows a row that came again with its answer once, with the answer, at its own place", () => {
  expect(lastRows([row(1), row(2), row(4), row(2, true)], 2)).toEqual([row(2, true), row(4)]);
});

it("shows them in the order of the record, whichever came last", () => {
  expect(lastRows([row(3), row(5), row(4, true)], 3).map(({ seq }) => seq)).toEqual([3, 4, 5]);
});

it("leaves out what passed between the laptop and a central system above", () => {
  expect(lastRows([row(1), { ...row(2), lane: "upstream" }, row(3)], 2)).toEqual([row(1), row(3)]);
});
