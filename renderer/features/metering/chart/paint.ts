import type uPlot from "uplot";
import type { Unit } from "../../../../src/lib/units.ts";
import { gatherMarks, type Mark, placeMarks, tickHeight } from "../marks.ts";

/** With more in view than that, only those that are named have a line. */
const mostMarkLines = 12;

import { axisUnit, decimalsFor, timeMark, valueRange } from "./axes.ts";
import { type ChartName, type PhaseColour, stylesOf } from "./lines.ts";
import { dotsOf, type Line } from "./thin.ts";

/** The colours of the theme, as the canvas wants them. */
export type Paint = {
  text: string;
  muted: string;
  rule: string;
  page: string;
  accent: string;
  faulted: string;
  small: string;
} & Record<PhaseColour, string>;

/** Reads the colours off the document. */
export function readPaint(): Paint {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string) => style.getPropertyValue(name).trim();
  const size = Number.parseFloat(style.fontSize) * 0.875;
  return {
    text: read("--text"),
    muted: read("--muted"),
    rule: read("--rule"),
    page: read("--page"),
    accent: read("--accent"),
    faulted: read("--faulted"),
    small: `${size}px ${getComputedStyle(document.body).fontFamily}`,
    l1: read("--phase-l1"),
    l2: read("--phase-l2"),
    l3: read("--phase-l3"),
    n: read("--phase-n"),
    total: read("--accent"),
  };
}

export type LabelledMark = Omit<Mark, "label"> & { label: string };

type Drawing = {
  chart: ChartName;
  paint: Paint;
  /** Only the first chart names the marks; all of them show them. */
  first: boolean;
  size: { width: number; height: number };
  number: (value: number, digits: number) => string;
  stretch: () => { from: number; to: number };
  marks: () => readonly LabelledMark[];
  onCursor: (place: number | null) => void;
  onSelect: (from: number, to: number) => void;
};

const lanes = 2;
const laneHeight = 18;

/** The options of one chart. */
export function chartOptions(drawing: Drawing): uPlot.Options {
  const { chart, paint, first, size, number } = drawing;
  const { factor, name } = axisUnit(chart.unit);
  const styles = stylesOf(chart);
  const axis: uPlot.Axis = {
    stroke: paint.muted,
    font: paint.small,
    ticks: { stroke: paint.rule, size: 4, width: 1 },
    border: { show: true, stroke: paint.rule, width: 1 },
  };
  return {
    ...size,
    padding: [first ? lanes * laneHeight + 22 : 22, 28, 0, 0],
    legend: { show: false },
    cursor: {
      sync: { key: "meters", setSeries: false },
      drag: { x: true, y: false, setScale: false },
      points: { size: 7 },
      y: false,
    },
    scales: {
      x: {
        time: true,
        range: () => {
          const { from, to } = drawing.stretch();
          return [from / 1000, to / 1000];
        },
      },
      y: { range: (_plot, min, max) => valueRange(chart.quantity, chart.unit, min, max) },
    },
    axes: [
      {
        ...axis,
        size: 30,
        space: 90,
        grid: { show: false },
        values: (_plot, marks, _axis, _space, step) => marks.map((at) => timeMark(at, step)),
      },
      {
        ...axis,
        size: 72,
        space: 32,
        grid: { stroke: paint.rule, width: 1, dash: [2, 4] },
        values: (_plot, marks, _axis, _space, step) =>
          marks.map((value) => number(value / factor, decimalsFor(step / factor))),
      },
    ],
    series: [
      {},
      ...styles.map(
        ({ colour, dash }): uPlot.Series => ({
          stroke: paint[colour],
          width: 1.5,
          dash,
          spanGaps: false,
          points: {
            show: false,
            size: 5,
            fill: paint[colour],
            filter: (plot, series) => dotsOf(plot.data[series] as Line),
          },
        }),
      ),
    ],
    hooks: {
      draw: [(plot) => drawMarks(plot, drawing), (plot) => drawUnit(plot, paint, name)],
      setCursor: [
        (plot) =>
          drawing.onCursor(plot.cursor.left != null && plot.cursor.left >= 0 ? (plot.cursor.idx ?? null) : null),
      ],
      setSelect: [
        (plot) => {
          if (plot.select.width < 4) return;
          const from = plot.posToVal(plot.select.left, "x") * 1000;
          const to = plot.posToVal(plot.select.left + plot.select.width, "x") * 1000;
          plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
          drawing.onSelect(from, to);
        },
      ],
    },
  };
}

/** The unit stands over its axis. */
function drawUnit({ ctx, bbox }: uPlot, paint: Paint, name: string): void {
  ctx.save();
  const ratio = devicePixelRatio;
  ctx.font = scaled(paint.small, ratio);
  ctx.fillStyle = paint.muted;
  ctx.textAlign = "right";
  ctx.textBaseline = "bottom";
  ctx.fillText(name, bbox.left - 9 * ratio, bbox.top - 5 * ratio);
  ctx.restore();
}

function drawMarks(plot: uPlot, { marks, paint, first, stretch }: Drawing): void {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  const { from, to } = stretch();
  ctx.save();
  ctx.font = scaled(paint.small, ratio);
  const found = marks()
    .filter(({ at }) => at >= from && at <= to)
    .map((mark) => ({
      mark,
      x: plot.valToPos(mark.at / 1000, "x", true),
      width: first ? ctx.measureText(mark.label).width + 6 * ratio : 0,
    }));
  const room = { from: bbox.left, to: bbox.left + bbox.width, lanes: first ? lanes : 1, between: 8 * ratio };
  const placed = placeMarks(found, room);
  const foot = bbox.top + bbox.height;
  ctx.lineWidth = ratio;
  for (const { x, kind, count } of gatherMarks(placed, 3 * ratio)) {
    ctx.fillStyle = colourOf(kind, paint);
    const height = tickHeight(count) * ratio;
    ctx.fillRect(Math.round(x) - ratio, foot - height, 2 * ratio, height);
  }
  // Many lines would be a curtain before the values: then the ticks tell where they are, and the labels what the latest were.
  const few = placed.length <= mostMarkLines;
  let drawn = Number.NaN;
  for (const { mark, x, label } of placed) {
    if (!few && !(first && label)) continue;
    // Marks of one moment are one line, but a fault is never hidden by another.
    if (!label && mark.kind !== "fault" && Math.abs(x - drawn) < 3 * ratio) continue;
    drawn = x;
    const colour = colourOf(mark.kind, paint);
    const top = first && label ? bbox.top - (label.lane + 1) * laneHeight * ratio : bbox.top;
    ctx.strokeStyle = colour;
    ctx.setLineDash(mark.kind === "fault" ? [] : [3 * ratio, 3 * ratio]);
    ctx.beginPath();
    ctx.moveTo(Math.round(x) + 0.5, top);
    ctx.lineTo(Math.round(x) + 0.5, few ? foot : bbox.top);
    ctx.stroke();
    if (!first || !label) continue;
    ctx.fillStyle = colour;
    ctx.textBaseline = "top";
    ctx.textAlign = "left";
    ctx.fillText(mark.label, label.x + (label.x < x ? 0 : 4 * ratio), top);
  }
  ctx.restore();
}

function colourOf(kind: Mark["kind"], paint: Paint): string {
  if (kind === "fault") return paint.faulted;
  return kind === "status" || kind === "transaction" ? paint.muted : paint.accent;
}

function scaled(font: string, ratio: number): string {
  return font.replace(/^[\d.]+/, (size) => String(Number(size) * ratio));
}

/** The number and the unit of a value as the legend shows it. */
export function legendText(value: number | null, unit: Unit, number: Drawing["number"]): string {
  if (value === null) return "–";
  const { factor, name } = axisUnit(unit);
  const digits = factor === 1000 ? 2 : unit === "Percent" || unit === "RPM" ? 0 : unit === "Hz" ? 2 : 1;
  return name === "" ? number(value, 2) : `${number(value / factor, digits)}\u202f${name}`;
}
