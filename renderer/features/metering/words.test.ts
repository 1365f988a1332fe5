import { expect, it } from "vitest";
import { english } from "../../i18n/catalogue.ts";
import type { ChartName, LineName } from "./chart/lines.ts";
import { distinguishing, measurandKey } from "./words.ts";

const line = (more: Partial<LineName> = {}): LineName => ({
  ...{ key: "", evse: 1, connector: 1, measurand: "Voltage", phase: "L1", unit: "V" },
  ...more,
});
const chart = (...lines: LineName[]): ChartName => ({ id: "voltage", quantity: "voltage", unit: "V", lines });

it.each<[string, Partial<LineName>, told: string[]]>([
  ["nothing but the phase", { phase: "L2" }, []],
  ["the EVSE", { evse: 2 }, ["outlet"]],
  ["the connector of one EVSE", { connector: 2 }, ["outlet"]],
  ["that the connector is told of one alone", { connector: undefined }, ["outlet"]],
  ["the measurand", { measurand: "Frequency" }, ["measurand"]],
  ["the location", { location: "Inlet" }, ["location"]],
  ["all of it", { evse: 2, measurand: "Frequency", location: "Inlet" }, ["outlet", "measurand", "location"]],
])("where two lines differ in %s, that is told of them", (_what, other, told) => {
  const needs = distinguishing(chart(line(), line(other)));
  expect(Object.entries(needs).flatMap(([name, is]) => (is ? [name] : []))).toEqual(told);
});

it("a line that is alone needs no telling apart", () => {
  expect(distinguishing(chart(line()))).toEqual({ outlet: false, measurand: false, location: false });
});

it("a measurand has its plain word by OCPP's name without dots, where we have one", () => {
  const known = english.metering.measurands;
  expect(measurandKey("Energy.Active.Import.Register", known)).toBe("EnergyActiveImportRegister");
  expect(["Vendor.Own", "toString", ""].map((name) => measurandKey(name, known))).toEqual([null, null, null]);
});
