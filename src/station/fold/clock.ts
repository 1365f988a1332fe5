import { staleMs } from "../bounds.ts";
import type { Sampled } from "../events.ts";
import type { ClockState, StationState } from "../model.ts";
import { readStationTime } from "../time.ts";
import type { Stamped } from "../transactions/ledger.ts";

const day = 86_400_000;
/** Whole seconds, and what the way takes. */
const toleranceMs = 2000;
/** Two times told so far apart by our clock, and as far apart by the station's, tell of a clock that runs. */
const runsMs = 5000;

/** Reads the station's clock off an event that tells a time. What is told late can only make the clock look slow: 1.6 has no word
 * for it, and sends what it kept while offline as if it were now. So a time that is no further back than the clock was is taken at
 * once, and so is one that agrees with ours, by which stations set theirs; one that is stands in doubt until another agrees with it
 * after a while, as a clock that was set back does and a queue that is worked off does not. Security and device events are left out:
 * they are kept and sent late as well. Of a station whose clock is not known a minute back is in doubt, too: most set theirs by ours. A status that is more
 * than a day back is not: no station queues those for so long. */
export function foldClock(
  state: StationState,
  event: Stamped<{ stationTime?: string; offline?: boolean } | Sampled>,
): StationState {
  if (event.offline) return state;
  const stationTime = "groups" in event ? sampledNow(event) : event.stationTime;
  const time = readStationTime(stationTime);
  if (stationTime === undefined || time === undefined) return state;
  const { clock, clockDoubt } = state;
  const said: ClockState = { offsetMs: time - event.at, at: event.at, frame: event.seq, stationTime };
  const isBack = clock
    ? said.offsetMs < clock.offsetMs - toleranceMs && Math.abs(said.offsetMs) > toleranceMs
    : isZoned(stationTime) && said.offsetMs < -staleMs && !("status" in event && said.offsetMs < -day);
  if (!isBack || (clockDoubt && runsBetween(clockDoubt, said))) {
    const next = clockDoubt ? { ...state, clock: said, clockDoubt: undefined } : { ...state, clock: said };
    // Who agrees with our clock as it is now has nothing to do with what it was.
    return state.ownClock && Math.abs(said.offsetMs) <= toleranceMs ? { ...next, ownClock: undefined } : next;
  }
  // The first of those that agree stays: the span counts from it.
  return clockDoubt && agree(clockDoubt, said) ? state : { ...state, clockDoubt: said };
}

/** A time without a zone is local where the station stands; one that is far back for that was not queued. */
function isZoned(stationTime: string): boolean {
  return /(?:[Zz]|[+-]\d\d(?::?\d\d)?)$/.test(stationTime.slice(10));
}

function agree(one: ClockState, other: ClockState): boolean {
  return Math.abs(one.offsetMs - other.offsetMs) <= toleranceMs;
}

function runsBetween(earlier: ClockState, later: ClockState): boolean {
  return agree(earlier, later) && later.at - earlier.at >= runsMs;
}

/** When the newest values were measured, if that was just now: values of a transaction's begin or end are told later. */
function sampledNow(event: Sampled): string | undefined {
  const group = event.groups.at(-1);
  return group?.samples.every((sample) => isCurrent(sample.context)) ? group.stationTime : undefined;
}

function isCurrent(context: string | undefined): boolean {
  return context === undefined || context === "Sample.Periodic" || context === "Sample.Clock" || context === "Trigger";
}
