import { expect, it } from "vitest";
import type { ChartName, LineName } from "./chart/lines.ts";
import { layersOf, visibleCharts } from "./visible.ts";

const line = (evse: number, phase?: string): LineName => ({
  key: `${evse} ${phase}`,
  evse,
  measurand: "Voltage",
  unit: "V",
  ...(phase !== undefined && { phase }),
});
const chart = (id: string, ...lines: LineName[]): ChartName => ({ id, quantity: "voltage", unit: "V", lines });
const charts = [chart("a", line(1, "L1"), line(1, "L2-N"), line(2, "L1-N")), chart("b", line(1))];

it("offers outlets and phases where there are several, a phase to neutral as that phase, and the marks", () => {
  expect(layersOf(charts).map(({ key }) => key)).toEqual(["outlet 1 ", "outlet 2 ", "phase L1", "phase L2", "marks"]);
  expect(layersOf([chart("b", line(1, "L1"))]).map(({ key }) => key)).toEqual(["marks"]);
});

it("hides the lines of an outlet or a phase, and a chart that has none left", () => {
  const left = (...hidden: string[]) =>
    visibleCharts(charts, new Set(hidden)).map(({ id, lines }) => [id, ...lines.map(({ key }) => key)]);
  expect(left()).toEqual([
    ["a", "1 L1", "1 L2-N", "2 L1-N"],
    ["b", "1 undefined"],
  ]);
  expect(left("phase L1")).toEqual([
    ["a", "1 L2-N"],
    ["b", "1 undefined"],
  ]);
  expect(left("outlet 1 ")).toEqual([["a", "2 L1-N"]]);
});
