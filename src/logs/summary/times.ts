import type { Stamp } from "../stamps/stamp.ts";

/** A stamp, and the line that bears it. */
export type At = { line: number; at: number; kind: Stamp["kind"] };
/** Two stamps behind each other that are far apart. */
export type Jump = { from: At; to: At };

/** Threads write past each other, so a little back is no jump; a station at rest may be silent for long. */
const backMs = 60_000;
const onMs = 3_600_000;
const mostJumps = 200;

/** What stamps tell in their order. */
export type Times = {
  stamped: number;
  first?: At;
  last?: At;
  jumps: Jump[];
  jumpCount: number;
};

export function noTimes(): Times {
  return { stamped: 0, jumps: [], jumpCount: 0 };
}

/** Takes the next stamp in. */
export function addStamp(times: Times, { at, kind }: Stamp, line: number): void {
  const next = { line, at, kind };
  times.stamped++;
  times.first ??= next;
  if (times.last) addJump(times, times.last, next);
  times.last = next;
}

/** Takes in what stands further down. */
export function addTimes(times: Times, later: Times): void {
  if (!later.first) return;
  times.first ??= later.first;
  if (times.last) addJump(times, times.last, later.first);
  times.last = later.last;
  times.stamped += later.stamped;
  times.jumpCount += later.jumpCount;
  times.jumps.push(...later.jumps.slice(0, mostJumps - times.jumps.length));
}

/** How far it is from one to the other. Where no year is told, a step back of most of one leads into the next. */
export function stepOf(from: At, to: At): number {
  const step = to.at - from.at;
  return to.kind === "yearless" && step < -yearMs / 2 ? step + yearMs : step;
}

/** Stamps without a year are held in one of 366 days. */
const yearMs = 366 * 86_400_000;

function addJump(times: Times, from: At, to: At): void {
  if (from.kind !== to.kind) return;
  const step = stepOf(from, to);
  if (step > -backMs && step < onMs) return;
  times.jumpCount++;
  if (times.jumps.length < mostJumps) times.jumps.push({ from, to });
}
