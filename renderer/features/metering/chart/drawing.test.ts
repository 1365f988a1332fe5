import { beforeEach, expect, test, vi } from "vitest";
import { valueRange } from "./axes.ts";
import type { ChartName } from "./lines.ts";
import { chartOptions, type LabelledMark, type Paint } from "./paint.ts";

beforeEach(() => void vi.stubGlobal("devicePixelRatio", 2));

const paint: Paint = {
  ...{ text: "text", muted: "muted", rule: "rule", page: "page", accent: "accent", faulted: "faulted" },
  ...{ small: "14px Sans", l1: "L1", l2: "L2", l3: "L3", n: "N", total: "total" },
};
const line = (phase?: string) => ({
  key: `k${phase}`,
  evse: 1,
  measurand: "Power.Active.Import",
  phase,
  unit: "W" as const,
});
const chart: ChartName = { id: "power", quantity: "power", unit: "W", lines: [line("L1"), line("L2"), line()] };

/** A chart from 1 s to 2 s, 1000 px wide on a canvas of 2 px each, 100 px from the left and 50 from the top. */
function drawing(marks: readonly LabelledMark[] = [], first = true) {
  const told: unknown[] = [];
  const options = chartOptions({
    ...{ chart, paint, first, size: { width: 640, height: 200 } },
    number: (value, digits) => value.toFixed(digits),
    stretch: () => ({ from: 1000, to: 2000 }),
    marks: () => marks,
    onCursor: (place) => told.push(["cursor", place]),
    onSelect: (from, to) => told.push(["select", from, to]),
  });
  return { options, told };
}

/** What is drawn, stroke by stroke: with which colours and where. */
function drawn(marks: readonly LabelledMark[], first = true): string[] {
  const said: string[] = [];
  const ctx = {
    save: () => said.push("save"),
    restore: () => said.push("restore"),
    measureText: (text: string) => ({ width: 10 * text.length }),
    fillRect: (...box: number[]) => said.push(`tick ${ctx.fillStyle} ${box.join(" ")}`),
    setLineDash: (dash: number[]) => said.push(`dash ${dash.join(" ")}`),
    beginPath: () => undefined,
    moveTo: (x: number, y: number) => said.push(`from ${x} ${y}`),
    lineTo: (x: number, y: number) => said.push(`to ${x} ${y}`),
    stroke: () => said.push(`stroke ${ctx.strokeStyle} ${ctx.lineWidth}`),
    fillText: (text: string, x: number, y: number) =>
      said.push(`"${text}" ${ctx.fillStyle} ${ctx.font} ${ctx.textAlign} ${ctx.textBaseline} ${x} ${y}`),
    ...{ fillStyle: "", strokeStyle: "", lineWidth: 0, font: "", textAlign: "", textBaseline: "" },
  };
  const plot = {
    ctx,
    bbox: { left: 100, top: 50, width: 1000, height: 300 },
    valToPos: (seconds: number) => Math.round(100 + 1000 * (seconds - 1)),
  };
  const { options } = drawing(marks, first);
  for (const draw of options.hooks?.draw ?? []) (draw as (of: unknown) => void)(plot);
  return said;
}

const mark = (at: number, kind: LabelledMark["kind"], label: string = kind): LabelledMark => ({ at, kind, label });

test("the marks of the time shown: a line, a tick at the foot, and a label where there is room; faults before all others", async () => {
  const marks = [
    mark(999, "status", "before"),
    mark(1000, "status"),
    mark(1300, "card"),
    mark(1300, "command", "at the same moment"),
    mark(1301, "fault"),
    mark(1600, "transaction"),
    mark(2000, "fault", "at the edge"),
    mark(2001, "status", "after"),
  ];
  const told = [...drawn(marks), "", ...drawn(marks, false), ""].join("\n");
  await expect(told).toMatchFileSnapshot("told/marks.txt");
});

test("more than a dozen have a line where they are named alone; their ticks grow with their number", () => {
  const dozen = Array.from({ length: 12 }, (_, at) => mark(1010 + at, "status"));
  const lines = (marks: readonly LabelledMark[], first: boolean) =>
    drawn(marks, first).filter((said) => said.startsWith("to ")).length;
  const many = [...dozen, mark(1900, "status")];
  expect([lines(dozen, true), lines(dozen, false)]).toEqual([4, 3]);
  expect([lines(many, true), lines(many, false)]).toEqual([3, 0]);
  expect(drawn(many, false).filter((said) => said.startsWith("tick"))).toMatchInlineSnapshot(`
    [
      "tick muted 108 322.4902249956731 4 27.509775004326936",
      "tick muted 114 322.4902249956731 4 27.509775004326936",
      "tick muted 998 338 4 12",
    ]
  `);
});

test("the axes, the lines and their room", async () => {
  const { options } = drawing();
  const { x, y } = options.scales ?? {};
  const [time, value] = options.axes ?? [];
  const call = (said: unknown, ...args: unknown[]) => (said as (...args: unknown[]) => unknown)({}, ...args);
  expect(call(x?.range)).toEqual([1, 2]);
  expect(call(y?.range, 0, 7400)).toEqual(valueRange("power", "W", 0, 7400));
  expect(call(value?.values, [0, 500, 7400], 1, 32, 100)).toEqual(["0.0", "0.5", "7.4"]);
  expect(call(time?.values, [0, 60], 0, 90, 60)).toHaveLength(2);
  const told = JSON.stringify(options, (_key, one) => (typeof one === "function" ? "a function" : one), 2);
  await expect(`${told}\n`).toMatchFileSnapshot("told/options.txt");
  expect(options.series?.map(({ stroke }) => stroke)).toEqual([undefined, "L1", "L2", "total"]);
  expect([drawing([], true), drawing([], false)].map(({ options: { padding } }) => padding?.[0])).toEqual([58, 22]);
});

test("the cursor is told while it is over the chart, and a stretch once it is wide enough to be meant", () => {
  const { options, told } = drawing();
  const hook = (name: "setCursor" | "setSelect", plot: object) => {
    for (const one of options.hooks?.[name] ?? []) (one as (of: object) => void)(plot);
  };
  for (const cursor of [{ left: 0, idx: 3 }, { left: 5 }, { left: -1, idx: 3 }, { left: -10, idx: null }, { idx: 3 }])
    hook("setCursor", { cursor });
  expect(told.splice(0)).toEqual([3, null, null, null, null].map((place) => ["cursor", place]));
  const cleared: unknown[] = [];
  const plot = { posToVal: (px: number) => 1 + px / 1000, setSelect: (...of: unknown[]) => cleared.push(of) };
  hook("setSelect", { ...plot, select: { left: 100, width: 3.9 } });
  expect([told, cleared]).toEqual([[], []]);
  hook("setSelect", { ...plot, select: { left: 100, width: 4 } });
  expect(told).toEqual([["select", 1100, 1104]]);
  expect(cleared).toEqual([[{ left: 0, top: 0, width: 0, height: 0 }, false]]);
});
