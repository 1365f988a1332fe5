import { describe, expect, it } from "vitest";
import { findFault } from "../faults.ts";
import type { ActiveTransaction, Outlet } from "../model.ts";
import { createRandom } from "../random.ts";
import { catchUp, createOutlet, statusOf } from "./outlet.ts";

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
