import type { HistoryEntry } from "../../../src/services/history/contract.ts";
import { mergeEntries } from "./time-line.ts";

/** What the time line holds of the record: a stretch without holes, oldest first. */
export type Held = {
  entries: readonly HistoryEntry[];
  /** The stretch reaches the newest entry; otherwise it is an excerpt further back. */
  attached: boolean;
  /** The view stays at the newest entry. */
  following: boolean;
  /** Entries that came while one looked elsewhere. */
  unseen: number;
  /** There may be older entries on record. */
  more: boolean;
  /** The number of the newest entry there is, held or not. */
  newest: number;
};

export const emptyHeld: Held = { entries: [], attached: true, following: true, unseen: 0, more: true, newest: 0 };

/** How many entries the feed begins with, where there are as many. */
export const snapshotEntries = 100;
/** Entries kept while the view follows the newest, and the most that are ever held: what is let go is read again when one comes there. */
export const keepFollowing = 1000;
export const keepAtMost = 3000;

/** The newest entries as the feed tells them at its start, or again after a lost connection. What one reads elsewhere stays. */
export function takeSnapshot(held: Held, snapshot: readonly HistoryEntry[]): Held {
  const newest = Math.max(held.newest, lastOf(snapshot));
  const came = snapshot.filter(({ event }) => event.seq > held.newest).length;
  const unseen = held.following ? 0 : held.unseen + came;
  const first = snapshot[0]?.event.seq ?? 0;
  const away = !held.following && held.entries.length > 0;
  if (held.attached && held.entries.length > 0 && first <= held.newest) {
    return { ...held, entries: insert(held.entries, snapshot), unseen, newest };
  }
  // Between what is held and the snapshot entries may be missing.
  if (away) return { ...held, attached: false, unseen, newest };
  return { ...held, entries: snapshot, attached: true, more: snapshot.length >= snapshotEntries, unseen, newest };
}

/** Entries as they come. An excerpt does not grow by them. */
export function takeLive(held: Held, added: readonly HistoryEntry[]): Held {
  const newest = Math.max(held.newest, lastOf(added));
  const fresh = added.filter(({ event }) => event.seq > held.newest).length;
  if (held.following && held.attached) {
    const entries = insert(held.entries, added);
    if (entries.length <= keepFollowing * 2) return { ...held, entries, newest };
    return { ...held, entries: entries.slice(border(entries, entries.length - keepFollowing)), more: true, newest };
  }
  const unseen = held.unseen + fresh;
  if (!held.attached || held.entries.length >= keepAtMost) return { ...held, attached: false, unseen, newest };
  return { ...held, entries: insert(held.entries, added), unseen, newest };
}

/** Older entries, from the record; where they are too many the newest ones are let go. */
export function takeOlder(held: Held, page: readonly HistoryEntry[], more: boolean): Held {
  const entries = mergeEntries(page, held.entries);
  if (entries.length <= keepAtMost) return { ...held, entries, more };
  return { ...held, entries: entries.slice(0, border(entries, keepAtMost)), attached: false, following: false, more };
}

/** Newer entries of an excerpt; where they are too many the oldest ones are let go. */
export function takeNewer(held: Held, page: readonly HistoryEntry[]): Held {
  const entries = insert(held.entries, page);
  const attached = page.length === 0 || lastOf(entries) >= held.newest;
  const next = { ...held, attached, newest: Math.max(held.newest, lastOf(entries)) };
  if (entries.length <= keepAtMost) return { ...next, entries };
  return { ...next, entries: entries.slice(border(entries, entries.length - keepAtMost)), more: true };
}

/** The beginning of the record, in place of what was held. */
export function takeFirst(held: Held, page: readonly HistoryEntry[]): Held {
  return { ...takeNewer({ ...held, entries: [] }, page), following: false, more: false };
}

/** The record from a moment on, in place of what was held. */
export function takeFrom(held: Held, page: readonly HistoryEntry[]): Held {
  return { ...takeFirst(held, page), more: true };
}

/** The end of the record, in place of what was held. */
export function takeLast(held: Held, page: readonly HistoryEntry[], more: boolean): Held {
  const next = { ...takeNewer({ ...held, entries: [] }, page), more };
  return follow(next, next.attached);
}

/** The view reached the newest entry, or left it. */
export function follow(held: Held, following: boolean): Held {
  if (held.following === following) return held;
  return { ...held, following, unseen: following ? 0 : held.unseen };
}

function lastOf(entries: readonly HistoryEntry[]): number {
  return entries.at(-1)?.event.seq ?? 0;
}

/** Puts entries into their place by number; the entries of one frame come together, so that a number held is held whole. */
function insert(entries: readonly HistoryEntry[], added: readonly HistoryEntry[]): readonly HistoryEntry[] {
  const first = added[0]?.event.seq;
  if (first === undefined) return entries;
  const known = new Set(entries.map(({ event }) => event.seq));
  const all = [...entries, ...added.filter(({ event }) => !known.has(event.seq))];
  return first > lastOf(entries) ? all : all.sort((a, b) => a.event.seq - b.event.seq);
}

/** The place at `index` or before it where no frame is cut in two. */
function border(entries: readonly HistoryEntry[], index: number): number {
  let place = index;
  while (place > 0 && entries[place]?.event.seq === entries[place - 1]?.event.seq) place--;
  return place;
}
