import { Button } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PageLine } from "../../../src/logs/model.ts";
import { useDrawer } from "../../navigation/drawer.tsx";
import { useFormat } from "../../ui/format/use-format.ts";
import longList from "../../ui/lists/long-list.module.css";
import { LineView } from "./LineView.tsx";
import { LogLine } from "./LogLine.tsx";
import { useLines } from "./use-lines.ts";
import { type LineWindow, lineHeight, windowAbout, windowWith } from "./window.ts";

type Props = {
  log: number;
  lines: number;
  /** The line one is led to; `asked` counts how often. */
  at: number;
  asked: number;
  /** Whose the file is, for what was said in the same minute. */
  station: string | null;
  onGone: () => void;
};

/** The lines, only those in view fetched and drawn. */
export function LineList({ log, lines, at, asked, station, onGone }: Props) {
  const { t } = useTranslation();
  const drawer = useDrawer();
  const format = useFormat();
  const box = useRef<HTMLDivElement>(null);
  const [stretch, setStretch] = useState<LineWindow>(() => windowAbout(at, lines));
  const [marked, setMarked] = useState<number | null>(null);
  const virtual = useVirtualizer({
    count: stretch.count,
    getScrollElement: () => box.current,
    estimateSize: () => lineHeight,
    overscan: 20,
  });
  const goal = useRef<number | null>(null);
  useEffect(() => {
    if (asked === 0) return;
    goal.current = at;
    setMarked(at);
    setStretch((now) => windowWith(now, at, lines));
  }, [at, asked, lines]);
  useEffect(() => {
    const { current } = goal;
    if (current === null || current < stretch.first || current >= stretch.first + stretch.count) return;
    goal.current = null;
    virtual.scrollToIndex(current - stretch.first, { align: "center" });
  });
  const items = virtual.getVirtualItems();
  const first = stretch.first + (items[0]?.index ?? 0);
  const last = stretch.first + (items.at(-1)?.index ?? 0);
  const lineOf = useLines(log, first, last, onGone);
  function open(line: PageLine): void {
    drawer.open(<LineView line={line} station={station} />, t("reader.line", { line: format.number(line.number) }));
  }
  function move(line: number): void {
    goal.current = line;
    setStretch(windowAbout(line, lines));
  }
  const end = stretch.first + stretch.count;
  return (
    <div className={longList.frame}>
      <section ref={box} className={longList.box} tabIndex={-1} aria-label={t("reader.lines")}>
        {stretch.first > 1 && (
          <div className={longList.edge}>
            <Button variant="default" onClick={() => move(stretch.first)}>
              {t("reader.earlier")}
            </Button>
          </div>
        )}
        <ol className={longList.rows} style={{ height: virtual.getTotalSize() }}>
          {items.map(({ index, start }) => {
            const number = stretch.first + index;
            return (
              <LogLine
                key={number}
                number={number}
                line={lineOf(number)}
                marked={number === marked}
                style={{ transform: `translateY(${start}px)` }}
                onOpen={open}
              />
            );
          })}
        </ol>
        {end <= lines && (
          <div className={longList.edge}>
            <Button variant="default" onClick={() => move(end)}>
              {t("reader.later")}
            </Button>
          </div>
        )}
      </section>
    </div>
  );
}
