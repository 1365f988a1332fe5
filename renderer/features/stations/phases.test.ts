import { expect, it } from "vitest";
import type { LiveSample } from "../../../src/station/model.ts";
import { phaseRows } from "./phases.ts";

function sample(measurand: string, value: number, phase?: string): LiveSample {
  return { measurand, value, phase, unit: "", said: String(value), at: 0, frame: 1 };
}

it("sets volts, amperes and watts of a phase in one row, however the voltage names it", () => {
  const live = [
    sample("Voltage", 230.1, "L1-N"),
    sample("Current.Import", 16, "L1"),
    sample("Power.Active.Import", 3680, "L1"),
    sample("Current.Import", 0.4, "N"),
    sample("Power.Active.Import", 3680),
  ];
  expect(phaseRows(live)).toEqual([
    { phase: "L1", volts: 230.1, amperes: 16, watts: 3680 },
    { phase: "N", amperes: 0.4 },
  ]);
});

it("gives one row without a name where the station names no phase", () => {
  expect(phaseRows([sample("Voltage", 229), sample("Current.Import", 10)])).toEqual([
    { phase: null, volts: 229, amperes: 10 },
  ]);
});

it("gives no row for a total power alone: it stands above already", () => {
  expect(phaseRows([sample("Power.Active.Import", 3680)])).toEqual([]);
});
