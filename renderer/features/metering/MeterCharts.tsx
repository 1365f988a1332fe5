import { useCallback, useEffect, useId, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { cutText } from "../../../src/lib/text.ts";
import { EmptyState } from "../../ui/parts.tsx";
import { useSay } from "../history/use-say.ts";
import { stretchOf, type View } from "./chart/axes.ts";
import { createCursor } from "./chart/cursor.ts";
import { chartsOf } from "./chart/lines.ts";
import { MeterChart } from "./chart/MeterChart.tsx";
import { createTicker, type Ticker } from "./chart/ticker.ts";
import { LayerChips } from "./LayerChips.tsx";
import { marksOf } from "./marks.ts";
import classes from "./metering.module.css";
import type { MeterSource } from "./source.ts";
import { useMarkEntries } from "./use-meters.ts";
import { useMeterWords } from "./use-words.ts";
import { layersOf, visibleCharts } from "./visible.ts";

/** A label stands within a chart, beside its mark. */
const longestLabel = 48;

type Props = {
  source: MeterSource;
  station: string;
  view: View;
  /** The oldest moment on record, where it is known. */
  first: number | null;
  onView: (view: View) => void;
};

/** A chart for each quantity, drawn by one clock, under one cursor. */
export function MeterCharts({ source, station, view, first, onView }: Props) {
  const { t } = useTranslation();
  const say = useSay();
  const words = useMeterWords();
  const ticker = useTicker();
  const [cursor] = useState(createCursor);
  const keys = useId();
  const { lines } = source;
  const { shape } = lines;
  // `shape` stands for the lines: they are the same object, and grow.
  const all = useMemo(() => (shape === 0 ? [] : chartsOf(lines)), [lines, shape]);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const charts = useMemo(() => visibleCharts(all, hidden), [all, hidden]);
  const stretch = useCallback((now: number) => stretchOf(view, now, first ?? now), [view, first]);
  const [from, setFrom] = useState(() => stretch(Date.now()).from);
  const entries = useMarkEntries(station, from);
  const marks = useMemo(
    () =>
      (hidden.has("marks") ? [] : marksOf(entries)).map((mark) => ({
        ...mark,
        label: cutText(say(mark.label), longestLabel),
      })),
    [entries, say, hidden],
  );
  const latestView = useRef(view);
  latestView.current = view;
  const select = useCallback(
    (start: number, end: number) => onView({ mode: "still", window: latestView.current.window, from: start, to: end }),
    [onView],
  );
  useEffect(() => {
    setFrom(stretch(Date.now()).from);
    ticker?.force();
  }, [stretch, ticker]);
  const state = source.state;
  const filled = state.state === "ready" ? state.busy : state.state;
  useEffect(() => {
    if (marks.length > 0 || hidden.size > 0 || filled !== "loading") ticker?.force();
  }, [marks, hidden, filled, ticker]);
  if (!ticker) return null;
  if (all.length === 0) return <EmptyState title={t("metering.empty")}>{t("metering.emptyWhy")}</EmptyState>;
  const several = new Set(all.flatMap((chart) => chart.lines.map(({ evse }) => evse))).size > 1;
  return (
    <>
      <LayerChips layers={layersOf(all)} hidden={hidden} onHidden={setHidden} />
      {charts.length === 0 && <p className="muted">{t("metering.allHidden")}</p>}
      <p id={keys} className={classes.keys}>
        {t("metering.cursorKeys")}
      </p>
      {charts.map((chart, index) => (
        <MeterChart
          key={`${chart.id} ${chart.lines.length}`}
          chart={chart}
          title={words.title(chart, several)}
          labels={chart.lines.map((name) => words.line(name, chart))}
          lines={lines}
          ticker={ticker}
          cursor={cursor}
          stretch={stretch}
          still={view.mode === "still"}
          marks={marks}
          first={index === 0}
          height={index === 0 ? 248 : 168}
          keys={keys}
          onSelect={select}
        />
      ))}
    </>
  );
}

function useTicker(): Ticker | null {
  const [ticker, setTicker] = useState<Ticker | null>(null);
  useEffect(() => {
    const made = createTicker(every, Date.now, (task) => requestAnimationFrame(task));
    setTicker(made);
    return () => made.close();
  }, []);
  return ticker;
}

function every(task: () => void, ms: number): () => void {
  const timer = setInterval(() => {
    if (document.visibilityState === "visible") task();
  }, ms);
  return () => clearInterval(timer);
}
