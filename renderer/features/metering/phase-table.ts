import type { LiveRow } from "./live.ts";

/** What stands in the columns of the table by phase, where it is told by phase. */
export const phaseColumns = ["Voltage", "Current.Import", "Power.Active.Import"] as const;
type PhaseColumn = (typeof phaseColumns)[number];

/** One phase with its latest values. */
export type PhaseLine = { phase: string; cells: Partial<Record<PhaseColumn, LiveRow>> };

/** Voltage, current and power by phase, and the values that are left: those of no phase, of another measurand, or of another place. */
export function byPhase(rows: readonly LiveRow[]): { phases: PhaseLine[]; rest: LiveRow[] } {
  const phases = new Map<string, PhaseLine>();
  const rest: LiveRow[] = [];
  for (const row of rows) {
    const column = phaseColumns.find((name) => name === row.measurand);
    const phase = row.phase?.replace(/-N$/, "");
    const isPlain = phase !== undefined && /^L[123]$/.test(phase);
    const outside = row.location === undefined || row.location === "Outlet";
    const line = isPlain ? (phases.get(phase) ?? { phase, cells: {} }) : undefined;
    if (!column || !line || !outside || row.signed || line.cells[column]) {
      rest.push(row);
      continue;
    }
    line.cells[column] = row;
    phases.set(line.phase, line);
  }
  for (const [index, row] of rest.entries()) {
    const above = rest[index - 1];
    rest[index] = { ...row, again: above?.measurand === row.measurand && above.location === row.location };
  }
  return { phases: [...phases.values()].sort((a, b) => (a.phase < b.phase ? -1 : 1)), rest };
}

/** How often values come, by when the last two of each were measured, and which are overdue. */
export type Rhythm = Map<string, { at: number; gap: number | null }>;

/** Notes when a value was measured.
 * @param at our clock, milliseconds */
export function noteValue(rhythm: Rhythm, key: string, at: number): void {
  const known = rhythm.get(key);
  if (!known) rhythm.set(key, { at, gap: null });
  else if (at > known.at) rhythm.set(key, { at, gap: at - known.at });
}

/** True for a value that has not come for three times the gap between the last two; while the gap is not known, for none. */
export function isOverdue(rhythm: Rhythm, key: string, now: number): boolean {
  const known = rhythm.get(key);
  return known !== undefined && known.gap !== null && now - known.at > 3 * Math.max(known.gap, 1000);
}
