import type { TimelineRow } from "./time-line.ts";

/** The line over the entries that says where the record begins, px. */
export const edgeHeight = 56;
/** A day's heading, px. */
export const dayHeight = 33;

/** The height of a row before it was drawn, px. */
export function estimateHeight(row: TimelineRow | undefined): number {
  return row?.day === undefined ? 40 : 40 + dayHeight;
}

/** The first row that can be opened, seen from one end; -1 when none can. */
export function endOf(rows: readonly TimelineRow[], end: "first" | "last"): number {
  return end === "first" ? rows.findIndex(opens) : rows.findLastIndex(opens);
}

/** Where one comes by a key: to the next row that can be opened, a page on, and no further than the last such row that way; null
 * for a key that does not walk. */
export function walk(rows: readonly TimelineRow[], key: string, index: number, page: number): number | null {
  const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page }[key];
  if (steps === undefined) return null;
  const way = Math.sign(steps);
  const aim = Math.min(rows.length - 1, Math.max(0, index + steps));
  for (let place = aim; place >= 0 && place < rows.length; place += way) if (opens(rows[place])) return place;
  for (let place = aim; place !== index; place -= way) if (opens(rows[place])) return place;
  return index;
}

function opens(row: TimelineRow | undefined): boolean {
  return row?.entry.frame !== undefined;
}
