import { expect, it } from "vitest";
import type { LiveRow } from "./live.ts";
import { byPhase, isOverdue, noteValue, type Rhythm } from "./phase-table.ts";

const row = (measurand: string, phase?: string, more: Partial<LiveRow> = {}) =>
  ({ key: `${measurand} ${phase}`, measurand, phase, value: 1, again: true, ...more }) as LiveRow;

it("puts voltage, current and power of the phases into lines, and leaves the rest", () => {
  const { phases, rest } = byPhase([
    row("Current.Import", "L2"),
    row("Current.Import", "L1"),
    row("Energy.Active.Import.Register"),
    row("Power.Active.Import"),
    row("Power.Active.Import", "L1"),
    row("Voltage", "L1-N"),
    row("Voltage", "L1-L2"),
    row("Voltage", "L3", { location: "Inlet" }),
    row("Current.Offered", "L1"),
  ]);
  expect(phases.map(({ phase, cells }) => [phase, Object.keys(cells).sort()])).toEqual([
    ["L1", ["Current.Import", "Power.Active.Import", "Voltage"]],
    ["L2", ["Current.Import"]],
  ]);
  expect(rest.map(({ measurand, phase, again }) => [measurand, phase, again])).toEqual([
    ["Energy.Active.Import.Register", undefined, false],
    ["Power.Active.Import", undefined, false],
    ["Voltage", "L1-L2", false],
    ["Voltage", "L3", false],
    ["Current.Offered", "L1", false],
  ]);
});

it("leaves signed values, second ones of a phase, and those of a place that is no outlet", () => {
  const { phases, rest } = byPhase([
    row("Voltage", "L1", { signed: { format: "OCMF", data: "x" } }),
    row("Voltage", "L3", { location: "Outlet" }),
    row("Voltage", "L2", { value: 7 }),
    row("Voltage", "L2-N"),
    row("Temperature", undefined, { location: "Body" }),
    row("Temperature", undefined, { location: "Body" }),
    row("Temperature", undefined, { location: "Cable" }),
    row("Voltage", "N"),
  ]);
  expect(phases.map(({ phase, cells }) => [phase, cells.Voltage?.value])).toEqual([
    ["L2", 7],
    ["L3", 1],
  ]);
  expect(rest.map(({ measurand, phase, again }) => [measurand, phase, again])).toEqual([
    ["Voltage", "L1", false],
    ["Voltage", "L2-N", true],
    ["Temperature", undefined, false],
    ["Temperature", undefined, true],
    ["Temperature", undefined, false],
    ["Voltage", "N", false],
  ]);
});

it("takes a value for overdue after three of its own gaps, and none whose gap is not known", () => {
  const rhythm: Rhythm = new Map();
  noteValue(rhythm, "a", 0);
  expect(isOverdue(rhythm, "a", 1_000_000)).toBe(false);
  noteValue(rhythm, "a", 10_000);
  noteValue(rhythm, "a", 10_000);
  expect([isOverdue(rhythm, "a", 40_000), isOverdue(rhythm, "a", 40_001), isOverdue(rhythm, "b", 0)]).toEqual([
    false,
    true,
    false,
  ]);
  noteValue(rhythm, "a", 10_010);
  expect([isOverdue(rhythm, "a", 13_010), isOverdue(rhythm, "a", 13_011)]).toEqual([false, true]);
});
