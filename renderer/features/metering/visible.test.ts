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

it("names outlets by their connectors where these are told apart, and phases in their order", () => {
  const plug = (connector: number, phase: string) => ({ ...line(1, phase), connector });
  const layers = layersOf([chart("a", plug(2, "L3"), plug(3, "L1")), chart("b", plug(2, "L2-N"))]);
  expect(layers).toEqual([
    { key: "outlet 1 2", kind: "outlet", evse: 1, connector: 2 },
    { key: "outlet 1 3", kind: "outlet", evse: 1, connector: 3 },
    { key: "phase L1", kind: "phase", phase: "L1" },
    { key: "phase L2", kind: "phase", phase: "L2" },
    { key: "phase L3", kind: "phase", phase: "L3" },
    { key: "marks", kind: "marks" },
  ]);
  expect(visibleCharts([chart("a", plug(2, "L1"))], new Set(["outlet 1 2"]))).toEqual([]);
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
