import type { Sample } from "../../station/model.ts";
import type { MeterPoint, MeterSeries } from "./contract.ts";

/** Gathers samples into one line per place, measurand, phase and location. */
export type SeriesGatherer = { add(point: MeterPoint): void; result(maxPoints: number): MeterSeries[] };

type Gathered = { line: MeterSeries; points: Points };

/** What one line tells, in the order it came: columns, as there may be a hundred thousand. Few are of a begin, or were told late. */
type Points = { at: number[]; value: number[]; begins: Set<number>; cameAt: Map<number, number> };

/** Makes a gatherer. */
export function gatherSeries(): SeriesGatherer {
  const gathered: Gathered[] = [];
  // Stations repeat their values in one order: the next line is mostly the one after the last.
  let hint = 0;
  function lineOf(point: MeterPoint, sample: Sample): Gathered {
    const likely = gathered[hint];
    const at =
      likely && isLineOf(likely, point, sample) ? hint : gathered.findIndex((one) => isLineOf(one, point, sample));
    const held = gathered[at] ?? newLine(point, sample);
    if (at < 0) gathered.push(held);
    hint = (at < 0 ? gathered.length : at + 1) % gathered.length;
    return held;
  }
  return {
    add(point) {
      for (const sample of point.samples) {
        if (sample.signed) continue;
        const { at, value, begins, cameAt } = lineOf(point, sample).points;
        if (sample.context === "Transaction.Begin") begins.add(at.length);
        if (point.cameAt !== undefined) cameAt.set(at.length, point.cameAt);
        at.push(point.at);
        value.push(sample.value);
      }
    },
    result: (maxPoints) =>
      gathered.map(({ line, points }) => {
        const { at, value, cameAt } = points;
        const placed = inOrder(points, line.measurand.endsWith(".Register"));
        const late = placed.flatMap((n): [number, number][] => {
          const came = cameAt.get(n);
          return came === undefined ? [] : [[at[n] ?? 0, came]];
        });
        const drawn = thin(placed, value, maxPoints).map((n): [number, number] => [at[n] ?? 0, value[n] ?? 0]);
        return late.length > 0 ? { ...line, points: drawn, late: late.slice(-maxPoints) } : { ...line, points: drawn };
      }),
  };
}

function newLine({ evse, connector }: MeterPoint, { measurand, phase, location, unit }: Sample): Gathered {
  const line = { evse, connector, measurand, phase, location, unit, points: [] };
  return { line, points: { at: [], value: [], begins: new Set(), cameAt: new Map() } };
}

function isLineOf(
  { line }: Gathered,
  { evse, connector }: MeterPoint,
  { measurand, phase, location }: Sample,
): boolean {
  return (
    line.measurand === measurand &&
    line.phase === phase &&
    line.evse === evse &&
    line.connector === connector &&
    line.location === location
  );
}

/** The points in the order they were measured in, each told once, by their numbers. A register tells one value of an instant, the
 * highest: what a session ends with repeats those of its begin and of its way, and some stations give them all the time of the end. */
function inOrder({ at, value, begins }: Points, register: boolean): number[] {
  const timeOf = (n: number) => at[n] ?? 0;
  const levelOf = (n: number) => value[n] ?? 0;
  const order = [...at.keys()];
  // Mostly they have come in order.
  if (!order.every((n) => n === 0 || timeOf(n) >= timeOf(n - 1))) order.sort((a, b) => timeOf(a) - timeOf(b));
  const told: number[] = [];
  for (const n of order) {
    const last = told.at(-1);
    if (register && last !== undefined && begins.has(n) && levelOf(n) < levelOf(last)) continue;
    if (last === undefined || timeOf(last) !== timeOf(n)) told.push(n);
    else if (!register) {
      const again = told
        .slice(-mostOfInstant)
        .some((other) => timeOf(other) === timeOf(n) && levelOf(other) === levelOf(n));
      if (!again) told.push(n);
    } else if (levelOf(n) > levelOf(last)) told[told.length - 1] = n;
  }
  return told;
}

/** Values of one instant are few; so many are looked through for one that is told again. */
const mostOfInstant = 8;

/** Thins a line so that each piece keeps its smallest and largest value, in the order given.
 * @param placed the numbers of its points
 * @param value of each point, by its number */
export function thin(placed: number[], value: readonly number[], maxPoints: number): number[] {
  if (placed.length <= maxPoints) return placed;
  const levelOf = (index: number) => value[placed[index] ?? 0] ?? 0;
  const pieces = Math.max(1, Math.floor(maxPoints / 2));
  const kept: number[] = [];
  for (let piece = 0; piece < pieces; piece++) {
    const from = Math.floor((piece * placed.length) / pieces);
    const to = Math.floor(((piece + 1) * placed.length) / pieces);
    let low = from;
    let high = from;
    for (let index = from; index < to; index++) {
      if (levelOf(index) < levelOf(low)) low = index;
      if (levelOf(index) > levelOf(high)) high = index;
    }
    const ends = low === high ? [low] : [Math.min(low, high), Math.max(low, high)];
    for (const index of ends) kept.push(placed[index] ?? 0);
  }
  return kept;
}
