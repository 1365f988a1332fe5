import type { Ring } from "./ring.ts";

/** What a chart draws: a stretch of time cut into columns of about a pixel, two points each, the same for all lines. */
export type Stretch = {
  /** Our clock, milliseconds. */
  from: number;
  to: number;
  columns: number;
};

/** A line on the grid. A number is a value, null a gap, undefined nothing to say: there the line goes on to the next value. */
export type Line = (number | null | undefined)[];

/** A longer silence than this many usual intervals is a gap: no line is drawn across. */
export const gapIntervals = 3;

/** The times of the grid, in seconds as uPlot wants them: two for each column. */
export function gridOf({ from, to, columns }: Stretch): Float64Array {
  const grid = new Float64Array(columns * 2);
  const half = (to - from) / columns / 2;
  for (let index = 0; index < grid.length; index++) grid[index] = (from + half * (index + 0.5)) / 1000;
  return grid;
}

/** Lays a ring's points on the grid. A column shows the least and the greatest of its points in the order they came, so that no
 * spike is lost; lines are carried to both edges of the stretch.
 * @param leastUsual milliseconds: where the ring itself is thinned, its intervals say nothing below this */
export function thin(ring: Ring, stretch: Stretch, leastUsual = 0): Line {
  const { from, to, columns } = stretch;
  const places = columns * 2;
  const line: Line = new Array(places).fill(undefined);
  const width = (to - from) / columns;
  const first = Math.max(0, ring.firstFrom(from) - 1);
  let usual = Math.max(leastUsual, usualInterval(ring, first));
  let filled = -1;
  let column = -1;
  let min = 0;
  let max = 0;
  let minFirst = true;

  function close(): void {
    if (column < 0) return;
    filled = column * 2;
    line[filled] = minFirst ? min : max;
    if (min !== max) line[++filled] = minFirst ? max : min;
    column = -1;
  }

  const { times, values, start, capacity } = ring.raw();
  const { length } = ring;
  let slot = (start + first) % capacity;
  let before = 0;
  for (let index = first; index < length; index++) {
    const at = times[slot] ?? 0;
    const value = values[slot] ?? 0;
    slot = slot + 1 === capacity ? 0 : slot + 1;
    const mine = Math.floor((at - from) / width);
    const interval = at - before;
    before = at;
    let gap = false;
    if (index > first) {
      if (index % 64 === 0 || interval > usual * gapIntervals) usual = Math.max(leastUsual, usualInterval(ring, index));
      gap = interval > usual * gapIntervals;
    }
    if (mine !== column) {
      close();
      if (gap) line.fill(null, filled + 1, Math.max(0, Math.min(places, mine * 2)));
      else if (index > first && ring.at(index - 1) < from && mine > 0) {
        filled = 0;
        line[0] = crossing(ring, index, from);
      }
      if (mine >= columns) {
        if (!gap && index > first && filled < places - 1) line[places - 1] = crossing(ring, index, to);
        break;
      }
      if (mine < 0) continue;
      column = mine;
      min = value;
      max = value;
      minFirst = true;
    } else if (value < min) {
      min = value;
      minFirst = false;
    } else if (value > max) {
      max = value;
      minFirst = true;
    }
  }
  close();
  return line;
}

/** The value that the line from the point before `index` to it has at a moment between them. */
function crossing(ring: Ring, index: number, moment: number): number {
  const interval = ring.at(index) - ring.at(index - 1);
  const share = interval > 0 ? (moment - ring.at(index - 1)) / interval : 1;
  return ring.value(index - 1) + (ring.value(index) - ring.value(index - 1)) * share;
}

/** The median of the intervals around a point: what is usual there, whatever it was before. Infinite where there are none. */
export function usualInterval(ring: Ring, index: number): number {
  const around: number[] = [];
  const low = Math.max(1, index - 8);
  const high = Math.min(ring.length - 1, index + 8);
  for (let place = low; place <= high; place++) {
    const interval = ring.at(place) - ring.at(place - 1);
    if (interval > 0) around.push(interval);
  }
  if (around.length === 0) return Number.POSITIVE_INFINITY;
  around.sort((a, b) => a - b);
  return around[(around.length - 1) >> 1] ?? Number.POSITIVE_INFINITY;
}

/** The places of a line that are shown as dots: all of a line with few values, else those that no line leads to. */
export function dotsOf(line: Line, few = 40): number[] {
  const values: number[] = [];
  const lone: number[] = [];
  let before: number | null = null;
  let open = -1;
  for (let place = 0; place < line.length; place++) {
    const value = line[place];
    if (value === null) {
      if (open !== -1) lone.push(open);
      open = -1;
      before = null;
    } else if (value !== undefined) {
      values.push(place);
      open = before === null ? place : -1;
      before = place;
    }
  }
  if (open !== -1) lone.push(open);
  return values.length <= few ? values : lone;
}
