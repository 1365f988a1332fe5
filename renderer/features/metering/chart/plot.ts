import uPlot from "uplot";
import { nearMark } from "../marks.ts";
import { type Cursor, type Readable, sampleAt } from "./cursor.ts";
import type { ChartName, Lines } from "./lines.ts";
import { chartOptions, type LabelledMark, legendText, readPaint } from "./paint.ts";
import { gridOf, type Line, thin } from "./thin.ts";
import type { Ticker } from "./ticker.ts";
import { sourceFor } from "./track.ts";

/** What a chart is drawn from; looked at anew each time. */
export type PlotInput = {
  lines: Lines;
  stretch: (now: number) => { from: number; to: number };
  still: boolean;
  marks: readonly LabelledMark[];
  onSelect: (from: number, to: number) => void;
};

export type PlotOptions = {
  holder: HTMLElement;
  chart: ChartName;
  first: boolean;
  size: { width: number; height: number };
  number: (value: number, digits: number) => string;
  ticker: Ticker;
  cursor: Cursor;
  latest: () => PlotInput;
  /** The chart's values at the cursor, or its latest; `moment` is null where the cursor points nowhere, `cameAt` when what it points at was
   * told, where that was late. */
  onValues: (texts: readonly string[], moment: number | null, cameAt: number | null) => void;
  /** The marks that the cursor points at, and where that is, px from the left of the chart. */
  onMarks: (marks: readonly LabelledMark[], x: number) => void;
  /** Now and then, for those who do not see it. */
  onDrawn: (drawn: readonly Line[], stretch: { from: number; to: number }) => void;
};

/** What a line is read from in a stretch of time; null while it holds nothing. */
export function readableOf(lines: Lines, key: string, from: number, to: number): Readable | null {
  const held = lines.tracks.get(key);
  return held ? sourceFor(held.track, from, to) : null;
}

/** Draws a chart and keeps it drawn. Gives the way to end it. */
export function startPlot(options: PlotOptions): () => void {
  const { holder, chart, first, size, number, ticker, cursor, latest, onValues, onMarks, onDrawn } = options;
  let stretch = latest().stretch(Date.now());
  let drawn: Line[] = [];
  let pointed: number | null = null;
  let change = -1;
  let drawnAt = 0;
  let toldAt = 0;
  const plot = new uPlot(
    chartOptions({
      chart,
      paint: readPaint(),
      first,
      size,
      number,
      stretch: () => stretch,
      marks: () => latest().marks,
      onCursor(place) {
        pointed = place;
        tell();
      },
      onSelect: (from, to) => latest().onSelect(from, to),
    }),
    [[], ...chart.lines.map(() => [])] as uPlot.AlignedData,
    holder,
  );

  // The mouse takes the cursor over from the keys.
  plot.over.addEventListener("mousemove", () => cursor.set(null));

  function tell(): void {
    const { lines, still, marks } = latest();
    const { from, to } = stretch;
    const share = pointed === null ? 1 : pointed / Math.max(1, (drawn[0]?.length ?? 0) - 1);
    const moment = cursor.at ?? from + (to - from) * share;
    const points = pointed !== null || cursor.at !== null;
    let cameAt: number | null = null;
    const texts = chart.lines.map(({ unit, key }) => {
      const fine = lines.tracks.get(key)?.track.fine;
      if (!points && !still && fine && fine.length > 0) return legendText(fine.value(fine.length - 1), unit, number);
      const readable = readableOf(lines, key, from, to);
      const index = readable && sampleAt(readable, moment);
      if (!readable || index === null) return legendText(null, unit, number);
      cameAt ??= lines.tracks.get(key)?.late.get(readable.ring.at(index)) ?? null;
      return legendText(readable.ring.value(index), unit, number);
    });
    onValues(texts, points ? moment : null, points ? cameAt : null);
    const x = plot.valToPos(moment / 1000, "x");
    const near = points ? marks.filter(({ at }) => Math.abs(plot.valToPos(at / 1000, "x") - x) <= nearMark) : [];
    onMarks(near, x + plot.over.offsetLeft);
  }

  /** Points where the keys have set the cursor; it goes when its moment leaves the time shown. */
  function point(): void {
    const { at } = cursor;
    if (at !== null && (at < stretch.from || at > stretch.to + 1000)) cursor.set(null);
    const left = cursor.at === null ? -10 : Math.max(0, plot.valToPos(cursor.at / 1000, "x"));
    plot.setCursor({ left, top: left < 0 ? -10 : 0 });
  }

  function draw(now: number, forced: boolean): void {
    const { lines, still, stretch: next } = latest();
    const moved = !still && (lines.change !== change || now - drawnAt >= 1000);
    if (!forced && !moved) return;
    change = lines.change;
    drawnAt = now;
    stretch = next(now);
    const { from, to } = stretch;
    const grid = { from, to, columns: Math.max(50, Math.round(size.width - 100)) };
    drawn = chart.lines.map(({ key }) => {
      const readable = readableOf(lines, key, from, to);
      return readable ? thin(readable.ring, grid, readable.leastUsual) : [];
    });
    plot.setData([gridOf(grid) as unknown as number[], ...drawn] as uPlot.AlignedData);
    if (cursor.at !== null) point();
    tell();
    if (!forced && now - toldAt < 2000) return;
    toldAt = now;
    onDrawn(drawn, stretch);
  }

  draw(Date.now(), true);
  const stops = [ticker.on(draw), cursor.on(point)];
  return () => {
    for (const stop of stops) stop();
    plot.destroy();
  };
}

/** The values at the cursor in a sentence, for who does not see them. */
export function spokenValues(labels: readonly string[], texts: readonly string[]): string {
  return labels.map((label, index) => `${label} ${texts[index] ?? ""}`).join("; ");
}
