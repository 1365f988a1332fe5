import { describe, expect, it } from "vitest";
import type { HistoryEntry } from "../../../src/services/history/contract.ts";
import { emptyHeld, follow, keepEntries, snapshotEntries, takeLive, takeOlder, takeSnapshot } from "./held.ts";

function entry(seq: number): HistoryEntry {
  return { station: "CP1", event: { kind: "noticed", action: "A", summary: "", at: seq, seq } };
}

const numbers = (entries: readonly HistoryEntry[]) => entries.map(({ event }) => event.seq);

describe("what the time line holds", () => {
  const start = takeSnapshot(emptyHeld, [entry(5), entry(6)]);

  it("begins with the snapshot", () => {
    expect(start).toEqual({ entries: [entry(5), entry(6)], more: false, following: true, unseen: 0 });
  });

  it("knows that there may be older entries when the snapshot is full", () => {
    const full = Array.from({ length: snapshotEntries }, (_, index) => entry(index));
    expect(takeSnapshot(emptyHeld, full).more).toEqual(true);
    expect(takeSnapshot(emptyHeld, []).more).toEqual(false);
  });

  it("joins a snapshot after a lost connection, or begins anew where it would leave a hole", () => {
    expect(numbers(takeSnapshot(start, [entry(6), entry(7)]).entries)).toEqual([5, 6, 7]);
    expect(numbers(takeSnapshot(start, [entry(9)]).entries)).toEqual([9]);
  });

  it("counts what comes while one looks elsewhere", () => {
    const away = takeLive(follow(start, false), [entry(7), entry(8)]);
    expect(away.unseen).toEqual(2);
    expect(follow(away, true).unseen).toEqual(0);
  });

  it("puts older entries first and says when the record begins", () => {
    const older = takeOlder(start, [entry(3), entry(4)], false);
    expect({ seqs: numbers(older.entries), more: older.more }).toEqual({ seqs: [3, 4, 5, 6], more: false });
  });

  it("lets the oldest go while it follows", () => {
    const many = Array.from({ length: keepEntries * 2 }, (_, index) => entry(7 + index));
    const kept = takeLive(start, many);
    expect({ length: kept.entries.length, more: kept.more }).toEqual({ length: keepEntries, more: true });
  });
});
