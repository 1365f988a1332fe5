import type { MeterPoint, MeterSeries } from "../../../src/services/metering/contract.ts";

/** [our clock ms, W] */
export type PowerPoint = [number, number];

const power = "Power.Active.Import";
const phases = ["L1", "L2", "L3", "L1-N", "L2-N", "L3-N"];

type Located = { measurand: string; phase?: string; location?: string };

function isOutletPower(sample: Located): boolean {
  return sample.measurand === power && (sample.location === undefined || sample.location === "Outlet");
}

/** The power told at one instant: the total where it was sent, else the sum of the phases; null where neither was. */
export function totalPower(samples: readonly (Located & { value: number })[]): number | null {
  const told = samples.filter(isOutletPower);
  const total = told.find((sample) => sample.phase === undefined);
  if (total) return total.value;
  const parts = told.filter((sample) => sample.phase !== undefined && phases.includes(sample.phase));
  return parts.length === 0 ? null : parts.reduce((sum, sample) => sum + sample.value, 0);
}

/** The power of one EVSE over time, from the record's series. */
export function powerFromSeries(series: readonly MeterSeries[], evse: number): PowerPoint[] {
  const told = series.filter((line) => line.evse === evse && isOutletPower(line));
  const total = told.find((line) => line.phase === undefined);
  if (total) return total.points;
  const sums = new Map<number, number>();
  for (const line of told)
    if (line.phase !== undefined && phases.includes(line.phase))
      for (const [at, value] of line.points) sums.set(at, (sums.get(at) ?? 0) + value);
  return [...sums].sort(([a], [b]) => a - b);
}

/** The power of one EVSE in samples as they come. */
export function powerFromPoints(points: readonly MeterPoint[], evse: number): PowerPoint[] {
  const found: PowerPoint[] = [];
  for (const point of points) {
    if (point.evse !== evse) continue;
    const value = totalPower(point.samples);
    if (value !== null) found.push([point.at, value]);
  }
  return found;
}

/** How long a silence must be to count as a gap: three usual intervals, at least 20 s. */
export function gapOf(points: readonly PowerPoint[]): number {
  const steps: number[] = [];
  let before: number | undefined;
  for (const [at] of points) {
    if (before !== undefined) steps.push(at - before);
    before = at;
  }
  steps.sort((a, b) => a - b);
  return Math.max(20_000, 3 * (steps[Math.floor(steps.length / 2)] ?? 0));
}
