import { uptime } from "node:os";

/** A running timer that can be stopped. */
export type Timer = { stop(): void };

/** Time as the core sees it. Injected, so that tests turn it by hand and never sleep. */
export type Clock = {
  /** Wall clock, milliseconds since 1970 UTC, with fractions. */
  now(): number;
  /** Milliseconds that never run backwards; for durations and latencies. They may stand still while the computer sleeps. */
  monotonic(): number;
  /** Milliseconds since the computer started, its sleep among them, whatever its clock is set to; null where that is not known. */
  sinceBoot(): number | null;
  /** Runs `task` once after `ms` milliseconds. */
  after(ms: number, task: () => void): Timer;
  /** Runs `task` every `ms` milliseconds until stopped. */
  every(ms: number, task: () => void): Timer;
};

let origin = performance.timeOrigin;
const allowedDriftMs = 2;

/** Wall clock with fractions of a millisecond; follows the system's when that is set, or when the laptop slept. */
function fineNow(): number {
  const wall = Date.now();
  const fine = origin + performance.now();
  if (Math.abs(wall - fine) <= allowedDriftMs) return fine;
  origin += wall - fine;
  return wall;
}

function sinceBoot(): number | null {
  try {
    return uptime() * 1000;
  } catch {
    return null;
  }
}

/** The longest that a timer of the machine runs; a longer one would end at once. */
const longestMs = 2 ** 31 - 1;

/** The machine's clock. */
export const systemClock: Clock = {
  now: fineNow,
  monotonic: () => performance.now(),
  sinceBoot,
  after(ms, task) {
    const handle = setTimeout(task, Math.min(ms, longestMs));
    return { stop: () => clearTimeout(handle) };
  },
  every(ms, task) {
    const handle = setInterval(task, Math.min(ms, longestMs));
    return { stop: () => clearInterval(handle) };
  },
};

/** The same clock, whose timers end nothing: what a task throws goes to `onError`, and a repeating one goes on. */
export function guardedClock(clock: Clock, onError: (error: unknown) => void): Clock {
  function guarded(task: () => void): () => void {
    return () => {
      try {
        task();
      } catch (error) {
        onError(error);
      }
    };
  }
  return {
    now: () => clock.now(),
    monotonic: () => clock.monotonic(),
    sinceBoot: () => clock.sinceBoot(),
    after: (ms, task) => clock.after(ms, guarded(task)),
    every: (ms, task) => clock.every(ms, guarded(task)),
  };
}

/** A clock that moves only when told; timers that fall due run in order of their time. */
export type ManualClock = Clock & {
  advance(ms: number): void;
  /** Sets the wall clock forward or back; nothing else moves. */
  set(byMs: number): void;
  /** The computer sleeps: its clock goes on, what counts milliseconds and the timers do not. */
  sleep(ms: number): void;
};

/** Makes a hand-turned clock for tests and for virtual stations.
 * @param start wall clock at the beginning, milliseconds since 1970 UTC */
export function createManualClock(start = Date.UTC(2026, 0, 1)): ManualClock {
  let elapsed = 0;
  let asleep = 0;
  let moved = 0;
  let order = 0;
  const due = new Map<number, { at: number; every?: number; task: () => void }>();
  function schedule(at: number, task: () => void, every?: number): Timer {
    const id = order++;
    due.set(id, { at, task, every });
    return { stop: () => due.delete(id) };
  }
  return {
    now: () => start + elapsed + asleep + moved,
    monotonic: () => elapsed,
    sinceBoot: () => elapsed + asleep,
    set(byMs) {
      moved += byMs;
    },
    sleep(ms) {
      asleep += ms;
    },
    // As the machine takes it: what is no length of time is the shortest.
    after: (ms, task) => schedule(elapsed + (ms || 0), task),
    every: (ms, task) => schedule(elapsed + (ms || 1), task, ms || 1),
    advance(ms) {
      const end = elapsed + ms;
      for (;;) {
        let next: [number, { at: number; every?: number; task: () => void }] | undefined;
        for (const entry of due) if (entry[1].at <= end && (!next || entry[1].at < next[1].at)) next = entry;
        if (!next) break;
        const [id, timer] = next;
        elapsed = Math.max(elapsed, timer.at);
        if (timer.every) timer.at += Math.max(timer.every, 1);
        else due.delete(id);
        timer.task();
      }
      elapsed = end;
    },
  };
}
