// @vitest-environment happy-dom
import { beforeEach, expect, test, vi } from "vitest";
import { plots } from "../../../ui/testing/plot.ts";
import { createCursor } from "./cursor.ts";
import { addLive, type ChartName, chartsOf, createLines } from "./lines.ts";
import { type PlotInput, spokenValues, startPlot } from "./plot.ts";

vi.mock("uplot", async () => ({ default: (await import("../../../ui/testing/plot.ts")).PlotStandIn }));

const now = 1_000_000_000;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now });
  return () => void vi.useRealTimers();
});
const volts = (at: number, value: number) => ({
  ...{ at, seq: at, evse: 1 },
  samples: [{ measurand: "Voltage", unit: "V" as const, value, said: "" }],
});

/** A chart of a line of volts, a minute long; `tick` is the clock that draws it, milliseconds after its start. */
function started({ still = false, more = [] as ChartName["lines"] } = {}) {
  const lines = createLines();
  addLive(lines, [volts(now - 20_000, 229), volts(now - 10_000, 229.5), volts(now, 230)]);
  const [of] = chartsOf(lines) as [ChartName];
  const cursor = createCursor();
  const draws = new Set<(at: number, forced: boolean) => void>();
  const said: unknown[] = [];
  const shown: PlotInput = {
    ...{ lines, still, marks: [], onSelect: () => undefined },
    stretch: (at) => ({ from: at - 60_000, to: at }),
  };
  const stop = startPlot({
    ...{ holder: document.createElement("div"), chart: { ...of, lines: [...of.lines, ...more] }, first: true, cursor },
    ...{ size: { width: 200, height: 100 }, number: (value, digits) => value.toFixed(digits) },
    ticker: {
      on(draw) {
        draws.add(draw);
        return () => void draws.delete(draw);
      },
      force: () => undefined,
      close: () => undefined,
    },
    latest: () => shown,
    onValues: (texts, moment) => said.push(`${texts.join(" ")}${moment === null ? "" : ` at ${moment - now}`}`),
    onMarks: () => undefined,
    onDrawn: (_drawn, { from, to }) => said.push(`told ${from - now} to ${to - now}`),
  });
  const plot = plots.at(-1);
  if (!plot) throw new Error("No chart was made.");
  const drawn = vi.spyOn(plot, "setData");
  return {
    ...{ lines, cursor, draws, plot, stop },
    said: () => said.splice(0),
    come: (at: number, value: number) => addLive(lines, [volts(now + at, value)]),
    /** How often it was drawn by this. */
    tick(at: number, forced = false): number {
      const before = drawn.mock.calls.length;
      for (const draw of draws) draw(now + at, forced);
      return drawn.mock.calls.length - before;
    },
  };
}

test("it is drawn when something came, else once a second; one who listens is told every other second, or when it must be", () => {
  const chart = started();
  const told = () => chart.said().filter((one) => String(one).startsWith("told"));
  expect(told()).toEqual(["told -60000 to 0"]);
  expect([chart.tick(250), chart.tick(999), chart.tick(1000)]).toEqual([0, 0, 1]);
  chart.come(1100, 231);
  expect([chart.tick(1250), chart.tick(1500)]).toEqual([1, 0]);
  chart.come(1600, 232);
  expect([chart.tick(1999), told()]).toEqual([1, []]);
  chart.come(1999, 233);
  expect([chart.tick(2000), told()]).toEqual([1, ["told -58000 to 2000"]]);
  expect([chart.tick(2001, true), told()]).toEqual([1, ["told -57999 to 2001"]]);
});

test("one that is held is drawn anew only when it must be, and tells what was measured in the time that it shows", () => {
  const chart = started({ still: true });
  chart.come(500, 240);
  expect([chart.tick(5000), chart.said().at(-2)]).toEqual([0, "230.0\u202fV"]);
  expect(chart.tick(5000, true)).toBe(1);
});

test("what comes is told as it is until one points; a line that holds nothing is told as that", () => {
  const name = { ...{ key: "none", evse: 2, measurand: "Voltage", unit: "V" as const } };
  const chart = started({ more: [name] });
  chart.come(100, 231);
  chart.tick(250);
  expect(chart.said().at(-1)).toBe("231.0\u202fV –");
  chart.cursor.set(now - 20_000);
  expect(chart.said().at(-1)).toBe("229.0\u202fV – at -20000");
  expect(chart.plot.data.map((line) => line.length > 0)).toEqual([true, true, false]);
});

test("where the keys point goes on with the time shown, and points nowhere once it has left that", () => {
  const chart = started();
  chart.cursor.set(now - 10_000);
  const left = () => Math.round(chart.plot.cursor.left);
  expect(left()).toBe(83);
  chart.tick(30_000);
  expect([left(), chart.cursor.at]).toEqual([33, now - 10_000]);
  chart.tick(50_000);
  expect([left(), chart.cursor.at]).toEqual([0, now - 10_000]);
  chart.tick(51_000);
  expect([left(), chart.cursor.at]).toEqual([-10, null]);
  for (const [ahead, stays] of [
    [52_000, true],
    [52_001, false],
  ] as const) {
    chart.cursor.set(now + ahead);
    expect([ahead, chart.cursor.at !== null]).toEqual([ahead, stays]);
  }
});

test("at its end it follows neither the clock nor the cursor", () => {
  const chart = started();
  chart.stop();
  chart.said();
  chart.cursor.set(now);
  expect([chart.draws.size, chart.said(), chart.plot.over.parentElement]).toEqual([0, [], null]);
});

test("values are said by the names of their lines", () => {
  expect(spokenValues(["L1", "L2"], ["230 V", "231 V"])).toBe("L1 230 V; L2 231 V");
});
