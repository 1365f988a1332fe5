import type { Clock } from "../lib/clock.ts";
import type { Disposable } from "../lib/disposable.ts";
import type { Logger } from "../lib/logger.ts";
import { ownStepMs } from "../station/bounds.ts";
import type { OwnClockSet } from "../station/events.ts";
import type { Journal } from "./journal.ts";
import type { Registry } from "./registry.ts";
import type { StationEntry } from "./station-entry.ts";

const lookMs = 1000;

export type OwnClockOptions = { registry: Registry; journal: Journal; clock: Clock; log: Logger };

/** Watches this computer's own clock. */
export type OwnClock = Disposable & {
  /** Looks whether it was set since the last look. Cheap, and not within the handling of a frame. */
  look(): void;
};

/** Tells each station's record when our own clock was set: what it says of time is not the station's doing. A sleep of the computer is
 * no setting: the clock went on. A station that is away is told of it once it is back. */
export function watchOwnClock({ registry, journal, clock, log }: OwnClockOptions): OwnClock {
  const owed = new Map<StationEntry, OwnClockSet>();
  let wall = clock.now();
  let ran = clock.monotonic();
  // Since the machine started, less what ran: grows by each sleep.
  let asleep = asleepFor();

  function asleepFor(): number | null {
    const up = clock.sinceBoot();
    return up === null ? null : up - clock.monotonic();
  }

  function look(): void {
    const now = clock.now();
    const monotonic = clock.monotonic();
    const gap = now - wall - (monotonic - ran);
    wall = now;
    ran = monotonic;
    if (Math.abs(gap) < ownStepMs) return;
    const before = asleep;
    asleep = asleepFor();
    const slept = before === null || asleep === null ? null : asleep - before;
    // What the system tells of its sleep is told in seconds.
    const byMs = Math.round((gap - (slept !== null && slept > lookMs ? slept : 0)) / 1000) * 1000;
    if (Math.abs(byMs) < ownStepMs) return;
    tell({ kind: "own-clock-set", byMs, ...(slept === null && byMs > 0 && { orSlept: true as const }) });
  }

  function tell(event: OwnClockSet): void {
    log.warn("the computer's clock was set", { byMs: event.byMs });
    for (const entry of registry.all()) {
      if (entry.session) journal.write(entry, event);
      else if (entry.state.link.state !== "never") owed.set(entry, sum(owed.get(entry), event));
    }
  }

  const timer = clock.every(lookMs, () => {
    look();
    // The two clocks of the system drift apart in days.
    asleep = asleepFor();
  });
  const following = [
    registry.changed.on((entry) => {
      const event = entry.state.link.state === "online" ? owed.get(entry) : undefined;
      if (!event) return;
      owed.delete(entry);
      journal.write(entry, event);
    }),
    registry.forgotten.on((entry) => void owed.delete(entry)),
  ];
  return {
    look,
    dispose() {
      timer.stop();
      for (const one of following) void one.dispose();
    },
  };
}

function sum(before: OwnClockSet | undefined, { byMs, orSlept }: OwnClockSet): OwnClockSet {
  const either = before?.orSlept ?? orSlept;
  return { kind: "own-clock-set", byMs: (before?.byMs ?? 0) + byMs, ...(either && { orSlept: either }) };
}
