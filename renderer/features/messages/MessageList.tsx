import { Button } from "@mantine/core";
import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useDrawer } from "../../navigation/drawer.tsx";
import { useFormat } from "../../ui/format/use-format.ts";
import { FrameView } from "../../ui/frames/FrameView.tsx";
import longList from "../../ui/lists/long-list.module.css";
import { MessageLine } from "./MessageLine.tsx";
import { relativeTime, type Times } from "./times.ts";
import { isBookmarked, useBookmarks } from "./use-bookmarks.ts";
import type { Messages } from "./use-messages.ts";
import { indexHolding, rowHeight, walk } from "./words.ts";

type Props = {
  messages: Messages;
  /** The frame to begin at, where the route names one. */
  seq: number | null;
  /** Rows of more than one station are shown. */
  station: boolean;
  times: Times;
  onTimes: (times: Times) => void;
  onTail: () => void;
};

/** The rows, only those in view drawn. It stays at the tail until one scrolls up, and stays in place while rows come on either side. */
export function MessageList({ messages, seq, station, times, onTimes, onTail }: Props) {
  const { t } = useTranslation();
  const { day: dayText } = useFormat();
  const drawer = useDrawer();
  const box = useRef<HTMLDivElement>(null);
  const [selected, setSelected] = useState<number | null>(seq);
  const [unfolded, setUnfolded] = useState<ReadonlySet<number>>(new Set());
  const { shown, list } = messages;
  const bookmarks = useBookmarks();
  const standing = selected === null ? -1 : indexHolding(shown, selected);
  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => box.current,
    estimateSize: (index) => rowHeight(shown[index], unfolded),
    getItemKey: (index) => shown[index]?.seq ?? index,
    overscan: 12,
    // The row one stands on stays, wherever one scrolls: the focus must not fall away with it.
    rangeExtractor: (range) => withIndex(defaultRangeExtractor(range), standing),
  });
  const height = virtual.scrollRect?.height ?? 0;
  useAnchor(box, messages, unfolded, virtual.measure);

  const total = virtual.getTotalSize();
  const { older, newer, searched, state } = messages;
  const reading = messages.busy === "older";
  const edge = reading || !list.more || searched;
  // The edge takes room above the rows: where it comes or goes, the end moves.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useLayoutEffect(() => {
    if (list.following && height > 0) box.current?.scrollTo({ top: total + 200 });
  }, [list.following, total, height, edge]);

  const at = seq === null ? -1 : indexHolding(shown, seq);
  const opened = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (at === -1 || seq === null || opened.current === seq) return;
    opened.current = seq;
    setSelected(shown[at]?.seq ?? null);
    virtual.scrollToIndex(at, { align: "center" });
  }, [at, seq, shown, virtual]);

  const items = virtual.getVirtualItems();
  const top = items.find(({ end }) => end > (virtual.scrollOffset ?? 0));
  const topRow = shown[top?.index ?? 0];
  const firstSeen = items[0]?.index ?? 0;
  const lastSeen = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (state !== "ready") return;
    if (firstSeen < 20 && !searched) older();
    if (lastSeen > shown.length - 20) newer();
  });

  function scrolled() {
    const { current } = box;
    if (!current || !list.attached) return;
    messages.follow(current.scrollHeight - current.scrollTop - current.clientHeight < 16);
  }

  function open(frame: number) {
    drawer.open(<FrameView seq={frame} />, t("common.frame.title", { seq: String(frame) }));
  }

  function fold(frame: number, open?: boolean) {
    setUnfolded((before) => {
      const after = new Set(before);
      if (open ?? !before.has(frame)) after.add(frame);
      else after.delete(frame);
      return after;
    });
  }

  const walking = useRef(false);
  useLayoutEffect(() => {
    if (!walking.current || selected === null) return;
    walking.current = false;
    document.getElementById(`message-${selected}`)?.focus({ preventScroll: true });
  }, [selected]);

  function press(event: KeyboardEvent, index: number) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const row = shown[index];
    const next = walk(event.key, index, shown.length, Math.max(1, Math.floor(height / 32) - 1));
    if (next !== null) {
      walking.current = true;
      setSelected(shown[next]?.seq ?? null);
      // Who walks reads: the list holds still until one is at its end again.
      messages.follow(list.attached && next === shown.length - 1);
      virtual.scrollToIndex(next);
    } else if (event.key === "ArrowRight" && row?.answer) fold(row.seq, true);
    else if (event.key === "ArrowLeft" && row) fold(row.seq, false);
    else if (event.key === "r" && row) onTimes({ mode: "reference", reference: { seq: row.seq, at: row.at } });
    else return;
    event.preventDefault();
  }

  return (
    <div className={longList.frame}>
      {topRow && (
        <p className={longList.day}>
          <time dateTime={new Date(topRow.at).toISOString()}>{dayText(topRow.at)}</time>
        </p>
      )}
      <div ref={box} className={longList.box} onScroll={scrolled}>
        {edge && (
          <div className={longList.edge}>
            {reading ? (
              t("messages.loadingOlder")
            ) : list.more ? (
              <Button variant="default" onClick={older}>
                {t("messages.searchOn")}
              </Button>
            ) : (
              t("messages.beginning")
            )}
          </div>
        )}
        <ul className={longList.rows} style={{ height: total }} aria-label={t("messages.list")}>
          {items.map(({ index, start, key }) => {
            const row = shown[index];
            if (!row) return null;
            return (
              <MessageLine
                key={key}
                row={row}
                index={index}
                of={list.more ? -1 : shown.length}
                selected={index === standing}
                entry={index === (standing === -1 ? shown.length - 1 : standing)}
                unfolded={unfolded.has(row.seq)}
                station={station}
                time={relativeTime(times, row.at, shown[index - 1]?.at)}
                reference={times.mode === "reference" && times.reference?.seq === row.seq}
                bookmarked={isBookmarked(bookmarks, row)}
                style={{ transform: `translateY(${start}px)` }}
                onOpen={(frame) => {
                  setSelected(row.seq);
                  open(frame);
                }}
                onFold={() => fold(row.seq)}
                onFocus={() => setSelected(row.seq)}
                onKey={(event) => press(event, index)}
              />
            );
          })}
        </ul>
      </div>
      {state === "ready" && shown.length > 0 && !(list.following && list.attached) && (
        <Button className={longList.tail} onClick={onTail}>
          {list.unseen > 0 ? t("messages.unseen", { count: list.unseen }) : t("messages.toTail")}
        </Button>
      )}
    </div>
  );
}

function withIndex(indexes: number[], one: number): number[] {
  if (one === -1 || indexes.includes(one)) return indexes;
  return [...indexes, one].sort((a, b) => a - b);
}

/** Keeps what one reads in place when rows come before it, and heights true when rows are unfolded. */
function useAnchor(
  box: React.RefObject<HTMLDivElement | null>,
  { shown }: Messages,
  unfolded: ReadonlySet<number>,
  measure: () => void,
) {
  const first = useRef<number | null>(null);
  const folds = useRef(unfolded);
  useLayoutEffect(() => {
    if (folds.current !== unfolded) measure();
    folds.current = unfolded;
    const before = first.current;
    first.current = shown[0]?.seq ?? null;
    if (before === null || before === first.current || !box.current) return;
    const moved = shown.findIndex((row) => row.seq === before);
    let added = 0;
    for (let index = 0; index < moved; index++) added += rowHeight(shown[index], unfolded);
    box.current.scrollTop += added;
  }, [shown, unfolded, measure, box]);
}
