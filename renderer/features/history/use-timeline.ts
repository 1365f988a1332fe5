import { defaultRangeExtractor, useVirtualizer, type Virtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";
import { keepFollowing } from "./held.ts";
import type { TimelineEntry, TimelineRow } from "./time-line.ts";
import type { History } from "./use-history.ts";
import { dayHeight, edgeHeight, endOf, estimateHeight, walk } from "./walk.ts";

export type TimelineView = {
  virtual: Virtualizer<HTMLElement, HTMLLIElement>;
  /** The row that Tab comes to. */
  standing: number;
  stand: (entry: TimelineEntry) => void;
  press: (event: KeyboardEvent, entry: TimelineEntry) => void;
  /** Goes to an end of the record, wherever one is. */
  toEnd: (end: "first" | "last") => void;
  /** Goes to what happened at a time of our clock, and after it. */
  toMoment: (at: number) => void;
};

/** Which rows are drawn, where one stands among them, and how one walks. */
export function useTimeline(
  history: History,
  rows: readonly TimelineRow[],
  box: RefObject<HTMLElement | null>,
): TimelineView {
  const [stood, setStood] = useState<string | null>(null);
  const found = stood === null ? -1 : rows.findIndex(({ entry }) => entry.id === stood);
  const standing = found === -1 ? endOf(rows, "last") : found;
  const virtual = useVirtualizer<HTMLElement, HTMLLIElement>({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: (index) => estimateHeight(rows[index]),
    getItemKey: (index) => rows[index]?.entry.id ?? index,
    paddingStart: edgeHeight,
    paddingEnd: 16,
    scrollPaddingStart: dayHeight,
    overscan: 12,
    // What one reads stays where it is when entries come before it.
    anchorTo: "end",
    // The row one stands on stays, wherever one scrolls: the focus must not fall away with it.
    rangeExtractor: (range) => withIndex(defaultRangeExtractor(range), standing),
  });
  const height = virtual.scrollRect?.height ?? 0;
  const total = virtual.getTotalSize();
  useLayoutEffect(() => {
    if (history.following && history.attached && height > 0) box.current?.scrollTo({ top: total + 200 });
  }, [box, history.following, history.attached, total, height]);

  const items = virtual.getVirtualItems();
  const seen = items.filter(
    ({ start, end }) => end > (virtual.scrollOffset ?? 0) && start < (virtual.scrollOffset ?? 0) + height,
  );
  const firstSeen = seen[0]?.index ?? rows.length;
  const lastSeen = seen.at(-1)?.index ?? 0;
  useEffect(() => {
    if (height === 0) return;
    // Who follows needs no more than is kept for following.
    if (firstSeen < 20 && !(history.following && history.entries.length >= keepFollowing)) history.older();
    if (lastSeen > rows.length - 20) history.newer();
  });

  const focusing = useRef(false);
  const awaited = useRef<"first" | "last" | "moment" | null>(null);
  useLayoutEffect(() => {
    const row = rows[standing];
    if (!focusing.current || !row) return;
    focusing.current = false;
    document.getElementById(entryId(row.entry))?.focus({ preventScroll: true });
  });

  function standAt(index: number) {
    focusing.current = true;
    setStood(rows[index]?.entry.id ?? null);
  }

  function goToEnd(end: "first" | "last") {
    standAt(endOf(rows, end));
    history.follow(end === "last");
    box.current?.scrollTo({ top: end === "first" ? 0 : total + 200 });
  }

  function toEnd(end: "first" | "last") {
    if (end === "first" ? !history.more : history.attached) return goToEnd(end);
    awaited.current = end;
    if (end === "first") history.toFirst();
    else history.toLast();
  }

  function toMoment(at: number) {
    awaited.current = "moment";
    history.toMoment(at);
  }

  // Once it has been read.
  useLayoutEffect(() => {
    const { current: wanted } = awaited;
    if (wanted === null || history.busy !== null) return;
    awaited.current = null;
    // Where nothing has happened since a moment, that is the end of the record.
    const end = wanted === "moment" ? (history.following ? "last" : "first") : wanted;
    if (!history.error) goToEnd(end);
  });

  function press(event: KeyboardEvent, entry: TimelineEntry) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = rows.findIndex(({ entry: { id } }) => id === entry.id);
    if (event.key === "Home") toEnd("first");
    else if (event.key === "End") toEnd("last");
    else {
      const next = walk(rows, event.key, at, Math.max(1, Math.floor(height / 40) - 2));
      if (next === null) return;
      standAt(next);
      // Who walks reads: the list holds still until one is at its end again.
      history.follow(history.attached && next === endOf(rows, "last"));
      virtual.scrollToIndex(next);
    }
    event.preventDefault();
  }

  return { virtual, standing, stand: ({ id }) => setStood(id), press, toEnd, toMoment };
}

/** The id of an entry's element. */
export function entryId(entry: TimelineEntry): string {
  return `entry ${entry.id}`.replaceAll(" ", "-");
}

function withIndex(indexes: number[], one: number): number[] {
  if (one === -1 || indexes.includes(one)) return indexes;
  return [...indexes, one].sort((a, b) => a - b);
}
