import { describe, expect, it } from "vitest";
import type { HistoryEntry } from "../../../src/services/history/contract.ts";
import {
  emptyHeld,
  follow,
  keepAtMost,
  keepFollowing,
  snapshotEntries,
  takeFirst,
  takeFrom,
  takeLast,
  takeLive,
  takeNewer,
  takeOlder,
  takeSnapshot,
} from "./held.ts";

function entry(seq: number): HistoryEntry {
  return { station: "CP1", event: { kind: "noticed", action: "A", summary: "", at: seq, seq } };
}

/** `count` entries from number `from` on. */
const stretch = (from: number, count: number) => Array.from({ length: count }, (_, index) => entry(from + index));
const numbers = (entries: readonly HistoryEntry[]) => entries.map(({ event }) => event.seq);

describe("what the time line holds", () => {
  const start = takeSnapshot(emptyHeld, [entry(5), entry(6)]);

  it("begins with a hundred, follows with a thousand, and never holds more than three", () => {
    expect([snapshotEntries, keepFollowing, keepAtMost]).toEqual([100, 1000, 3000]);
  });

  it("begins with the snapshot", () => {
    expect(start).toEqual({
      entries: [entry(5), entry(6)],
      attached: true,
      more: false,
      following: true,
      unseen: 0,
      newest: 6,
    });
  });

  it("knows that there may be older entries when the snapshot is full", () => {
    expect(takeSnapshot(emptyHeld, stretch(0, snapshotEntries)).more).toEqual(true);
    expect(takeSnapshot(emptyHeld, []).more).toEqual(false);
  });

  it("joins a snapshot after a lost connection, or begins anew where it would leave a hole", () => {
    expect(numbers(takeSnapshot(start, [entry(6), entry(7)]).entries)).toEqual([5, 6, 7]);
    expect(numbers(takeSnapshot(start, [entry(9)]).entries)).toEqual([9]);
  });

  it("keeps what one reads elsewhere when a snapshot would leave a hole", () => {
    const away = takeSnapshot(follow(start, false), [entry(9), entry(10)]);
    expect(away).toMatchObject({ entries: start.entries, attached: false, unseen: 2, newest: 10 });
  });

  it("counts of a snapshot what one has not seen, and joins it in place where it leaves no hole", () => {
    const away = takeSnapshot(follow(start, false), [entry(6), entry(7), entry(8)]);
    expect([numbers(away.entries), away.unseen, away.attached]).toEqual([[5, 6, 7, 8], 2, true]);
    const more = takeSnapshot(away, [entry(8), entry(9)]);
    expect([more.unseen, more.newest]).toEqual([3, 9]);
    expect(takeSnapshot(more, [entry(3)]).newest).toBe(9);
    const excerpt = takeFirst(start, [entry(1)]);
    expect(takeSnapshot(excerpt, [entry(5), entry(6), entry(7)])).toMatchObject({
      ...{ entries: [entry(1)], attached: false, unseen: 1, newest: 7 },
    });
  });

  it("is kept whole up to the most that are ever held, and lets no more come where one reads above", () => {
    const full = follow(takeSnapshot(emptyHeld, stretch(1, keepAtMost)), false);
    expect(takeOlder(full, [], true)).toMatchObject({ attached: true, following: false, more: true });
    expect(takeOlder(full, [entry(0)], true).attached).toBe(false);
    expect(takeLive(full, [entry(keepAtMost + 1)])).toMatchObject({ attached: false, unseen: 1 });
    const nearly = follow(takeSnapshot(emptyHeld, stretch(1, keepAtMost - 1)), false);
    expect(takeLive(nearly, [entry(keepAtMost)])).toMatchObject({ attached: true, unseen: 1 });
    const two = takeLive(takeSnapshot(emptyHeld, stretch(1, keepFollowing * 2 - 1)), [entry(keepFollowing * 2)]);
    expect([two.entries.length, two.more]).toEqual([keepFollowing * 2, true]);
  });

  it("is read on to its end, which is where nothing newer comes or the newest is there", () => {
    const first = takeFirst(start, [entry(1), entry(2)]);
    expect(takeNewer(first, [entry(3), entry(4)])).toMatchObject({ attached: false, newest: 6 });
    expect(takeNewer(first, [])).toMatchObject({ attached: true });
    expect(takeNewer(first, [entry(5), entry(6)]).attached).toBe(true);
    expect(takeNewer(first, [entry(5), entry(7)]).newest).toBe(7);
    expect(takeLast(first, [entry(2), entry(3)], false)).toMatchObject({
      attached: false,
      following: false,
      more: false,
    });
  });

  it("counts what comes while one looks elsewhere", () => {
    const away = takeLive(follow(start, false), [entry(7), entry(8)]);
    expect(away.unseen).toEqual(2);
    expect(numbers(away.entries)).toEqual([5, 6, 7, 8]);
    expect(follow(away, true).unseen).toEqual(0);
    expect(follow(away, false)).toBe(away);
    expect(takeLive(away, [entry(8)])).toMatchObject({ unseen: 2, newest: 8 });
  });

  it("puts an entry that comes late where it belongs, and none twice", () => {
    const late = takeLive(takeLive(start, [entry(9)]), [entry(8), entry(9)]);
    expect(numbers(late.entries)).toEqual([5, 6, 8, 9]);
  });

  it("puts older entries first and says when the record begins", () => {
    const older = takeOlder(start, [entry(3), entry(4)], false);
    expect({ seqs: numbers(older.entries), more: older.more }).toEqual({ seqs: [3, 4, 5, 6], more: false });
  });

  it("lets the oldest go while it follows", () => {
    const kept = takeLive(start, stretch(7, keepFollowing * 2));
    expect({ length: kept.entries.length, more: kept.more }).toEqual({ length: keepFollowing, more: true });
  });

  it("lets the newest go when older ones are too many, and finds them again", () => {
    const full = takeSnapshot(emptyHeld, stretch(10_000, keepAtMost));
    const back = takeOlder(full, stretch(9_900, 100), true);
    expect(back).toMatchObject({ attached: false, following: false, newest: 10_000 + keepAtMost - 1 });
    expect([back.entries[0]?.event.seq, back.entries.length]).toEqual([9_900, keepAtMost]);
    expect(takeLive(back, [entry(20_000)])).toMatchObject({ entries: back.entries, unseen: 1, newest: 20_000 });
    const forth = takeNewer(back, stretch(12_900, 100));
    expect(forth).toMatchObject({ attached: true, more: true });
    expect([forth.entries[0]?.event.seq, forth.entries.length]).toEqual([10_000, keepAtMost]);
  });

  it("cuts no frame in two", () => {
    const frame = [entry(500), entry(500), entry(500)];
    const kept = takeLive(start, [...stretch(7, keepFollowing), ...frame, ...stretch(2000, keepFollowing - 1)]);
    expect(numbers(kept.entries).slice(0, 4)).toEqual([500, 500, 500, 2000]);
  });

  it("goes to the beginning and to the end of the record", () => {
    const first = takeFirst(start, [entry(1), entry(2)]);
    expect(first).toMatchObject({ attached: false, following: false, more: false, newest: 6 });
    expect(numbers(first.entries)).toEqual([1, 2]);
    const last = takeLast(first, [entry(5), entry(6)], true);
    expect(last).toMatchObject({ attached: true, following: true, more: true });
    expect(numbers(last.entries)).toEqual([5, 6]);
  });
});

it("begins at a moment in place of what was held, and knows that there is more before it", () => {
  const held = takeSnapshot(emptyHeld, stretch(900, snapshotEntries));
  const from = takeFrom(held, stretch(300, 200));
  expect([numbers(from.entries).at(0), from.more, from.attached, from.following]).toEqual([300, true, false, false]);
  expect(takeFrom(held, [])).toMatchObject({ entries: [], attached: true, more: true });
});
