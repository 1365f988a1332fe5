import type { LiveSample } from "../../../src/station/model.ts";

/** One phase as it was last told; absent = never told. V, A, W. */
export type PhaseRow = { phase: "L1" | "L2" | "L3" | "N" | null; volts?: number; amperes?: number; watts?: number };

const columns = [
  ["Voltage", "volts"],
  ["Current.Import", "amperes"],
  ["Power.Active.Import", "watts"],
] as const;

/** Volts, amperes and watts by phase at the outlet. A station that names no phase gives one row without a name. */
export function phaseRows(live: readonly LiveSample[]): PhaseRow[] {
  const rows = (["L1", "L2", "L3", "N"] as const).map((phase) => rowOf(live, phase, [phase, `${phase}-N`]));
  const told = rows.filter((row) => row !== null);
  if (told.length > 0) return told;
  const unnamed = rowOf(live, null, [undefined]);
  return unnamed && (unnamed.volts !== undefined || unnamed.amperes !== undefined) ? [unnamed] : [];
}

function rowOf(
  live: readonly LiveSample[],
  phase: PhaseRow["phase"],
  names: readonly (string | undefined)[],
): PhaseRow | null {
  const row: PhaseRow = { phase };
  for (const [measurand, column] of columns) {
    const sample = live.find(
      (entry) =>
        entry.measurand === measurand &&
        names.includes(entry.phase) &&
        (entry.location === undefined || entry.location === "Outlet"),
    );
    if (sample) row[column] = sample.value;
  }
  return row.volts === undefined && row.amperes === undefined && row.watts === undefined ? null : row;
}
