import type { Unit } from "../../lib/units.ts";

const byBeginning: readonly (readonly [string, Unit])[] = [
  ["Energy.Active.", "Wh"],
  ["Energy.Reactive.", "varh"],
  ["Energy.Apparent.", "VAh"],
  ["Power.Active.", "W"],
  ["Power.Reactive.", "var"],
  ["Power.Factor", ""],
  ["Power.Offered", "W"],
  ["Current.", "A"],
  ["Voltage", "V"],
  ["Frequency", "Hz"],
  ["Temperature", "Celsius"],
  ["SoC", "Percent"],
];

/** The base unit of a measurand of OCPP's (2.0.1, 3.43); undefined for one that it does not have. */
export function standardUnit(measurand: string): Unit | undefined {
  return byBeginning.find(([beginning]) => measurand.startsWith(beginning))?.[1];
}
