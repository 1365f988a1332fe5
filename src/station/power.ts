import type { Sample } from "./model.ts";

type Located = Pick<Sample, "measurand" | "phase" | "location" | "value">;

function measured(samples: readonly Located[], measurand: string, phase?: string): number | undefined {
  return samples.find(
    (sample) =>
      sample.measurand === measurand &&
      (sample.phase === phase || (phase !== undefined && sample.phase === `${phase}-N`)) &&
      (sample.location === undefined || sample.location === "Outlet"),
  )?.value;
}

/** One phase as measured: V, A, W. Without `phase`, the station did not say which. */
export type PhaseRow = { phase?: "L1" | "L2" | "L3"; voltage?: number; current?: number; power?: number };

/** Volts, amperes and watts by phase at the outlet; only phases of which something is told. */
export function phasesOf(samples: readonly Located[]): PhaseRow[] {
  const rows: PhaseRow[] = [];
  for (const phase of ["L1", "L2", "L3"] as const) {
    const voltage = measured(samples, "Voltage", phase);
    const current = measured(samples, "Current.Import", phase);
    const power = measured(samples, "Power.Active.Import", phase);
    if (voltage !== undefined || current !== undefined || power !== undefined)
      rows.push({ phase, voltage, current, power });
  }
  if (rows.length > 0) return rows;
  const voltage = measured(samples, "Voltage");
  const current = measured(samples, "Current.Import");
  return voltage === undefined && current === undefined ? [] : [{ voltage, current }];
}

/** Power among values, W: the total where it is told, else the sum of the phases, else volts times amperes. Undefined where none of it
 * is told. */
export function powerOf(samples: readonly Located[]): number | undefined {
  return measured(samples, "Power.Active.Import") ?? powerOfPhases(samples);
}

/** The same without the total. */
export function powerOfPhases(samples: readonly Located[]): number | undefined {
  if (!samples.some(({ measurand }) => measurand === "Power.Active.Import" || measurand === "Current.Import"))
    return undefined;
  const rows = phasesOf(samples);
  const parts = rows.flatMap(({ power }) => power ?? []);
  if (parts.length > 0) return sum(parts);
  const products = rows.flatMap(({ voltage, current }) =>
    voltage === undefined || current === undefined ? [] : voltage * current,
  );
  return products.length > 0 ? sum(products) : undefined;
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
