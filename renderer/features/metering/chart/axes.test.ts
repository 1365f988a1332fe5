import { describe, expect, it } from "vitest";
import { axisUnit, decimalsFor, stretchOf, timeMark, valueRange, windowNames, windows } from "./axes.ts";

describe("stretchOf", () => {
  it("runs with the clock, stands still when paused, and reaches to the beginning for all", () => {
    expect([
      stretchOf({ mode: "live", window: "m10" }, 1_000_000, 0),
      stretchOf({ mode: "still", window: "m10", from: 5, to: 9 }, 1_000_000, 0),
      stretchOf({ mode: "live", window: "all" }, 1_000_000, 1234),
      stretchOf({ mode: "live", window: "all" }, 1_000_000, 1_000_000),
    ]).toEqual([
      { from: 400_000, to: 1_000_000 },
      { from: 5, to: 9 },
      { from: 1234, to: 1_000_000 },
      { from: 999_000, to: 1_000_000 },
    ]);
  });
});

it("offers ten minutes, an hour, four, a day, and all, in that order", () => {
  expect(windowNames.map((name) => [name, windows[name]])).toEqual([
    ["m10", 600_000],
    ["h1", 3_600_000],
    ["h4", 14_400_000],
    ["h24", 86_400_000],
    ["all", null],
  ]);
});

describe("valueRange", () => {
  it("spans at least what is no noise, by the unit, and exactly that where it is as much", () => {
    const units = ["V", "Hz", "Wh", "W", "A", "Celsius", "Percent", "RPM"] as const;
    const spans = units.map((unit) => {
      const [low, high] = valueRange("other", unit, 50, 50);
      return [unit, Number(((high - low) / 1.16).toFixed(3)), (low + high) / 2];
    });
    expect(spans).toEqual([4, 0.2, 10, 100, 1, 2, 10, 1].map((span, at) => [units[at], span, 50]));
    expect(valueRange("voltage", "V", 226, 230)).toEqual([225.68, 230.32]);
    expect(valueRange("current", "A", 0, 0.5)).toEqual([0, 1.08]);
    expect(valueRange("current", "A", -0.5, 0)).toEqual([-0.83, 0.33].map((end) => expect.closeTo(end, 5)));
    expect(valueRange("energy", "Wh", 1000, 1100)).toEqual([992, 1108]);
    expect(valueRange("power", "W", -500, 500)).toEqual([-580, 580]);
  });

  it("reads power against zero and voltage against itself", () => {
    expect(valueRange("power", "W", 5000, 10_000)).toEqual([0, 10_800]);
    expect(valueRange("voltage", "V", 220, 230)).toEqual([219.2, 230.8]);
  });

  it("shows power from the car below zero", () => {
    expect(valueRange("power", "W", -1000, 0)).toEqual([-1080, 0]);
  });

  it("does not blow noise up", () => {
    expect(valueRange("voltage", "V", 230, 230)).toEqual([227.68, 232.32]);
    expect(valueRange("current", "A", 0, 0)).toEqual([0, 1.08]);
  });

  it("has an axis also where there are no values", () => {
    expect(valueRange("power", "W", Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY)).toEqual([0, 1]);
  });
});

describe("marks of the axes", () => {
  it("have as many decimals as tell them apart", () => {
    expect([5, 0.5, 0.25, 0.1, 0.002, 0].map(decimalsFor)).toEqual([0, 1, 2, 1, 3, 0]);
    expect([1 / 3, 0.000005, -1, Number.NaN].map(decimalsFor)).toEqual([6, 6, 0, 0]);
  });

  it("name thousands for what is measured in thousands", () => {
    const thousands = ["W", "Wh", "var", "varh", "VA", "VAh"] as const;
    expect(thousands.map(axisUnit)).toEqual(thousands.map((unit) => ({ factor: 1000, name: `k${unit}` })));
    expect((["Percent", "RPM", "Hz", "A"] as const).map(axisUnit)).toEqual(
      ["%", "rpm", "Hz", "A"].map((name) => ({ factor: 1, name })),
    );
    expect([axisUnit("W"), axisUnit("Wh"), axisUnit("V"), axisUnit("Celsius"), axisUnit("")]).toEqual([
      { factor: 1000, name: "kW" },
      { factor: 1000, name: "kWh" },
      { factor: 1, name: "V" },
      { factor: 1, name: "°C" },
      { factor: 1, name: "" },
    ]);
  });

  it("tell the time in 24 h, with seconds where they matter, and the day at midnight", () => {
    const at = (hours: number, minutes: number, seconds: number) =>
      new Date(2026, 5, 3, hours, minutes, seconds).getTime() / 1000;
    expect([
      timeMark(at(9, 5, 7), 59),
      timeMark(at(21, 5, 0), 60),
      timeMark(at(21, 5, 0), 300),
      timeMark(at(0, 0, 0), 3600),
      timeMark(at(0, 0, 0), 86_400),
      timeMark(at(9, 5, 7), 86_400),
      timeMark(at(9, 5, 7), 86_399),
      timeMark(at(0, 0, 0), 1),
    ]).toEqual(["09:05:07", "21:05", "21:05", "06-03", "06-03", "06-03", "09:05", "00:00:00"]);
  });
});
