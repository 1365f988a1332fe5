import { describe, expect, it } from "vitest";
import type { Sample, SessionMeter } from "../model.ts";
import { countsSession, isReadable, registersOf, sessionEnergy, startFits, withReading } from "./session-energy.ts";

const minute = 60_000;

/** Registers told a minute apart, the first a minute after the start: numbers that name the session, texts that do not. */
function meter(start: number | undefined, values: readonly (number | string)[]): SessionMeter {
  return values.reduce<SessionMeter>((known, value, n) => {
    const reading = { value: Number(value), at: (n + 1) * minute, frame: n };
    return withReading(known, { reading, named: typeof value === "number" }, { value: start, at: 0 });
  }, {});
}

function energy(meterStart: number | undefined, values: readonly (number | string)[], meterStop?: number) {
  const session = { meterStart, meterStop, startedAt: 0, powerW: null, meter: meter(meterStart, values) };
  const { energyWh, energyFrom } = sessionEnergy(
    meterStop === undefined ? session : { ...session, endedAt: 60 * minute },
  );
  return [energyWh, energyFrom];
}

describe("the energy of a session", () => {
  it.each([
    ["is the register less the start", [1000, [1200, 1500]], [500, "register"]],
    ["is the stop less the start", [1000, [1200, 1500], 1600], [600, "register"]],
    ["is the stop less the start without a value", [1000, [], 1600], [600, "register"]],
    ["is 0 where the end is rounded down", [1000, [], 999], [0, "register"]],
    ["is 0 at the start", [1000, []], [0, "register"]],
    ["is not known without any register", [undefined, []], [null, null]],
    ["is not known from an end alone", [undefined, [], 1600], [null, null]],
    ["counts from the first value where the start is not known", [undefined, [1200, 1500]], [300, "first-register"]],
    ["is what a session's counter says", [1000, [400]], [400, "session-counter"]],
    ["is that also above the start, once it counts so", [1000, [400, 900, 1000, 1200]], [1200, "session-counter"]],
    ["is of the meter again with a stop above the start", [1000, [400, 2500], 3600], [2600, "register"]],
    ["is the counter's with a stop that counts the session", [1000, [400, 2500], 2600], [2600, "session-counter"]],
    ["is a stop below the start alone", [1000, [], 700], [700, "session-counter"]],
    ["never falls with a stop below what was told", [1000, [1500, 2380], 1000], [1380, "register"]],
    ["is the stop's where only another meter told more", [1000, ["1500"], 1300], [300, "register"]],
    ["never falls with a register that does", [1000, [1500, 0, 1400]], [500, "register"]],
    ["is of the meter where one value of 0 came first", [5_000_000, [0, 5_000_500]], [500, "register"]],
    [
      "counts from the first value after a start that has overflown",
      [2 ** 31 - 1, [4e9, 4e9 + 7]],
      [7, "first-register"],
    ],
    ["passes over a stop that has overflown", [2 ** 31 - 1, [4e9], 2 ** 31 - 1], [0, "first-register"]],
    ["passes over values below 0", [1000, [-5, 1100]], [100, "register"]],
    ["takes a stop after a start that has overflown", [2 ** 32 - 1, [4e9], 4e9 + 50], [50, "first-register"]],
    [
      "counts from the first value where the start cannot be of its register",
      [0, [5e6, 5e6 + 9]],
      [9, "first-register"],
    ],
    [
      "is the stop less the start though it rose faster than can be at first",
      [0, [20_000, 20_009], 20_050],
      [20_050, "register"],
    ],
    ["is not that where it cannot be in the time", [0, [40_000, 40_009], 40_050], [50, "first-register"]],
    ["leaves out the mains meter, whichever comes first", [1000, ["90000", 1100, "90001", 1200]], [200, "register"]],
    ["leaves out the mains meter also where it is near", [1000, [1100, "1300", 1150]], [150, "register"]],
    ["takes values that name nothing where no others come", [1000, ["1100", "1200"]], [200, "register"]],
  ] as const)("%s", (_what, [start, values, stop], expected) => {
    expect(energy(start, values, stop)).toEqual(expected);
  });

  it("is not known where power flows and no register is told after the start", () => {
    expect(sessionEnergy({ meterStart: 1000, startedAt: 0, powerW: 7000, meter: {} }).energyWh).toBeNull();
  });

  it("is the same in whatever order the values come", () => {
    const readings = [400, 900, 1000, 1200].map((value, n) => ({ value, at: (n + 1) * minute, frame: n }));
    const orders = [readings, readings.toReversed(), [2, 0, 3, 1].flatMap((at) => readings[at] ?? [])];
    for (const order of orders) {
      const told = order.reduce<SessionMeter>(
        (known, reading) => withReading(known, { reading, named: true }, { value: 1000, at: 0 }),
        {},
      );
      expect(sessionEnergy({ meterStart: 1000, startedAt: 0, powerW: null, meter: told })).toEqual({
        energyWh: 1200,
        energyFrom: "session-counter",
      });
    }
  });

  it("is the sum of the phases where no total is told", () => {
    const group = (...values: number[]): Sample[] =>
      values.map((value, n) => ({
        measurand: "Energy.Active.Import.Register",
        unit: "Wh",
        phase: `L${n + 1}`,
        value,
        said: String(value),
      }));
    const [first, later] = [registersOf(group(1000, 1000, 1010)), registersOf(group(1100, 1100, 1110))];
    expect([first, later]).toEqual([[{ value: 3010, phases: 3 }], [{ value: 3310, phases: 3 }]]);
    const told = [3010, 3310].reduce<SessionMeter>(
      (known, value, n) =>
        withReading(
          known,
          { reading: { value, at: (n + 1) * minute, frame: n }, named: true, phases: 3 },
          { value: 3000, at: 0 },
        ),
      {},
    );
    expect(sessionEnergy({ meterStart: 3000, startedAt: 0, powerW: null, meter: told })).toEqual({
      energyWh: 310,
      energyFrom: "phase-sum",
    });
    // Also where nobody told the start: from the first sum on.
    const unstarted = { meterStart: undefined, startedAt: 0, powerW: null, meter: told };
    expect(sessionEnergy(unstarted)).toEqual({ energyWh: 300, energyFrom: "phase-sum" });
    const total: Sample = { measurand: "Energy.Active.Import.Register", unit: "Wh", value: 9, said: "9" };
    expect(registersOf([...group(1, 1, 1), total])).toEqual([{ value: 9 }]);
  });

  it("is unknown where registers lie too far apart for a number", () => {
    const far = { meterStart: -1.7e308, meterStop: 1.7e308, startedAt: 0, endedAt: minute, powerW: null, meter: {} };
    expect(sessionEnergy(far)).toEqual({ energyWh: null, energyFrom: null });
  });
});

describe("a register", () => {
  const at = (value: number, ms: number) => ({ value, at: ms, frame: 1 });

  it("counts the session alone where it stands more than 1 Wh below the start, and never jumps to the meter's height", () => {
    const counts = (first: number, last: number, ms = minute, meterStart: number | undefined = 1_000_000) =>
      countsSession({ meterStart, meter: { first: at(first, 0), last: at(last, ms) } });
    expect([counts(999_999, 999_999), counts(999_998, 999_998)]).toEqual([false, true]);
    // No station delivers more than 1 MW: 16,667 Wh in a minute.
    expect([counts(990_000, 1_006_666), counts(990_000, 1_006_667)]).toEqual([true, false]);
    expect(counts(990_000, 999_999, 0)).toBe(true);
    expect(counts(0, 0, minute, 2 ** 32 - 1)).toBe(false);
    expect(countsSession({ meterStart: undefined, meter: { first: at(0, 0), last: at(0, 0) } })).toBe(false);
  });

  it("counts it by its stop alone where that is below the start", () => {
    const counts = (meterStop: number | undefined, meter: SessionMeter = {}) =>
      countsSession({ meterStart: 1000, meterStop, meter });
    expect([counts(998), counts(999), counts(1000), counts(undefined), counts(2 ** 31)]).toEqual([
      ...[true, false, false, false, false],
    ]);
    expect(counts(998, { first: at(1500, 0) })).toBe(true);
  });

  it("begins with the start only where it can have come from there in the time", () => {
    const fits = (value: number, ms: number, meterStart: number | undefined = 0) =>
      startFits({ meterStart, meter: { first: at(value, ms) }, startedAt: 0 });
    expect([fits(16_666, 0), fits(16_667, 0), fits(16_667, minute), fits(33_333, 2 * minute)]).toEqual([
      ...[true, false, false, true],
    ]);
    expect(fits(0, 0, 2 ** 31 - 1)).toBe(false);
    expect(startFits({ meterStart: undefined, meter: {}, startedAt: 0 })).toBe(false);
    expect(startFits({ meterStart: 5, meter: {}, startedAt: 0 })).toBe(true);
  });
});

describe("a reading", () => {
  const start = { value: 1000, at: 0 };
  const told = (value: number, at: number, frame = 1) => ({ value, at, frame });
  const take = (
    meter: SessionMeter,
    reading: ReturnType<typeof told>,
    more = {},
    from: typeof start | { at: number } = start,
  ) => withReading(meter, { reading, named: false, ...more }, from);

  it("is the first by its time and the last by its height, and of two alike the later", () => {
    const [low, high, again] = [told(1100, 5 * minute), told(1200, 3 * minute), told(1200, 4 * minute)];
    const meter = [low, high, again].reduce(
      (known, reading) => take(known, reading, { named: true }),
      {} as SessionMeter,
    );
    expect([meter.first, meter.last]).toEqual([high, again]);
    const earlier = take(meter, told(1200, 3.5 * minute), { named: true });
    expect(earlier.last).toEqual(again);
  });

  it("that names no session counts where it goes on from what stands, and no faster than any station delivers", () => {
    expect(take({}, told(1000, 0)).last).toEqual(told(1000, 0));
    // 1 MW for a minute is 16,667 Wh.
    expect(take({}, told(17_666, minute)).last).toBeDefined();
    expect(take({}, told(17_667, minute))).toEqual({});
    const from = { last: told(2000, minute), first: told(2000, minute) };
    expect(take(from, told(18_666, 2 * minute)).last?.value).toBe(18_666);
    expect(take(from, told(18_667, 2 * minute))).toBe(from);
  });

  it("below what stands is a session's own counter, unless it names another session", () => {
    expect(take({}, told(5, minute)).last?.value).toBe(5);
    expect(take({}, told(5, minute), { otherName: true })).toEqual({});
    expect(take({}, told(1500, minute), { otherName: true }).last?.value).toBe(1500);
    expect(take({}, told(5, minute), {}, { at: 0 }).last?.value).toBe(5);
    expect(take({}, told(5, minute), { otherName: true }, { at: 0 })).toEqual({});
    expect(take({}, told(5, minute), {}, { value: 2 ** 31, at: 0 }).last?.value).toBe(5);
  });

  it("that names it takes the place of those that do not, and those count no more", () => {
    const unnamed = take({}, told(1500, minute));
    const named = take(unnamed, told(1100, 2 * minute), { named: true });
    expect(named).toEqual({ named: true, first: told(1100, 2 * minute), last: told(1100, 2 * minute) });
    expect(take(named, told(1600, 3 * minute))).toBe(named);
  });

  it("of fewer phases, or of phases beside a total, is no register", () => {
    const three = take({}, told(1100, minute), { named: true, phases: 3 });
    expect(three.phases).toBe(3);
    expect(take(three, told(1200, 2 * minute), { named: true, phases: 2 })).toBe(three);
    expect(take(three, told(1200, 2 * minute), { named: true, phases: 3 }).last?.value).toBe(1200);
    const total = take({}, told(1100, minute), { named: true });
    expect(take(total, told(9000, 2 * minute), { named: true, phases: 3 })).toBe(total);
  });

  it("that has overflown is none", () => {
    for (const value of [2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1])
      expect(take({}, told(value, 0), { named: true })).toEqual({});
    expect(take({}, told(2 ** 31 + 1, 0), { named: true }).last?.value).toBe(2 ** 31 + 1);
  });
});

describe("the registers of an instant", () => {
  const register = (value: number, more: Partial<Sample> = {}): Sample => ({
    ...{ measurand: "Energy.Active.Import.Register", unit: "Wh", value, said: String(value) },
    ...more,
  });

  it("are one for each context, the total before the sum of the phases", () => {
    const begin = { context: "Transaction.Begin" };
    expect(
      registersOf([
        register(10, begin),
        register(30),
        ...[
          register(1, { phase: "L1" }),
          register(2, { phase: "L2-N" }),
          register(4, { phase: "L1", context: "Other" }),
        ],
        ...[register(9, { phase: "N" }), register(9, { phase: "L1-L2" }), register(9, { location: "Inlet" })],
        { ...register(9), measurand: "Voltage" },
      ]),
    ).toEqual([{ value: 10, ...begin }, { value: 30 }, { value: 4, context: "Other", phases: 1 }]);
  });

  it("are readable where there is a number, also beside a signature", () => {
    const signed = { format: "OCMF", data: "x" } as const;
    expect(
      [register(1), register(1, { signed }), register(0, { signed, said: "" }), register(Number.NaN)].map(isReadable),
    ).toEqual([...[true, true, false, false]]);
  });
});
