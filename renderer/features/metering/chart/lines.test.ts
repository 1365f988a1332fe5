import { describe, expect, it } from "vitest";
import type { MeterPoint } from "../../../../src/services/metering/contract.ts";
import type { Sample } from "../../../../src/station/model.ts";
import { addLive, addRecord, chartsOf, createLines, lineName, phaseColour, quantityOf, stylesOf } from "./lines.ts";

const volt = (value: number, phase: string): Sample => ({
  measurand: "Voltage",
  phase,
  unit: "V",
  value,
  said: String(value),
});
const point = (at: number, samples: Sample[], more: Partial<MeterPoint> = {}): MeterPoint => ({
  at,
  seq: at,
  evse: 1,
  samples,
  ...more,
});
const power: Sample = { measurand: "Power.Active.Import", unit: "W", value: 7000, said: "7", saidUnit: "kW" };

describe("lineName", () => {
  it("takes the first connector and the outlet for granted", () => {
    const plain = lineName({ evse: 1, measurand: "Voltage", phase: "L1", unit: "V" });
    expect(plain).toEqual({ key: "1||Voltage|L1||V", evse: 1, measurand: "Voltage", phase: "L1", unit: "V" });
    expect(lineName({ ...plain, connector: 1, location: "Outlet" })).toEqual(plain);
    expect(lineName({ ...plain, connector: 2, location: "Body" })).toEqual({
      ...plain,
      key: "1|2|Voltage|L1|Body|V",
      connector: 2,
      location: "Body",
    });
  });
});

describe("addLive", () => {
  it("makes a line for each measurand and phase and counts what changed", () => {
    const lines = createLines();
    addLive(lines, [point(1, [volt(230, "L1"), volt(231, "L2")]), point(2, [volt(229, "L1")])]);
    expect({ shape: lines.shape, change: lines.change, newestAt: lines.newestAt }).toEqual({
      shape: 2,
      change: 3,
      newestAt: 2,
    });
  });

  it("puts what was told late where it was measured, and keeps when it was told", () => {
    const lines = createLines();
    addLive(lines, [point(10, [power]), point(30, [power]), point(20, [{ ...power, value: 5000 }], { cameAt: 99 })]);
    const [held] = lines.tracks.values();
    const { fine } = held?.track ?? {};
    expect([0, 1, 2].map((index) => [fine?.at(index), fine?.value(index)])).toEqual([
      [10, 7000],
      [20, 5000],
      [30, 7000],
    ]);
    expect([...(held?.late ?? [])]).toEqual([[20, 99]]);
  });

  it("takes a register's repeats at the end of a session for what they are", () => {
    const lines = createLines();
    const register = (value: number, context?: string): Sample => ({
      measurand: "Energy.Active.Import.Register",
      unit: "Wh",
      value,
      said: String(value),
      ...(context ? { context } : {}),
    });
    addLive(lines, [
      point(10, [register(1358.8, "Transaction.Begin")]),
      point(30, [register(1956.8)]),
      point(40, [register(1358.8, "Transaction.Begin"), register(1726.8), register(2030.4, "Transaction.End")]),
    ]);
    const fine = lines.tracks.values().next().value?.track.fine;
    expect([fine?.length, ...[0, 1, 2].map((index) => fine?.value(index))]).toEqual([3, 1358.8, 1956.8, 2030.4]);
  });

  it("passes over signed values: their digits are not known", () => {
    const lines = createLines();
    addLive(lines, [point(1, [{ ...power, value: Number.NaN, signed: { format: "OCMF", data: "OCMF|" } }])]);
    expect(lines.shape).toEqual(0);
  });
});

describe("addRecord", () => {
  const series = { evse: 1, measurand: "Power.Active.Import", unit: "W" as const };
  const values = (lines: ReturnType<typeof createLines>) => {
    const [held] = [...lines.tracks.values()];
    const ring = held?.track.fine;
    return Array.from({ length: ring?.length ?? 0 }, (_, index) => [ring?.at(index), ring?.value(index)]);
  };

  it("puts the record before and after what came live, each point once", () => {
    const lines = createLines();
    addLive(lines, [point(100, [power])]);
    const points: [number, number][] = [
      [50, 1],
      [100, 2],
      [150, 3],
    ];
    addRecord(lines, [{ ...series, points }], { ms: 1000, maxPoints: 100 });
    expect(values(lines)).toEqual([
      [50, 1],
      [100, 7000],
      [150, 3],
    ]);
  });

  it("joins series that differ only by naming the only connector", () => {
    const lines = createLines();
    const named = { ...series, connector: 1 };
    addRecord(
      lines,
      [
        { ...series, points: [[10, 1]] },
        { ...named, points: [[5, 2]] },
      ],
      { ms: 1000, maxPoints: 100 },
    );
    expect(values(lines)).toEqual([
      [5, 2],
      [10, 1],
    ]);
  });
});

describe("chartsOf", () => {
  it("has a chart for each quantity, phases in their order", () => {
    const lines = createLines();
    addLive(lines, [
      point(1, [
        { measurand: "SoC", unit: "Percent", value: 40, said: "40" },
        volt(1, "L3"),
        volt(1, "L1"),
        power,
        { measurand: "Energy.Active.Import.Register", unit: "Wh", value: 1, said: "1" },
        { measurand: "Energy.Active.Import.Interval", unit: "Wh", value: 1, said: "1" },
      ]),
      point(1, [volt(1, "L1")], { evse: 2 }),
    ]);
    const shape = chartsOf(lines).map(({ id, lines: names }) => [
      id,
      names.map(({ evse, phase }) => `${evse} ${phase}`),
    ]);
    expect(shape).toEqual([
      ["power W", ["1 undefined"]],
      ["voltage V", ["1 L1", "1 L3", "2 L1"]],
      ["energy Wh 1 ", ["1 undefined"]],
      ["other Wh", ["1 undefined"]],
      ["other Percent", ["1 undefined"]],
    ]);
  });

  it("gives a phase its colour, and a dash where the colour comes again", () => {
    const lines = createLines();
    addLive(lines, [point(1, [volt(1, "L1-N"), volt(1, "L2-N")]), point(1, [volt(1, "L1-N")], { evse: 2 })]);
    const [chart] = chartsOf(lines);
    expect(chart && stylesOf(chart)).toEqual([
      { colour: "l1", dash: [] },
      { colour: "l2", dash: [] },
      { colour: "l1", dash: [8, 4] },
    ]);
  });
});

describe("phaseColour and quantityOf", () => {
  it("read every phase that OCPP has", () => {
    const phases = ["L1", "L2-N", "L3-L1", "N", undefined, "X"];
    expect(phases.map(phaseColour)).toEqual(["l1", "l2", "l3", "n", "total", "total"]);
  });

  it("go by the unit", () => {
    expect([
      quantityOf("Power.Factor", ""),
      quantityOf("Power.Offered", "W"),
      quantityOf("Temperature", "Celsius"),
    ]).toEqual(["other", "power", "other"]);
  });
});
