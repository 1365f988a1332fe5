import { describe, expect, it } from "vitest";
import { createRandom } from "../random.ts";
import { createMeter, type Load, type Reading } from "./meter.ts";
import { acceptance, createVehicle, fill, isFull, stateOfCharge, type Vehicle, wantedCurrent } from "./vehicle.ts";

function readings(seed: number, loads: Load[]): Reading[] {
  const meter = createMeter(createRandom(seed), 1000);
  return loads.map((load) => {
    meter.step(1, load);
    return meter.reading();
  });
}

const full: Load[] = Array.from({ length: 120 }, () => ({ current: 32, phases: 3 }));

describe("the meter", () => {
  it("counts exactly the power that it shows, as the sum of U * I * power factor", () => {
    let register = 1000;
    for (const reading of readings(7, full)) {
      const [u1, u2, u3] = reading.voltage;
      const [i1, i2, i3] = reading.current;
      expect(reading.power).toBeCloseTo((u1 * i1 + u2 * i2 + u3 * i3) * reading.powerFactor, 6);
      register += reading.power / 3600;
      expect(reading.register).toBeCloseTo(register, 6);
    }
  });

  it("ramps to 32 A over 20 seconds and stays there", () => {
    const seen = readings(3, full).map(({ current }) => current[0]);
    const expected = full.map((_, at) => Math.min(32, 1.6 * (at + 1)));
    for (const [at, current] of seen.entries()) expect(Math.abs(current - (expected[at] ?? 0))).toBeLessThan(0.8);
  });

  it("lets go of its current by 8 A a second, and of all of it at once where the contactor opens", () => {
    const at = (current: number, seconds: number): Load[] =>
      Array.from({ length: seconds }, () => ({ current, phases: 3 }));
    const seen = readings(3, [...at(32, 20), ...at(10, 4), ...at(32, 1), ...at(0, 1)]);
    const told = seen.slice(20).map(({ current }) => current[0]);
    for (const [second, amperes] of [24, 16, 10, 10, 11.6, 0].entries())
      expect(Math.abs((told[second] ?? Number.NaN) - amperes)).toBeLessThan(amperes * 0.03 + 0.001);
  });

  it("never runs backwards, and stands still without a load", () => {
    const loads: Load[] = [...full, ...full.map(() => ({ current: 0, phases: 3 })), ...full];
    const seen = readings(11, loads).map(({ register }) => register);
    expect(seen).toEqual([...seen].sort((one, other) => one - other));
    expect(seen[239]).toBe(seen[119]);
  });

  it("shows the voltage sagging by about 6 V under 32 A", () => {
    const mean = (list: Reading[]) => list.reduce((sum, { voltage }) => sum + voltage[1], 0) / list.length;
    const seen = readings(5, [...Array.from({ length: 600 }, () => ({ current: 0, phases: 3 })), ...full, ...full]);
    const sag = mean(seen.slice(0, 600)) - mean(seen.slice(640));
    expect(sag).toBeGreaterThan(4);
    expect(sag).toBeLessThan(8);
  });

  it("draws from one phase alone when only one is used", () => {
    const last = readings(
      5,
      Array.from({ length: 30 }, () => ({ current: 16, phases: 1 })),
    ).at(-1);
    expect(last?.current.map((current) => current > 15)).toEqual([true, false, false]);
    expect(last?.current.slice(1)).toEqual([0, 0]);
  });

  it("repeats itself for a seed, and only for that", () => {
    expect(readings(4, full)).toEqual(readings(4, full));
    expect(readings(4, full)).not.toEqual(readings(5, full));
  });

  it("stays within EN 50160 while it charges", () => {
    for (const { voltage, frequency } of readings(9, full)) {
      for (const volts of voltage) expect(Math.abs(volts - 230)).toBeLessThan(23);
      expect(Math.abs(frequency - 50)).toBeLessThan(0.5);
    }
  });
});

describe("a vehicle", () => {
  const half: Vehicle = { capacity: 50_000, stored: 25_000, maxCurrent: 16 };

  it("takes full current to 80 %, then less and less, and nothing when full", () => {
    expect([0, 50, 80].map(acceptance)).toEqual([1, 1, 1]);
    expect(acceptance(90)).toBeCloseTo(0.55, 9);
    expect(acceptance(100)).toBeCloseTo(0.1, 9);
    expect(wantedCurrent({ ...half, stored: 50_000 }, 32)).toBe(0);
  });

  it("takes the least of the offer and its own charger, and pauses below 6 A", () => {
    expect(wantedCurrent(half, 32)).toBe(16);
    expect(wantedCurrent(half, 10)).toBe(10);
    expect(wantedCurrent(half, 5.9)).toBe(0);
  });

  it("fills up to its capacity and no further", () => {
    const vehicle = createVehicle(createRandom(1));
    expect(isFull(vehicle)).toBe(false);
    for (let hour = 0; hour < 20; hour++) fill(vehicle, 11_000);
    expect(vehicle.stored).toBe(vehicle.capacity);
    expect(stateOfCharge(vehicle)).toBe(100);
  });
});
