import type { Sample } from "../../station/model.ts";
import type { MeterPoint, MeterSeries } from "./contract.ts";

/** Gathers samples into one line per place, measurand, phase and location. */
export type SeriesGatherer = { add(point: MeterPoint): void; result(maxPoints: number): MeterSeries[] };

type Gathered = { line: MeterSeries; points: Point[] };
type Point = { at: number; value: number; begin: boolean; cameAt?: number };

/** Makes a gatherer. */
export function gatherSeries(): SeriesGatherer {
  const gathered = new Map<string, Gathered>();
  return {
    add(point) {
      for (const sample of point.samples) {
        if (sample.signed) continue;
        const key = keyOf(point, sample);
        let held = gathered.get(key);
        if (!held) {
          const { measurand, phase, location, unit } = sample;
          const line = { evse: point.evse, connector: point.connector, measurand, phase, location, unit, points: [] };
          held = { line, points: [] };
          gathered.set(key, held);
        }
        const { at, cameAt } = point;
        held.points.push({ at, value: sample.value, begin: sample.context === "Transaction.Begin", cameAt });
      }
    },
    result: (maxPoints) =>
      [...gathered.values()].map(({ line, points }) => {
        const placed = inOrder(points, line.measurand.endsWith(".Register"));
        const late = placed.flatMap(({ at, cameAt }): [number, number][] =>
          cameAt === undefined ? [] : [[at, cameAt]],
        );
        const drawn = thin(
          placed.map(({ at, value }): [number, number] => [at, value]),
          maxPoints,
        );
        return late.length > 0 ? { ...line, points: drawn, late: late.slice(-maxPoints) } : { ...line, points: drawn };
      }),
  };
}

/** The points in the order they were measured in, each told once. A register tells one value of an instant, the highest: what a session
 * ends with repeats those of its begin and of its way, and some stations give them all the time of the end. */
function inOrder(points: Point[], register: boolean): Point[] {
  // Mostly they have come in order.
  const sorted = points.every((point, n) => n === 0 || point.at >= (points[n - 1]?.at ?? 0))
    ? points
    : points.toSorted((a, b) => a.at - b.at);
  const told: Point[] = [];
  for (const point of sorted) {
    const last = told.at(-1);
    if (register && last && point.begin && point.value < last.value) continue;
    if (last?.at !== point.at) told.push(point);
    else if (!register) {
      if (
        !told.some(
          (other, n) => n >= told.length - mostOfInstant && other.at === point.at && other.value === point.value,
        )
      )
        told.push(point);
    } else if (point.value > last.value) told[told.length - 1] = point;
  }
  return told;
}

/** Values of one instant are few; so many are looked through for one that is told again. */
const mostOfInstant = 8;

function keyOf(point: MeterPoint, sample: Sample): string {
  const { measurand, phase, location } = sample;
  return `${point.evse}|${point.connector ?? ""}|${measurand}|${phase ?? ""}|${location ?? ""}`;
}

/** Thins a line so that each piece keeps its smallest and largest value, in order of time. */
export function thin(points: [number, number][], maxPoints: number): [number, number][] {
  if (points.length <= maxPoints) return points;
  const pieces = Math.max(1, Math.floor(maxPoints / 2));
  const kept: [number, number][] = [];
  for (let piece = 0; piece < pieces; piece++) {
    const from = Math.floor((piece * points.length) / pieces);
    const to = Math.floor(((piece + 1) * points.length) / pieces);
    let low = points[from];
    let high = low;
    for (let index = from; index < to; index++) {
      const point = points[index];
      if (!point || !low || !high) continue;
      if (point[1] < low[1]) low = point;
      if (point[1] > high[1]) high = point;
    }
    if (!low || !high) continue;
    if (low === high) kept.push(low);
    else kept.push(...(low[0] <= high[0] ? [low, high] : [high, low]));
  }
  return kept;
}
