import { describe, expect, it } from "vitest";
import { findFault } from "../faults.ts";
import type { ActiveTransaction, Machine, Outlet } from "../model.ts";
import { createRandom } from "../random.ts";
import { catchUp, createOutlet, findOutlet, offerOf, statusOf, transactionId } from "./outlet.ts";

const transaction: ActiveTransaction = {
  key: "T1",
  card: { value: "A" },
  startedAt: 0,
  meterStart: 0,
  state: "Charging",
  refused: false,
  sequence: 0,
  secondsCharging: 0,
};
const vehicle = { capacity: 50_000, stored: 25_000, maxCurrent: 32 };

function outlet(over: Partial<Outlet>): Outlet {
  return { ...createOutlet(1, createRandom(1), 0), ...over };
}

describe("an outlet's status", () => {
  it.each<[string, Partial<Outlet>]>([
    ["Available", {}],
    ["Preparing", { vehicle }],
    ["Preparing", { presented: { card: { value: "A" } } }],
    ["Preparing", { vehicle, transaction: { ...transaction, state: "EVConnected" } }],
    ["Charging", { vehicle, transaction }],
    ["SuspendedEV", { vehicle, transaction: { ...transaction, state: "SuspendedEV" } }],
    ["SuspendedEVSE", { vehicle, transaction: { ...transaction, state: "SuspendedEVSE" } }],
    ["Finishing", { vehicle, finished: true }],
    ["Reserved", { reservation: { id: 1, evse: 1, card: "A", until: 1 } }],
    ["Unavailable", { operative: false, vehicle }],
    ["Charging", { operative: false, vehicle, transaction }],
    ["Faulted", { fault: findFault("GroundFailure"), vehicle, finished: true }],
  ])("is %s for %j", (expected, over) => {
    expect(statusOf(outlet(over), { operative: true })).toBe(expected);
  });

  it("is Unavailable on every outlet when the station is out of service", () => {
    expect(statusOf(outlet({}), { operative: false })).toBe("Unavailable");
  });
});

describe("an outlet that catches up with the clock", () => {
  it("fills the car by what the meter counts, whatever the size of the steps", () => {
    const run = (steps: number[]) => {
      const one = outlet({ vehicle: { ...vehicle }, transaction: { ...transaction } });
      const before = one.reading.register;
      for (const at of steps) catchUp(one, at * 1000, { current: 16, phases: 3 });
      return { counted: one.reading.register - before, stored: one.vehicle?.stored ?? 0, at: one.steppedAt };
    };
    const once = run([600]);
    const often = run([1, 2, 10, 300, 599, 600]);
    expect(once).toEqual(often);
    expect(once.stored - vehicle.stored).toBeCloseTo(once.counted * 0.92, 6);
    // Ten minutes at 11 kW less the ramp.
    expect(once.counted).toBeGreaterThan(1700);
    expect(once.counted).toBeLessThan(1900);
  });

  it("counts nothing while the car is suspended", () => {
    const one = outlet({ vehicle: { ...vehicle }, transaction: { ...transaction, state: "SuspendedEVSE" } });
    const before = one.reading.register;
    catchUp(one, 600_000, { current: 16, phases: 3 });
    expect(one.reading.register).toBe(before);
  });
});

it.each([
  [0, 0],
  [-5, 0],
  [0.5, 1],
  [100, 100],
  [100.5, 101],
  [3600, 3600],
  [7200, 3600],
])("an outlet that was not looked at for %d s is caught up with in %i steps", (seconds, count) => {
  const one = outlet({ steppedAt: 10_000 });
  const steps: number[] = [];
  const { step } = one.meter;
  one.meter.step = (span, load) => {
    steps.push(span);
    return step(span, load);
  };
  catchUp(one, 10_000 + seconds * 1000, { current: 16, phases: 3 });
  expect([steps.length, Math.round(steps.reduce((sum, span) => sum + span, 0) * 10)]).toEqual([
    count,
    Math.max(0, seconds * 10),
  ]);
  expect(one.steppedAt).toBe(10_000 + Math.max(0, seconds) * 1000);
});

it("the time that current flowed is counted in the transaction, and nothing flows where there is a fault", () => {
  const one = outlet({ vehicle: { ...vehicle }, transaction: { ...transaction }, steppedAt: 0 });
  catchUp(one, 30_000, { current: 16, phases: 3 });
  expect(one.transaction?.secondsCharging).toBeCloseTo(30, 6);
  const before = one.reading.register;
  one.fault = findFault("OtherError");
  catchUp(one, 60_000, { current: 16, phases: 3 });
  expect([one.reading.register, one.reading.power]).toEqual([before, 0]);
  const single = outlet({ vehicle: { ...vehicle }, transaction: { ...transaction }, steppedAt: 0 });
  catchUp(single, 30_000, { current: 16, phases: 1 });
  expect(single.reading.current.map((current) => current > 1)).toEqual([true, false, false]);
});

it("what an outlet may give is what its hardware can, and nothing where the blessing was taken back", () => {
  const machine = {
    speaker: { knobs: () => ({ maxCurrent: 20 }) },
    clock: { now: () => 1000 },
    profiles: [],
    outlets: [outlet({})],
  } as unknown as Machine;
  expect(offerOf(machine, outlet({}))).toEqual({ current: 20, phases: 3 });
  expect(offerOf(machine, outlet({ transaction: { ...transaction } }))).toEqual({ current: 20, phases: 3 });
  expect(offerOf(machine, outlet({ transaction: { ...transaction, refused: true } }))).toEqual({
    current: 0,
    phases: 3,
  });
  expect([
    transactionId({ key: "k" }),
    transactionId({ key: "k", number: 0 }),
    transactionId({ key: "k", number: 2n ** 63n }),
  ]).toEqual([...["k", "0", "9223372036854775808"]]);
  expect([findOutlet(machine, 1)?.evse, findOutlet(machine, 2), findOutlet(machine, undefined)]).toEqual([
    1,
    undefined,
    undefined,
  ]);
});
