import type { Sample } from "../../station/model.ts";
import type { MeterPoint, MeterSeries } from "./contract.ts";

/** Gathers samples into one line per place, measurand, phase and location. */
export type SeriesGatherer = { add(point: MeterPoint): void; result(maxPoints: number): MeterSeries[] };

/** Makes a gatherer. */
export function gatherSeries(): SeriesGatherer {
  const lines = new Map<string, MeterSeries>();
  return {
    add(point) {
      for (const sample of point.samples) {
        if (sample.signed) continue;
        const key = keyOf(point, sample);
        let line = lines.get(key);
        if (!line) {
          const { measurand, phase, location, unit } = sample;
          line = { evse: point.evse, connector: point.connector, measurand, phase, location, unit, points: [] };
          lines.set(key, line);
        }
        line.points.push([point.at, sample.value]);
      }
    },
    result: (maxPoints) => [...lines.values()].map((line) => ({ ...line, points: thin(line.points, maxPoints) })),
  };
}

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
