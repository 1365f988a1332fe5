import type { Disposable } from "../../lib/disposable.ts";
import type { BootStep } from "../../store/access.ts";
import type { Recorder } from "../../store/recorder.ts";
import type { AccessBook } from "./logic.ts";

/** What is left of a plan when a boot was answered by its first step. */
function afterBoot([first, ...others]: readonly BootStep[]): BootStep[] {
  if (!first) return [];
  return first.times > 1 ? [{ ...first, times: first.times - 1 }, ...others] : others;
}

/** Counts off the planned answers to a station's boots, as they are on record. A boot that was answered otherwise (from above, in
 * forward mode) does not count. */
export function followBootPlans({ recorder, access }: { recorder: Recorder; access: AccessBook }): Disposable {
  return recorder.stored.on(({ events }) => {
    for (const { station, event } of events) {
      if (event.kind !== "booted") continue;
      const plan = access.find(station.identity)?.bootPlan;
      if (plan?.[0]?.status !== event.answered) continue;
      const left = afterBoot(plan);
      access.change(station.identity, { bootPlan: left.length > 0 ? left : undefined });
    }
  });
}
