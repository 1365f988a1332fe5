import { expect, test } from "vitest";
import type { MeterPoint } from "./contract.ts";
import { gatherSeries, thin } from "./logic.ts";

test("thins a line so that every piece keeps its smallest and largest value, in order of time", () => {
  const placed = Array.from({ length: 100 }, (_, index) => index);
  const value = placed.map((index) => (index === 37 ? 99 : index % 2));
  expect(thin(placed, value, 8)).toEqual([0, 1, 26, 37, 50, 51, 75, 76]);
  expect(thin(placed, value, 100)).toBe(placed);
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

const register = (value: number, context?: string): MeterPoint["samples"][number] => ({
  measurand: "Energy.Active.Import.Register",
  unit: "Wh",
  value,
  said: String(value),
  ...(context ? { context } : {}),
});

function drawn(...points: [number, MeterPoint["samples"], number?][]) {
  const series = gatherSeries();
  for (const [at, samples, cameAt] of points) series.add({ at, seq: 1, evse: 1, samples, cameAt });
  return series.result(100).map(({ points: line, late }) => ({ line, late }));
}

test("puts what was told late where it was measured, and says when it was told", () => {
  expect(drawn([10, [register(100)]], [30, [register(300)]], [20, [register(200)], 99])).toEqual([
    {
      line: [
        [10, 100],
        [20, 200],
        [30, 300],
      ],
      late: [[20, 99]],
    },
  ]);
});

test("draws no saw-tooth of what a session ends with: repeats of its begin and of its way, by their time or that of the end", () => {
  const own = drawn(
    [10, [register(1358.8, "Transaction.Begin")]],
    [20, [register(1726.8)]],
    [30, [register(1956.8)]],
    [10, [register(1358.8, "Transaction.Begin")]],
    [20, [register(1726.8, "Sample.Clock")]],
    [40, [register(2030.4, "Transaction.End")]],
  );
  const atTheEnd = drawn(
    [10, [register(1358.8, "Transaction.Begin")]],
    [20, [register(1726.8)]],
    [30, [register(1956.8)]],
    [
      40,
      [register(1358.8, "Transaction.Begin"), register(1726.8, "Sample.Clock"), register(2030.4, "Transaction.End")],
    ],
  );
  const line = [
    [10, 1358.8],
    [20, 1726.8],
    [30, 1956.8],
    [40, 2030.4],
  ];
  expect([own, atTheEnd]).toEqual([[{ line }], [{ line }]]);
});

test("a register of the begin that is told again on the way is no step down, and one that is higher is a point", () => {
  const again = (at: number, value: number) =>
    [at, [register(value, "Transaction.Begin")]] as [number, MeterPoint["samples"]];
  expect(drawn(again(10, 1000), [20, [register(1500)]], again(25, 1000), again(30, 1800), again(40, 1800))).toEqual([
    {
      line: [
        [10, 1000],
        [20, 1500],
        [30, 1800],
        [40, 1800],
      ],
    },
  ]);
});

test("keeps two values of one instant that is no register's", () => {
  const volt = (value: number) => ({ measurand: "Voltage", unit: "V" as const, value, said: String(value) });
  expect(drawn([10, [volt(230)]], [10, [volt(231)]], [10, [volt(230)]])[0]?.line).toEqual([
    [10, 230],
    [10, 231],
  ]);
});

test("a line is kept apart by each of place, measurand, phase and location, in whatever order they come, with its unit", () => {
  const sample = { measurand: "Voltage", unit: "V" as const, value: 1, said: "1" };
  const points: [Partial<MeterPoint>, object][] = [
    [{ evse: 1, connector: 1 }, {}],
    [{ evse: 2, connector: 1 }, {}],
    [{ evse: 1, connector: 2 }, {}],
    [
      { evse: 1, connector: 1 },
      { measurand: "Current.Import", unit: "A" },
    ],
    [{ evse: 1, connector: 1 }, { phase: "L1" }],
    [{ evse: 1, connector: 1 }, { location: "Inlet" }],
  ];
  const series = gatherSeries();
  for (const round of [points, points.toReversed(), points])
    for (const [place, change] of round)
      series.add({ at: 1, seq: 1, evse: 1, ...place, samples: [{ ...sample, ...change }] } as MeterPoint);
  const lines = series.result(10);
  expect(
    lines.map(({ evse, connector, measurand, phase, location, unit }) => [
      evse,
      connector,
      measurand,
      phase,
      location,
      unit,
    ]),
  ).toEqual([
    [1, 1, "Voltage", undefined, undefined, "V"],
    [2, 1, "Voltage", undefined, undefined, "V"],
    [1, 2, "Voltage", undefined, undefined, "V"],
    [1, 1, "Current.Import", undefined, undefined, "A"],
    [1, 1, "Voltage", "L1", undefined, "V"],
    [1, 1, "Voltage", undefined, "Inlet", "V"],
  ]);
  expect(lines.every(({ points: line }) => line.length === 1)).toBe(true);
});

test("of what was told late the newest is kept where it is more than is drawn", () => {
  const late = Array.from({ length: 12 }, (_, at): [number, MeterPoint["samples"], number] => [
    at,
    [register(at)],
    at + 100,
  ]);
  const series = gatherSeries();
  for (const [at, samples, cameAt] of late) series.add({ at, seq: 1, evse: 1, samples, cameAt });
  const [line] = series.result(4);
  expect(line?.late).toEqual([
    [8, 108],
    [9, 109],
    [10, 110],
    [11, 111],
  ]);
  expect(line?.points).toEqual([
    [0, 0],
    [5, 5],
    [6, 6],
    [11, 11],
  ]);
});

test("of a value that is told again in the same instant one is kept, also among eight others, and of nine both", () => {
  const volt = (value: number) => ({ measurand: "Voltage", unit: "V" as const, value, said: String(value) });
  const values = (others: number) =>
    drawn([10, [volt(0), ...Array.from({ length: others }, (_, at) => volt(at + 1)), volt(0)]])[0]?.line.length;
  expect([values(7), values(8)]).toEqual([8, 10]);
});

test("the smallest piece of a line has one point at least, and a flat one is one point", () => {
  expect(thin([0, 1, 2, 3], [5, 5, 5, 5], 2)).toEqual([0]);
  expect(thin([0, 1, 2], [1, 2, 3], 1)).toEqual([0, 2]);
  expect(thin([3, 2, 1, 0], [0, 9, 1, 5], 3)).toEqual([1, 0]);
});
