import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { momentText, timeText } from "../../../../src/words/format.ts";
import { useFormat } from "../../../ui/format/use-format.ts";
import classes from "../metering.module.css";
import { ChartLegend } from "./ChartLegend.tsx";
import { type Cursor, moveCursor, moveOf } from "./cursor.ts";
import type { ChartName } from "./lines.ts";
import { type LabelledMark, legendText } from "./paint.ts";
import { type PlotInput, readableOf, spokenValues, startPlot } from "./plot.ts";
import type { Line } from "./thin.ts";
import type { Ticker } from "./ticker.ts";
import { newest } from "./track.ts";
import { useTheme } from "./use-theme.ts";

type Props = PlotInput & {
  chart: ChartName;
  title: string;
  /** What each line is called, in the order of the chart's lines. */
  labels: readonly string[];
  ticker: Ticker;
  cursor: Cursor;
  first: boolean;
  height: number;
  /** The element that tells what the keys do. */
  keys: string;
};

/** `late`: when what the legend shows was told, in words, where that was late. */
type Shown = { texts: readonly string[]; marks: readonly LabelledMark[]; late: string };

/** One quantity over time. What it shows in pictures the legend says in numbers, and its label in words; the cursor is moved by
 * the mouse or by the keys. */
export function MeterChart(props: Props) {
  const { chart, title, labels, first, height, ticker, cursor, keys } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const theme = useTheme();
  const place = useRef<HTMLDivElement>(null);
  const plotBox = useRef<HTMLDivElement>(null);
  const values = useRef<(HTMLElement | null)[]>([]);
  const time = useRef<HTMLSpanElement>(null);
  const marksBox = useRef<HTMLDivElement>(null);
  /** What the legend shows now, and the marks at the cursor, for the keys to say. */
  const shown = useRef<Shown>({ texts: [], marks: [], late: "" });
  const latest = useRef(props);
  latest.current = props;
  const width = useWidth(place);
  const [words, setWords] = useState({ label: title, empty: false, lastAt: Number.NaN });
  const [spoken, setSpoken] = useState({ from: 0, to: 1, at: 0, text: "" });

  const describe = useCallback(
    (drawn: readonly Line[], { from, to }: { from: number; to: number }) => {
      const { lines, labels, title } = latest.current;
      const parts = chart.lines.flatMap((name, index) => {
        const range = extremes(drawn[index] ?? []);
        if (!range) return [];
        const text = (value: number) => legendText(value, name.unit, format.number);
        const values = {
          line: labels[index] ?? "",
          low: text(range.low),
          high: text(range.high),
          last: text(range.last),
        };
        return t("metering.chartLine", values);
      });
      const said = parts.length > 0 ? parts.join("; ") : t("metering.chartNothing");
      const span = { title, from: timeText(from), to: timeText(to) };
      const lastAt = Math.max(
        ...chart.lines.map(({ key }) => {
          const held = lines.tracks.get(key);
          return held ? newest(held.track) : Number.NEGATIVE_INFINITY;
        }),
      );
      setWords({ label: `${t("metering.chartText", span)} ${said}`, empty: parts.length === 0, lastAt });
    },
    [chart, t, format],
  );

  useEffect(() => {
    const { current: holder } = place;
    if (!holder || width === 0 || theme === "") return;
    return startPlot({
      holder,
      chart,
      first,
      size: { width, height },
      number: format.number,
      ticker,
      cursor,
      latest: () => latest.current,
      onValues(texts, moment, cameAt) {
        shown.current.texts = texts;
        for (const [index, text] of texts.entries()) write(values.current[index], text);
        const late = cameAt === null ? "" : t("metering.toldLate", { time: momentText(cameAt, Date.now()) });
        shown.current.late = late;
        write(time.current, moment === null ? "" : [momentText(moment, Date.now()), late].filter(Boolean).join(", "));
      },
      onMarks(marks, x) {
        shown.current.marks = marks;
        const box = marksBox.current;
        if (!box) return;
        // The chart that one points at tells them; the others show the same place.
        const here = plotBox.current?.matches(":hover, :focus-within") && marks.length > 0;
        write(box, here ? marks.map((mark) => `${timeText(mark.at)} ${markWords(mark)}`).join("\n") : "");
        box.style.left = x < width / 2 ? `${x + 8}px` : "";
        box.style.right = x < width / 2 ? "" : `${width - x + 8}px`;
      },
      onDrawn: describe,
    });

    function markWords({ kind, label }: LabelledMark): string {
      return t(`metering.marks.${kind}`, { label });
    }
  }, [chart, first, width, height, theme, format, t, ticker, cursor, describe]);

  function pointTo(at: number | null): void {
    const { from, to } = latest.current.stretch(Date.now());
    cursor.set(at);
    const { texts, marks, late } = shown.current;
    const here = marks.map(({ kind, label }) => t(`metering.marks.${kind}`, { label }));
    const values = [spokenValues(labels, texts), late, ...here].filter(Boolean).join("; ");
    const text =
      at === null ? t("metering.cursorNothing") : t("metering.cursorAt", { time: momentText(at, Date.now()), values });
    setSpoken({ from, to, at: at ?? to, text });
  }

  function ground() {
    const { lines, stretch, marks } = latest.current;
    const { from, to } = stretch(Date.now());
    const rings = chart.lines.flatMap(({ key }) => readableOf(lines, key, from, to)?.ring ?? []);
    return { rings, marks: marks.map(({ at }) => at), from, to };
  }

  function press(event: KeyboardEvent) {
    const move = moveOf(event);
    const leaves = event.key === "Escape" && cursor.at !== null;
    if (!move && !leaves) return;
    event.preventDefault();
    event.stopPropagation();
    pointTo(move ? moveCursor(cursor.at ?? Date.now(), move, ground()) : null);
  }

  return (
    <section>
      <ChartLegend chart={chart} title={title} labels={labels} values={values} time={time} />
      <div ref={plotBox} className={classes.plot} style={{ height }}>
        <div ref={place} role="img" aria-label={words.label} />
        <div
          className={classes.cursor}
          role="slider"
          tabIndex={0}
          aria-label={t("metering.cursor", { title })}
          aria-describedby={keys}
          aria-valuemin={Math.round(spoken.from)}
          aria-valuemax={Math.round(spoken.to)}
          aria-valuenow={Math.round(spoken.at)}
          aria-valuetext={spoken.text}
          onFocus={() => pointTo(cursor.at ?? moveCursor(Date.now(), { to: "end", way: 1 }, ground()))}
          onBlur={({ relatedTarget }) => relatedTarget?.getAttribute("role") !== "slider" && cursor.set(null)}
          onKeyDown={press}
        />
        <div ref={marksBox} className={classes.marks} />
        {words.empty && (
          <p className={classes.nothing}>
            {Number.isFinite(words.lastAt)
              ? t("metering.nothingHere", { time: momentText(words.lastAt, Date.now()) })
              : t("metering.chartNothing")}
          </p>
        )}
      </div>
    </section>
  );
}

function write(element: HTMLElement | null | undefined, text: string): void {
  if (element && element.textContent !== text) element.textContent = text;
}

function extremes(line: Line): { low: number; high: number; last: number } | null {
  const values = line.filter((value) => typeof value === "number");
  const last = values.at(-1);
  if (last === undefined) return null;
  return values.reduce(
    (found, value) => ({ low: Math.min(found.low, value), high: Math.max(found.high, value), last }),
    { low: last, high: last, last },
  );
}

function useWidth(place: React.RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const { current } = place;
    if (!current) return;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    observer.observe(current.parentElement ?? current);
    return () => observer.disconnect();
  }, [place]);
  return width;
}
