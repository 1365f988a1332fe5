import { expect, test } from "vitest";
import { createRandom } from "../random.ts";
import { measurable, measure } from "./measurands.ts";
import { createMeter, type Reading } from "./meter.ts";
import { createVehicle, fill, isFull, stateOfCharge, wantedCurrent } from "./vehicle.ts";

const reading: Reading = {
  ...{ register: 1234.9, power: 6900.06, voltage: [230.04, 229.96, 231], current: [10.004, 9.996, 0] },
  ...{ powerFactor: 0.9876, frequency: 50.016, temperature: 21.26 },
};

test("each measurand is told in its unit, at its place, and with as many digits as it has", () => {
  const offered = { current: 16, phases: 2 };
  expect(measure({ reading, soc: 55.55, offered }, [...measurable, "Nonsense"])).toEqual([
    { measurand: "Energy.Active.Import.Register", unit: "Wh", value: 1234, digits: 0 },
    { measurand: "Power.Active.Import", unit: "W", value: 6900.1, digits: 1 },
    { measurand: "Current.Import", unit: "A", phase: "L1", value: 10, digits: 2 },
    { measurand: "Current.Import", unit: "A", phase: "L2", value: 10, digits: 2 },
    { measurand: "Current.Import", unit: "A", phase: "L3", value: 0, digits: 2 },
    { measurand: "Voltage", unit: "V", phase: "L1-N", value: 230, digits: 1 },
    { measurand: "Voltage", unit: "V", phase: "L2-N", value: 230, digits: 1 },
    { measurand: "Voltage", unit: "V", phase: "L3-N", value: 231, digits: 1 },
    { measurand: "Frequency", unit: "Hz", value: 50.02, digits: 2 },
    { measurand: "SoC", unit: "Percent", location: "EV", value: 55.5, digits: 1 },
    { measurand: "Temperature", unit: "Celsius", location: "Body", value: 21.3, digits: 1 },
    { measurand: "Power.Factor", value: 0.988, digits: 3 },
    { measurand: "Current.Offered", unit: "A", value: 16, digits: 1 },
    { measurand: "Power.Offered", unit: "W", value: 7360, digits: 0 },
  ]);
  expect(measure({ reading, offered }, ["SoC", "Frequency"]).map(({ measurand }) => measurand)).toEqual(["Frequency"]);
});

/** A charge as it was in every version: whoever compares two recordings of one seed compares the stations, not the meter. */
test("a charge of one seed is the same to the last digit, from plugging in to the end of it", async () => {
  const random = createRandom(5);
  const meter = createMeter(random, 1000);
  const car = createVehicle(random);
  const lines = [`${car.capacity} Wh, ${stateOfCharge(car).toFixed(4)} %, ${car.maxCurrent} A`];
  for (let minute = 0; minute < 400 && !isFull(car); minute++) {
    const offered = minute === 30 ? 5.99 : minute === 31 ? 6 : 20;
    const current = wantedCurrent(car, offered);
    for (let second = 0; second < 60; second += 20) fill(car, meter.step(20, { current, phases: minute < 60 ? 3 : 1 }));
    if (minute % 10 > 1) continue;
    const { register, power, voltage, current: drawn, powerFactor, frequency, temperature } = meter.reading();
    const numbers = [
      current,
      stateOfCharge(car),
      register,
      power,
      ...voltage,
      ...drawn,
      powerFactor,
      frequency,
      temperature,
    ];
    lines.push(`${minute}: ${numbers.map((number) => number.toFixed(4)).join(" ")}`);
  }
  await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot("told/charge.txt");
});

test("cars come with what cars have", () => {
  const cars = Array.from({ length: 400 }, (_, seed) => createVehicle(createRandom(seed)));
  for (const { capacity, stored } of cars) {
    expect(capacity).toBeGreaterThanOrEqual(40_000);
    expect(capacity).toBeLessThanOrEqual(80_000);
    expect(capacity % 1000).toBe(0);
    expect(stored / capacity).toBeGreaterThanOrEqual(0.15);
    expect(stored / capacity).toBeLessThan(0.6);
  }
  const share = cars.filter(({ maxCurrent }) => maxCurrent === 32).length / cars.length;
  expect(Math.abs(share - 1 / 3)).toBeLessThan(0.06);
  expect([...new Set(cars.map(({ maxCurrent }) => maxCurrent))].sort()).toEqual([16, 32]);
});
