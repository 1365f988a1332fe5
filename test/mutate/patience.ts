/** How many times as long as the tests without a fault those with one may take. */
const factor = 5;
/** A few tests are over at once, and then a pause of the machine weighs more than they do. */
const leastMs = 20_000;

/** How long a fault is waited for, in milliseconds, before it counts as one that makes a loop endless.
 * @param controlMs what the same tests took last without a fault */
export function limitOf(controlMs: number): number {
  return Math.max(leastMs, factor * controlMs);
}

/** Whether it was the machine that was slow and not the fault: the tests without one would now be given more than was waited. */
export function wasSlow(waitedMs: number, controlMs: number): boolean {
  return waitedMs < limitOf(controlMs);
}
