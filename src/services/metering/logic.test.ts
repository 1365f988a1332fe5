import { expect, test } from "vitest";
import type { MeterPoint } from "./contract.ts";
import { gatherSeries, thin } from "./logic.ts";

test("thins a line so that every piece keeps its smallest and largest value, in order of time", () => {
  const points = Array.from({ length: 100 }, (_, index): [number, number] => [index, index === 37 ? 99 : index % 2]);
  expect(thin(points, 8)).toEqual([
    [0, 0],
    [1, 1],
    [26, 0],
    [37, 99],
    [50, 0],
    [51, 1],
    [75, 1],
    [76, 0],
  ]);
  expect(thin(points, 100)).toBe(points);
});

test("makes one line per place, measurand, phase and location, and leaves out what was only signed", () => {
  const point: MeterPoint = {
    at: 5,
    seq: 1,
    evse: 1,
    connector: 1,
    samples: [
      { measurand: "Voltage", phase: "L1-N", unit: "V", value: 230, said: "230" },
      { measurand: "Voltage", phase: "L2-N", unit: "V", value: 231, said: "231" },
      {
        measurand: "Energy.Active.Import.Register",
        unit: "Wh",
        value: 0,
        said: "",
        signed: { format: "OCMF", data: "" },
      },
    ],
  };
  const series = gatherSeries();
  series.add(point);
  series.add({ ...point, at: 6 });
  expect(series.result(10).map(({ phase, points }) => ({ phase, points }))).toEqual([
    {
      phase: "L1-N",
      points: [
        [5, 230],
        [6, 230],
      ],
    },
    {
      phase: "L2-N",
      points: [
        [5, 231],
        [6, 231],
      ],
    },
  ]);
});
