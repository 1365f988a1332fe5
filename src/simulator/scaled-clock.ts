import type { Clock, Timer } from "../lib/clock.ts";
import type { Disposable } from "../lib/disposable.ts";

/** A station's own clock. Disposing of it stops every timer that was set with it, and lets none be set after. */
export type StationClock = Clock & Disposable;

/** A clock that runs `speed` times faster than `base`, timers included. Its wall clock starts at the real now.
 * @param speed greater than 0; 60 makes a station's hour last a minute */
export function createScaledClock(base: Clock, speed: number): StationClock {
  const start = base.now();
  const zero = base.monotonic();
  const running = new Set<Timer>();
  let disposed = false;
  const elapsed = () => (base.monotonic() - zero) * speed;

  function keep(timer: Timer): Timer {
    const kept: Timer = {
      stop() {
        running.delete(kept);
        timer.stop();
      },
    };
    if (disposed) timer.stop();
    else running.add(kept);
    return kept;
  }

  return {
    now: () => start + elapsed(),
    monotonic: elapsed,
    sinceBoot: elapsed,
    after(ms, task) {
      const timer = keep(
        base.after(ms / speed, () => {
          running.delete(timer);
          task();
        }),
      );
      return timer;
    },
    every: (ms, task) => keep(base.every(ms / speed, task)),
    dispose() {
      disposed = true;
      for (const timer of [...running]) timer.stop();
    },
  };
}
