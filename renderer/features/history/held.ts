import type { HistoryEntry } from "../../../src/services/history/contract.ts";
import { mergeEntries } from "./timeline.ts";

/** What the time line holds, oldest first. */
export type Held = {
  entries: readonly HistoryEntry[];
  /** There may be older entries on record. */
  more: boolean;
  following: boolean;
  /** Entries that came while one looked elsewhere. */
  unseen: number;
};

export const emptyHeld: Held = { entries: [], more: true, following: true, unseen: 0 };

/** How many entries the feed begins with, where there are as many. */
export const snapshotEntries = 100;
/** Entries kept while the view follows the newest. */
export const keepEntries = 1000;

/** The newest entries as the feed tells them at its start, or again after a lost connection. */
export function takeSnapshot(held: Held, snapshot: readonly HistoryEntry[]): Held {
  const newest = held.entries.at(-1)?.event.seq;
  const first = snapshot[0]?.event.seq;
  if (newest === undefined || first === undefined || first > newest) {
    return { ...held, entries: snapshot, more: snapshot.length >= snapshotEntries };
  }
  return { ...held, entries: mergeEntries(held.entries, snapshot) };
}

/** Entries as they come. */
export function takeLive(held: Held, added: readonly HistoryEntry[]): Held {
  const entries = [...held.entries, ...added];
  if (!held.following) return { ...held, entries, unseen: held.unseen + added.length };
  if (entries.length <= keepEntries * 2) return { ...held, entries };
  return { ...held, entries: entries.slice(-keepEntries), more: true };
}

/** Older entries, from the record. */
export function takeOlder(held: Held, page: readonly HistoryEntry[], more: boolean): Held {
  return { ...held, entries: mergeEntries(page, held.entries), more };
}

/** The view reached the newest entry, or left it. */
export function follow(held: Held, following: boolean): Held {
  if (held.following === following) return held;
  return { ...held, following, unseen: following ? 0 : held.unseen };
}
