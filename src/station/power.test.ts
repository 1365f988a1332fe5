import { expect, test } from "vitest";
import { phasesOf, powerOf, powerOfPhases } from "./power.ts";

const value = (measurand: string, said: number, phase?: string, location?: string) => ({
  ...{ measurand, value: said },
  ...(phase && { phase }),
  ...(location && { location }),
});
const volts = (said: number, phase?: string, location?: string) => value("Voltage", said, phase, location);
const amperes = (said: number, phase?: string, location?: string) => value("Current.Import", said, phase, location);
const watts = (said: number, phase?: string, location?: string) => value("Power.Active.Import", said, phase, location);

test("volts, amperes and watts are told by phase, at the outlet alone, and only of phases that are told of", () => {
  expect(
    phasesOf([volts(230, "L1"), amperes(16, "L1-N"), watts(3680, "L3"), volts(400, "L1-L2"), volts(12, "L2", "Inlet")]),
  ).toEqual([
    { phase: "L1", voltage: 230, current: 16, power: undefined },
    { phase: "L3", voltage: undefined, current: undefined, power: 3680 },
  ]);
  expect(phasesOf([volts(231, "L2", "Outlet")])).toEqual([
    { phase: "L2", voltage: 231, current: undefined, power: undefined },
  ]);
});

test("where no phase is told the values stand for themselves, and with none of them nothing does", () => {
  expect(phasesOf([volts(230), amperes(16), watts(3000)])).toEqual([{ voltage: 230, current: 16 }]);
  expect(phasesOf([amperes(16)])).toEqual([{ voltage: undefined, current: 16 }]);
  expect([phasesOf([watts(3000)]), phasesOf([])]).toEqual([[], []]);
});

test("power is the total, else the sum of the phases, else volts times amperes, else unknown", () => {
  const phases = [watts(1000, "L1"), watts(2000, "L2"), watts(0, "L3")];
  expect([powerOf([...phases, watts(2999)]), powerOf(phases), powerOf([watts(0)])]).toEqual([2999, 3000, 0]);
  expect([powerOf([watts(1400, "L2")]), powerOf([watts(1400, "L1"), volts(230, "L1"), amperes(10, "L1")])]).toEqual([
    1400, 1400,
  ]);
  const products = [volts(230, "L1"), amperes(10, "L1"), volts(231, "L2"), amperes(10, "L2"), volts(229, "L3")];
  expect([powerOf(products), powerOf([volts(230), amperes(10)])]).toEqual([4610, 2300]);
  expect([powerOf([volts(230, "L1")]), powerOf([amperes(10)]), powerOf([])]).toEqual([undefined, undefined, undefined]);
  expect(powerOfPhases([watts(2999), volts(230), amperes(10)])).toBe(2300);
  expect(powerOfPhases([watts(2999)])).toBeUndefined();
});
