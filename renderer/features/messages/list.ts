import type { MessageRow } from "../../../src/services/messages/contract.ts";

/** What the list of messages holds. Rows are in the order of the record. */
export type MessageList = {
  rows: readonly MessageRow[];
  /** The rows reach the newest one; otherwise they are an excerpt around some frame. */
  attached: boolean;
  /** The view stays at the newest row. */
  following: boolean;
  /** Rows that came while the view was elsewhere. */
  unseen: number;
  /** There may be older rows on record. */
  more: boolean;
  /** The newest row there is, shown or not. */
  newest: number;
};

export const emptyList: MessageList = {
  rows: [],
  attached: false,
  following: true,
  unseen: 0,
  more: true,
  newest: 0,
};

/** Rows kept while the view follows the tail, and the most that are ever held. */
export const keepFollowing = 5_000;
const keepAtMost = 50_000;

/** Puts rows into their place; a row with the number of one that is there replaces it. */
export function mergeRows(rows: readonly MessageRow[], added: readonly MessageRow[]): readonly MessageRow[] {
  if (added.length === 0) return rows;
  const merged = rows.slice();
  for (const row of added) {
    const last = merged.at(-1);
    if (last === undefined || row.seq > last.seq) merged.push(row);
    else {
      const at = placeOf(merged, row.seq);
      if (merged[at]?.seq === row.seq) merged[at] = row;
      else merged.splice(at, 0, row);
    }
  }
  return merged;
}

/** The index of the first row whose number is `seq` or more. */
export function placeOf(rows: readonly MessageRow[], seq: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle]?.seq ?? 0) < seq) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The newest rows as the feed tells them at its start, or again after a lost connection: the list begins anew at the tail,
 * unless it shows an excerpt, which stays. */
export function takeSnapshot(list: MessageList, rows: readonly MessageRow[]): MessageList {
  const newest = rows.at(-1)?.seq ?? list.newest;
  if (!list.attached && list.rows.length > 0) return { ...list, newest: Math.max(newest, list.newest) };
  const missed = list.following ? 0 : rows.filter((row) => row.seq > list.newest).length;
  // Rows between what we have and the snapshot may be missing: keep only what joins without a hole.
  const first = rows[0]?.seq;
  const joins = first !== undefined && list.newest >= first;
  const kept = joins ? mergeRows(list.rows, rows) : mergeRows([], rows);
  return { ...list, rows: kept, attached: true, unseen: list.unseen + missed, more: joins ? list.more : true, newest };
}

/** Rows as they come. Away from the tail they are counted; an excerpt does not grow by them, but answers still find their rows.
 * @param counts whether a row is one that would be shown */
export function takeLive(
  list: MessageList,
  added: readonly MessageRow[],
  counts: (row: MessageRow) => boolean = () => true,
): MessageList {
  const fresh = added.filter((row) => row.seq > list.newest);
  const newest = fresh.reduce((most, row) => Math.max(most, row.seq), list.newest);
  const unseen = list.following ? 0 : list.unseen + new Set(fresh.filter(counts).map((row) => row.seq)).size;
  if (!list.attached) {
    const oldest = list.rows[0]?.seq ?? Number.POSITIVE_INFINITY;
    const last = list.rows.at(-1)?.seq ?? 0;
    const mine = added.filter((row) => row.seq >= oldest && row.seq <= last);
    return { ...list, rows: mergeRows(list.rows, mine), unseen, newest };
  }
  const oldest = list.rows[0]?.seq ?? 0;
  const rows = mergeRows(
    list.rows,
    added.filter((row) => row.seq >= oldest),
  );
  if (list.following && rows.length > keepFollowing * 2) {
    return { ...list, rows: rows.slice(-keepFollowing), unseen, more: true, newest };
  }
  if (rows.length > keepAtMost) return { ...list, attached: false, unseen, newest };
  return { ...list, rows, unseen, newest };
}

/** Older rows, from the record. */
export function takeOlder(list: MessageList, rows: readonly MessageRow[], more: boolean): MessageList {
  return { ...list, rows: mergeRows(rows, list.rows), more };
}

/** The rows around one frame: the list becomes an excerpt and stops following. */
export function takeAround(list: MessageList, rows: readonly MessageRow[], more: boolean): MessageList {
  return { ...list, rows, attached: false, following: false, more };
}

/** Newer rows of an excerpt. When they reach the newest row the list is attached again. */
export function takeNewer(list: MessageList, rows: readonly MessageRow[]): MessageList {
  const merged = mergeRows(list.rows, rows);
  const attached = (merged.at(-1)?.seq ?? 0) >= list.newest;
  return { ...list, rows: merged, attached };
}

/** The view reached the tail, or left it. */
export function follow(list: MessageList, following: boolean): MessageList {
  if (list.following === following) return list;
  return { ...list, following, unseen: following ? 0 : list.unseen };
}
