import { useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import uPlot from "uplot";
import { timeText } from "../../ui/format.ts";
import { useFormat } from "../../ui/use-format.ts";
import { type ChartName, type Lines, stylesOf } from "./lines.ts";
import classes from "./metering.module.css";
import { chartOptions, type LabelledMark, legendText, readPaint } from "./paint.ts";
import { gridOf, type Line, readAt, thin } from "./thin.ts";
import type { Ticker } from "./ticker.ts";
import { newest, sourceFor } from "./track.ts";
import { useTheme } from "./use-meters.ts";

type Props = {
  chart: ChartName;
  title: string;
  /** What each line is called, in the order of the chart's lines. */
  labels: readonly string[];
  lines: Lines;
  ticker: Ticker;
  stretch: (now: number) => { from: number; to: number };
  still: boolean;
  marks: readonly LabelledMark[];
  first: boolean;
  height: number;
  onSelect: (from: number, to: number) => void;
};

/** One quantity over time. What it shows in pictures the legend says in numbers, and its label in words. */
export function MeterChart(props: Props) {
  const { chart, title, labels, first, height } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const theme = useTheme();
  const place = useRef<HTMLDivElement>(null);
  const values = useRef<(HTMLElement | null)[]>([]);
  const time = useRef<HTMLSpanElement>(null);
  const latest = useRef(props);
  latest.current = props;
  const width = useWidth(place);
  const [words, setWords] = useState({ label: title, empty: false, lastAt: Number.NaN });
  const styles = stylesOf(chart);

  const describe = useCallback(
    (drawn: readonly Line[], from: number, to: number) => {
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
      const spoken = parts.length > 0 ? parts.join("; ") : t("metering.chartNothing");
      const span = { title, from: timeText(from), to: timeText(to) };
      const lastAt = Math.max(
        ...chart.lines.map(({ key }) => {
          const held = lines.tracks.get(key);
          return held ? newest(held.track) : Number.NEGATIVE_INFINITY;
        }),
      );
      setWords({ label: `${t("metering.chartText", span)} ${spoken}`, empty: parts.length === 0, lastAt });
    },
    [chart, t, format],
  );

  useEffect(() => {
    const { current: holder } = place;
    if (!holder || width === 0 || theme === "") return;
    let stretch = latest.current.stretch(Date.now());
    let drawn: Line[] = [];
    let cursor: number | null = null;
    let change = -1;
    let drawnAt = 0;
    let describedAt = 0;
    const plot = new uPlot(
      chartOptions({
        chart,
        paint: readPaint(),
        first,
        size: { width, height },
        number: format.number,
        stretch: () => stretch,
        marks: () => latest.current.marks,
        onCursor(index) {
          cursor = index;
          tellValues();
        },
        onSelect: (from, to) => latest.current.onSelect(from, to),
      }),
      [[], ...chart.lines.map(() => [])] as uPlot.AlignedData,
      holder,
    );

    function tellValues(): void {
      const { from, to } = stretch;
      const places = Math.max(1, (drawn[0]?.length ?? 0) - 1);
      const moment = cursor === null ? "" : timeText(from + ((to - from) * cursor) / places);
      if (time.current && time.current.textContent !== moment) time.current.textContent = moment;
      for (const [index, { unit, key }] of chart.lines.entries()) {
        const line = drawn[index] ?? [];
        const held = latest.current.lines.tracks.get(key)?.track.fine;
        const live = cursor === null && !latest.current.still && held && held.length > 0;
        const value = live ? held.value(held.length - 1) : readAt(line, cursor ?? line.length - 1);
        const element = values.current[index];
        const text = legendText(value, unit, format.number);
        if (element && element.textContent !== text) element.textContent = text;
      }
    }

    function draw(now: number, forced: boolean): void {
      const { lines, still } = latest.current;
      const moved = !still && (lines.change !== change || now - drawnAt >= 1000);
      if (!forced && !moved) return;
      change = lines.change;
      drawnAt = now;
      stretch = latest.current.stretch(now);
      const columns = Math.max(50, Math.round(width - 88));
      const grid = { ...stretch, columns };
      drawn = chart.lines.map(({ key }) => {
        const held = lines.tracks.get(key);
        if (!held) return [];
        const { ring, leastUsual } = sourceFor(held.track, stretch.from, stretch.to);
        return thin(ring, grid, leastUsual);
      });
      plot.setData([gridOf(grid) as unknown as number[], ...drawn] as uPlot.AlignedData);
      tellValues();
      if (!forced && now - describedAt < 2000) return;
      describedAt = now;
      describe(drawn, stretch.from, stretch.to);
    }

    draw(Date.now(), true);
    const stop = latest.current.ticker.on(draw);
    return () => {
      stop();
      plot.destroy();
    };
  }, [chart, first, width, height, theme, format, describe]);

  return (
    <section className={classes.chart}>
      <div className={classes.legend}>
        <h2>{title}</h2>
        <ul>
          {chart.lines.map((name, index) => (
            <li key={name.key}>
              <svg className={classes.swatch} viewBox="0 0 24 4" aria-hidden="true">
                <line
                  x1="0"
                  x2="24"
                  y1="2"
                  y2="2"
                  stroke={`var(--${styles[index]?.colour === "total" ? "accent" : `phase-${styles[index]?.colour}`})`}
                  strokeDasharray={styles[index]?.dash.join(" ")}
                />
              </svg>
              {labels[index]}{" "}
              <span
                className={classes.value}
                ref={(element) => {
                  values.current[index] = element;
                }}
              />
            </li>
          ))}
        </ul>
      </div>
      <div className={classes.plot} style={{ height }}>
        {first && <span ref={time} className={classes.moment} />}
        <div ref={place} role="img" aria-label={words.label} />
        {words.empty && (
          <p className={classes.nothing}>
            {Number.isFinite(words.lastAt)
              ? t("metering.nothingHere", { time: timeText(words.lastAt) })
              : t("metering.chartNothing")}
          </p>
        )}
      </div>
    </section>
  );
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
