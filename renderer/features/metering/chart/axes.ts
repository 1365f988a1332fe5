import type { Unit } from "../../../../src/lib/units.ts";
import type { Quantity } from "./lines.ts";

/** The time windows one can choose, milliseconds; `all` is everything on record. */
export const windows = {
  m10: 600_000,
  h1: 3_600_000,
  h4: 4 * 3_600_000,
  h24: 24 * 3_600_000,
  all: null,
} as const satisfies Record<string, number | null>;
export type WindowName = keyof typeof windows;
export const windowNames = Object.keys(windows) as WindowName[];

/** What is looked at: a window that runs with the clock, one that stands still since, or a stretch that was marked. */
export type View =
  | { mode: "live"; window: WindowName }
  | { mode: "still"; window: WindowName; from: number; to: number };

/** From when to when a view shows. `first` is the oldest there is on record. */
export function stretchOf(view: View, now: number, first: number): { from: number; to: number } {
  if (view.mode === "still") return { from: view.from, to: view.to };
  const length = windows[view.window];
  const from = length === null ? first : now - length;
  return { from: Math.min(from, now - 1000), to: now };
}

/** The least span that an axis shows, in base units: below it, noise would look like news. */
const leastSpan: Partial<Record<Unit, number>> = { V: 4, Hz: 0.2, Wh: 10, W: 100, A: 1, Celsius: 2, Percent: 10 };

/** From where to where a value axis goes. Power and current are read against zero, voltage and registers against themselves. */
export function valueRange(quantity: Quantity, unit: Unit, min: number, max: number): [number, number] {
  if (!Number.isFinite(min) || !Number.isFinite(max)) return [0, 1];
  const fromZero = quantity === "power" || quantity === "current";
  let low = fromZero ? Math.min(0, min) : min;
  let high = fromZero ? Math.max(0, max) : max;
  const least = leastSpan[unit] ?? 1;
  if (high - low < least) {
    const middle = (low + high) / 2;
    const zeroed = fromZero && low === 0;
    low = zeroed ? 0 : middle - least / 2;
    high = zeroed ? least : middle + least / 2;
  }
  const room = (high - low) * 0.08;
  return [low < 0 || !fromZero ? low - room : low, high > 0 || !fromZero ? high + room : high];
}

/** What a base unit is divided by on an axis, and how it is then called. */
export function axisUnit(unit: Unit): { factor: number; name: string } {
  if (["W", "Wh", "var", "varh", "VA", "VAh"].includes(unit)) return { factor: 1000, name: `k${unit}` };
  if (unit === "Celsius") return { factor: 1, name: "°C" };
  if (unit === "Percent") return { factor: 1, name: "%" };
  return { factor: 1, name: unit === "RPM" ? "rpm" : unit };
}

/** Decimals that tell the marks of an axis apart.
 * @param step the distance between two, in the unit shown */
export function decimalsFor(step: number): number {
  if (!(step > 0)) return 0;
  // 0.25 needs two, 0.5 one, 2 none: count until the step is whole, but for the noise of binary fractions.
  for (let digits = 0; digits < 6; digits++) {
    const scaled = step * 10 ** digits;
    if (Math.abs(scaled - Math.round(scaled)) < 1e-6) return digits;
  }
  return 6;
}

/** A mark of the time axis, local, 24 h.
 * @param at seconds since 1970
 * @param step seconds between two marks */
export function timeMark(at: number, step: number): string {
  const date = new Date(at * 1000);
  const day = `${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const minutes = `${two(date.getHours())}:${two(date.getMinutes())}`;
  if (step >= 86_400) return day;
  if (step >= 60) return minutes === "00:00" ? day : minutes;
  return `${minutes}:${two(date.getSeconds())}`;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
