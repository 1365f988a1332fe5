import { describe, expect, it } from "vitest";
import type { MessageRow } from "../../../src/services/messages/contract.ts";
import {
  emptyList,
  follow,
  keepFollowing,
  mergeRows,
  placeOf,
  takeAround,
  takeLive,
  takeNewer,
  takeOlder,
  takeSnapshot,
} from "./list.ts";

function row(seq: number, more: Partial<MessageRow> = {}): MessageRow {
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
    bytes: 10,
    ...more,
  };
}

const numbers = (rows: readonly MessageRow[]) => rows.map(({ seq }) => seq);
const answer = { seq: 9, at: 9, latencyMs: 4, kind: "result" as const, summary: [], findings: [] };

describe("mergeRows", () => {
  it("replaces a row of the same number, appends newer ones and puts others into their place", () => {
    const answered = row(2, { answer });
    expect(mergeRows([row(1), row(2), row(5)], [answered, row(7), row(3)])).toEqual([
      row(1),
      answered,
      row(3),
      row(5),
      row(7),
    ]);
  });

  it("gives the same list when nothing came", () => {
    const rows = [row(1)];
    expect(mergeRows(rows, [])).toBe(rows);
  });
});

describe("placeOf", () => {
  it("is the first index whose number is not below", () => {
    const rows = [row(2), row(4), row(6)];
    expect([0, 2, 3, 6, 7].map((seq) => placeOf(rows, seq))).toEqual([0, 0, 1, 2, 3]);
  });
});

describe("the list of messages", () => {
  const start = takeSnapshot(emptyList, [row(10), row(11)]);

  it("begins at the tail with the feed's snapshot", () => {
    expect(start).toEqual({
      rows: [row(10), row(11)],
      attached: true,
      following: true,
      unseen: 0,
      more: true,
      newest: 11,
    });
  });

  it("replaces a row whose answer came, without counting it as new", () => {
    const answered = row(11, { answer });
    expect(takeLive(follow(start, false), [answered])).toEqual({
      ...start,
      following: false,
      rows: [row(10), answered],
    });
  });

  it("counts what comes while one looks elsewhere, and forgets the count at the tail", () => {
    const away = takeLive(follow(start, false), [row(12), row(13), row(13, { answer })]);
    expect({ unseen: away.unseen, rows: numbers(away.rows) }).toEqual({ unseen: 2, rows: [10, 11, 12, 13] });
    expect(follow(away, true).unseen).toEqual(0);
  });

  it("puts older rows before the others", () => {
    const older = takeOlder(start, [row(8), row(9)], false);
    expect({ more: older.more, rows: numbers(older.rows) }).toEqual({ more: false, rows: [8, 9, 10, 11] });
  });

  it("keeps an excerpt apart from the tail: live rows are counted, its own answers are taken", () => {
    const excerpt = takeLive(takeAround(start, [row(3), row(4)], true), [row(4, { answer }), row(12)]);
    expect(excerpt).toEqual({
      rows: [row(3), row(4, { answer })],
      attached: false,
      following: false,
      unseen: 1,
      more: true,
      newest: 12,
    });
  });

  it("attaches an excerpt that has been read on to the newest row", () => {
    const excerpt = takeAround(start, [row(3), row(4)], true);
    const between = takeNewer(excerpt, [row(4), row(5)]);
    expect({ attached: between.attached, rows: numbers(between.rows) }).toEqual({ attached: false, rows: [3, 4, 5] });
    const whole = takeNewer(between, [row(5), row(10), row(11)]);
    expect({ attached: whole.attached, rows: numbers(whole.rows) }).toEqual({
      attached: true,
      rows: [3, 4, 5, 10, 11],
    });
  });

  it("joins a snapshot after a lost connection where it overlaps, and begins anew where it leaves a hole", () => {
    const joined = takeSnapshot(start, [row(11), row(12)]);
    expect(numbers(joined.rows)).toEqual([10, 11, 12]);
    const anew = takeSnapshot(start, [row(20), row(21)]);
    expect({ rows: numbers(anew.rows), more: anew.more }).toEqual({ rows: [20, 21], more: true });
  });

  it("holds fifty thousand rows at most: what comes then is read when one goes there", () => {
    const rows = Array.from({ length: 50_000 }, (_, index) => row(12 + index));
    const { rows: _rows, ...rest } = follow(start, false);
    const full = { ...rest, rows, newest: 50_011 };
    const more = takeLive(full, [row(50_012)]);
    expect([more.attached, more.rows, more.unseen, more.newest]).toEqual([false, rows, 1, 50_012]);
    expect(takeLive({ ...full, rows: rows.slice(1) }, [row(50_012)])).toMatchObject({ attached: true, unseen: 1 });
    expect(keepFollowing).toBe(5000);
  });

  it("takes answers on the edges of an excerpt, and rows of its own stretch that come late", () => {
    const excerpt = takeAround(start, [row(3), row(6)], true);
    const answered = [row(3, { answer }), row(6, { answer }), row(2), row(7), row(5)];
    expect(takeLive(excerpt, answered).rows).toEqual([answered[0], row(5), answered[1]]);
    expect(takeLive(start, [row(9), row(10, { answer })]).rows).toEqual([row(10, { answer }), row(11)]);
  });

  it("keeps an excerpt through a snapshot, and counts of a snapshot what one has not seen", () => {
    const excerpt = takeAround(start, [row(3)], true);
    expect(takeSnapshot(excerpt, [row(11), row(12)])).toEqual({ ...excerpt, newest: 12 });
    expect(takeSnapshot(excerpt, [row(1)]).newest).toBe(11);
    const away = takeSnapshot(follow(start, false), [row(11), row(12), row(13)]);
    expect([away.unseen, away.following, numbers(away.rows)]).toEqual([2, false, [10, 11, 12, 13]]);
    const known = takeOlder(start, [row(9)], false);
    expect([takeSnapshot(known, [row(11)]).more, takeSnapshot(known, [row(12)]).more]).toEqual([false, true]);
    expect(takeSnapshot(start, [])).toMatchObject({ rows: [], newest: 11 });
    expect(takeNewer(excerpt, [row(4)]).attached).toBe(false);
    expect(takeNewer(excerpt, [row(11)]).attached).toBe(true);
  });

  it("lets the oldest rows fall off only while it follows", () => {
    const many = Array.from({ length: keepFollowing * 2 }, (_, index) => row(12 + index));
    const followed = takeLive(start, many);
    expect({ length: followed.rows.length, first: followed.rows[0]?.seq }).toEqual({
      length: keepFollowing,
      first: 12 + keepFollowing,
    });
    expect(takeLive(follow(start, false), many).rows.length).toEqual(keepFollowing * 2 + 2);
  });
});
