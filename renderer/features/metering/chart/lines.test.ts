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

describe("addLive, told again", () => {
  const told = (lines: ReturnType<typeof createLines>) => {
    const fine = lines.tracks.values().next().value?.track.fine;
    return Array.from({ length: fine?.length ?? 0 }, (_, index) => [fine?.at(index), fine?.value(index)]);
  };
  const register = (value: number, context?: string): Sample => ({
    ...{ measurand: "Energy.Active.Import.Register", unit: "Wh", value, said: String(value) },
    ...(context ? { context } : {}),
  });

  it("takes a value of a moment once, a register's the highest, another's each that differs", () => {
    const lines = createLines();
    addLive(lines, [point(10, [power]), point(10, [power]), point(10, [{ ...power, value: 1 }])]);
    expect([told(lines), lines.change]).toEqual([
      [
        [10, 7000],
        [10, 1],
      ],
      2,
    ]);
    const meter = createLines();
    addLive(meter, [point(10, [register(5)]), point(10, [register(7), register(6)])]);
    addLive(meter, [point(10, [register(7)]), point(10, [register(6)]), point(11, [register(6)])]);
    addLive(meter, [point(12, [register(4, "Transaction.Begin")]), point(13, [register(6, "Transaction.Begin")])]);
    expect(told(meter)).toEqual([
      [10, 7],
      [11, 6],
      [13, 6],
    ]);
  });

  it("puts several that were told late into their order, and counts them as a change", () => {
    const lines = createLines();
    addLive(lines, [point(50, [power])]);
    addLive(lines, [point(30, [{ ...power, value: 3 }]), point(20, [{ ...power, value: 2 }]), point(60, [power])]);
    expect(told(lines).map(([at]) => at)).toEqual([20, 30, 50, 60]);
    expect([lines.change, lines.newestAt]).toEqual([3, 60]);
  });

  it("passes over what is no number", () => {
    const lines = createLines();
    addLive(lines, [point(1, [{ ...power, value: Number.NaN }])]);
    expect([lines.shape, lines.change]).toEqual([0, 0]);
  });
});

describe("addRecord", () => {
  it("takes what is half as many points as were asked for as thinned, two for each part of the time", () => {
    const of = (count: number) => {
      const lines = createLines();
      const points = Array.from({ length: count }, (_, at): [number, number] => [at, at]);
      addRecord(lines, [{ evse: 1, measurand: "Voltage", unit: "V", points }], { ms: 1000, maxPoints: 10 });
      return lines.tracks.values().next().value?.track.thinned.ms;
    };
    expect([of(4), of(5)]).toEqual([0, 200]);
  });

  it("keeps of very many that were told late when the last ten thousand were", () => {
    const lines = createLines();
    const late = Array.from({ length: 10_001 }, (_, index): [number, number] => [index, index + 1]);
    const series = {
      evse: 1,
      measurand: "Voltage",
      unit: "V" as const,
      points: [[1, 230]] as [number, number][],
      late,
    };
    addRecord(lines, [series], { ms: 1000, maxPoints: 8000 });
    const [held] = [...lines.tracks.values()];
    expect([held?.late.size, held?.late.get(0), held?.late.get(1), held?.late.get(10_000)]).toEqual([
      ...[10_000, undefined, 2, 10_001],
    ]);
  });

  it("keeps when points were told late, of all that are one line, leaves out what is no number, and knows the newest", () => {
    const lines = createLines();
    const named = { evse: 1, measurand: "Voltage", unit: "V" as const };
    addRecord(
      lines,
      [
        { ...named, points: [[10, 1]], late: [[10, 99]] },
        {
          ...named,
          connector: 1,
          points: [
            [20, Number.NaN],
            [30, 3],
          ],
          late: [[30, 98]],
        },
      ],
      { ms: 1000, maxPoints: 100 },
    );
    const [held] = lines.tracks.values();
    expect([[...(held?.late ?? [])], held?.track.fine.length, lines.newestAt, lines.change]).toEqual([
      [
        [10, 99],
        [30, 98],
      ],
      2,
      30,
      1,
    ]);
  });

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

  it("goes from power over current and voltage to energy, the active before the others, outlets in their order", () => {
    const lines = createLines();
    const of = (unit: Sample["unit"], measurand = unit): Sample => ({ measurand, unit, value: 1, said: "1" });
    addLive(lines, [
      point(1, [of("Hz"), of("varh"), of("Wh"), of("V"), of("var"), of("A"), of("W"), of("VA"), of("Percent")], {
        evse: 2,
      }),
      point(1, [of("Wh"), of("Wh", "B.Interval" as never)]),
    ]);
    expect(chartsOf(lines).map(({ id }) => id)).toEqual([
      ...["power W", "power VA", "power var", "current A", "voltage V"],
      ...["energy Wh 1 ", "energy Wh 2 ", "energy varh 2 ", "other Wh", "other Hz", "other Percent"],
    ]);
    const sorted = createLines();
    const phases = ["N", "L3-L1", "L2-L3", "L1-L2", "L3-N", "L3", "L2-N", "L2", "L1-N", "L1", "odd"];
    addLive(sorted, [
      point(1, [...phases.map((phase) => volt(1, phase)), of("V", "A" as never), of("V", "Voltage" as never)]),
    ]);
    addLive(sorted, [point(1, [volt(1, "L1")], { connector: 2 })]);
    expect(
      chartsOf(sorted)[0]?.lines.map(({ measurand, phase, connector }) => `${measurand} ${phase} ${connector}`),
    ).toEqual([
      "A undefined undefined",
      "Voltage undefined undefined",
      ...phases
        .slice(0, -1)
        .reverse()
        .map((phase) => `Voltage ${phase} undefined`),
      "Voltage odd undefined",
      "Voltage L1 2",
    ]);
  });

  it("has four dashes, and begins again with them", () => {
    const lines = Array.from({ length: 5 }, (_, evse) => lineName({ evse, measurand: "SoC", unit: "Percent" }));
    const dashes = stylesOf({ id: "c", quantity: "other", unit: "Percent", lines }).map(({ dash }) => dash);
    expect(dashes).toEqual([[], [8, 4], [2, 3], [10, 3, 2, 3], []]);
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
      ...(["VA", "var", "A", "V", "Wh", "varh", "VAh", "Hz"] as const).map((unit) => quantityOf("X", unit)),
      ...(["Wh", "varh", "VAh"] as const).map((unit) => quantityOf("X.Interval", unit)),
    ]).toEqual([
      ...["other", "power", "other"],
      ...["power", "power", "current", "voltage", "energy", "energy", "energy", "other"],
      ...["other", "other", "other"],
    ]);
  });
});
