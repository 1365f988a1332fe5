/** How soon what has ended by itself is started again, and how often at the most. */
export type Restarts = {
  /** It has just ended. `wait`: milliseconds until it may be started again; `count`: how many ends there were in the window, this
   * one among them; `spent`: the limit is reached, and `wait` lasts until there is room in the window again. */
  ended(): { wait: number; count: number; spent: boolean };
};

/** At most so many starts within so many minutes: what dies at once each time is not helped by another start. */
export const restartLimit = { most: 5, minutes: 10 } as const;

const firstWait = 500;
const longestWait = 10_000;

/** Counts ends: the first is followed by a start after 0.5 s, doubling to 10 s.
 * @param monotonic milliseconds that never run backwards */
export function createRestarts(monotonic: () => number): Restarts {
  const windowMs = restartLimit.minutes * 60_000;
  let ends: number[] = [];
  return {
    ended() {
      const now = monotonic();
      ends = ends.filter((at) => at > now - windowMs);
      ends.push(now);
      const count = ends.length;
      const wait = Math.min(firstWait * 2 ** (count - 1), longestWait);
      const oldest = ends.at(-restartLimit.most - 1);
      if (oldest === undefined) return { wait, count, spent: false };
      return { wait: Math.max(wait, oldest + windowMs - now), count, spent: true };
    },
  };
}
