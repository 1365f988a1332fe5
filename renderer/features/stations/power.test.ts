import { describe, expect, it } from "vitest";
import { gapOf, powerFromPoints, powerFromSeries, totalPower } from "./power.ts";

const part = (phase: string | undefined, value: number, location?: string) => ({
  measurand: "Power.Active.Import",
  phase,
  value,
  location,
  unit: "W" as const,
  said: String(value),
});

describe("the power of an instant", () => {
  it("is the total where the station sent one", () => {
    expect(totalPower([part("L1", 3600), part("L2", 3650), part(undefined, 7300)])).toBe(7300);
  });

  it("is else the sum of the phases", () => {
    expect(totalPower([part("L1", 3600), part("L2-N", 3650)])).toBe(7250);
  });

  it("is that of the outlet, named or not, of whichever phases there are, to neutral or not", () => {
    expect(totalPower([part("L3-N", 1), part("L3", 2, "Outlet"), part("L1-N", 4), part("L2", 8)])).toBe(15);
    expect(totalPower([part("N", 1), part("L1-L2", 2)])).toBe(null);
    expect(totalPower([part(undefined, 7, "Outlet"), part("L1", 3, "Body")])).toBe(7);
    expect(totalPower([])).toBe(null);
  });

  it("is unknown where only other places or measurands were told", () => {
    expect(totalPower([part(undefined, 9000, "Inlet"), { ...part("L1", 16), measurand: "Current.Import" }])).toBe(null);
  });
});

it("sums the phases of the record at equal times, for the one EVSE", () => {
  const line = (evse: number, phase: string, points: [number, number][]) => ({
    evse,
    phase,
    measurand: "Power.Active.Import",
    unit: "W" as const,
    points,
  });
  const series = [
    line(1, "L1", [
      [10, 100],
      [20, 110],
    ]),
    line(1, "L2", [[20, 90]]),
    line(2, "L1", [[20, 5000]]),
  ];
  expect(powerFromSeries(series, 1)).toEqual([
    [10, 100],
    [20, 200],
  ]);
});

it("takes the total from the record where there is one, and leaves other places and measurands out", () => {
  const line = (more: object, value: number) => ({
    ...{ evse: 1, measurand: "Power.Active.Import", unit: "W" as const, points: [[30, value] as [number, number]] },
    ...more,
  });
  const others = [
    line({ measurand: "Power.Active.Export" }, 1),
    line({ location: "Inlet" }, 2),
    line({ phase: "N" }, 4),
    line({ evse: 2 }, 8),
  ];
  expect(powerFromSeries(others, 1)).toEqual([]);
  const phases = [line({ phase: "L1" }, 100), line({ phase: "L3", points: [[20, 5]] }, 0)];
  expect(powerFromSeries([...others, ...phases], 1)).toEqual([
    [20, 5],
    [30, 100],
  ]);
  expect(powerFromSeries([...others, ...phases, line({ location: "Outlet" }, 7)], 1)).toEqual([[30, 7]]);
});

it("reads the power of one EVSE from what comes", () => {
  const points = [
    { at: 1, seq: 1, evse: 1, samples: [part(undefined, 11_000)] },
    { at: 2, seq: 2, evse: 2, samples: [part(undefined, 3000)] },
    { at: 3, seq: 3, evse: 1, samples: [] },
    { at: 4, seq: 4, evse: 1, samples: [part(undefined, 0)] },
    { at: 5, seq: 5, evse: 1, samples: [part("L1", -20)] },
  ];
  expect(powerFromPoints(points, 1)).toEqual([
    [1, 11_000],
    [4, 0],
    [5, -20],
  ]);
});

it("takes three usual intervals, and at least 20 s, for a gap", () => {
  const every = (ms: number) => [0, 1, 2, 3].map((n): [number, number] => [n * ms, 0]);
  const uneven = [0, 1000, 11_000, 12_000, 72_000].map((at): [number, number] => [at, 0]);
  expect(gapOf(uneven)).toBe(30_000);
  expect([gapOf(every(1000)), gapOf(every(60_000)), gapOf([])]).toEqual([20_000, 180_000, 20_000]);
});
