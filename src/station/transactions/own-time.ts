import { staleMs } from "../bounds.ts";
import type { Sampled, StationEvent } from "../events.ts";
import type { SampleGroup, StationState } from "../model.ts";
import { readStationTime } from "../time.ts";

/** No station that speaks OCPP over JSON is older; what says so has a clock that was never set, and tells no time. */
const earliest = Date.UTC(2010, 0, 1);

const day = 86_400_000;

/** When something happened by our clock: the station's time less the known offset of its clock, where that is before it came, else
 * when it came. Of a station whose clock is not known its time as it is: what is more than a day back was not queued, but is of a
 * clock that is set wrong.
 * @param at our clock, when it came */
export function ownTime(state: Pick<StationState, "clock">, stationTime: string | undefined, at: number): number {
  const time = readStationTime(stationTime);
  if (time === undefined || time < earliest) return at;
  if (!state.clock && at - time > day) return at;
  return Math.min(at, time - (state.clock?.offsetMs ?? 0));
}

/** The event as the time line has it: what was told late with when it happened. */
export function withOwnTime(state: Pick<StationState, "clock">, event: StationEvent): StationEvent {
  if (!("stationTime" in event) || event.stationTime === undefined) return event;
  const ownAt = ownTime(state, event.stationTime, event.at);
  const offline = "offline" in event && event.offline === true;
  return event.at - ownAt > staleMs || (offline && ownAt < event.at) ? { ...event, ownAt } : event;
}

/** Values of one instant with when they were measured by our clock. `late`: told so long after that they are not of now. */
export type PlacedGroup = SampleGroup & { measuredAt: number; late: boolean };

/** Values at their own times.
 * @param state with the clock as the event has it */
export function placeGroups(state: Pick<StationState, "clock">, event: Sampled & { at: number }): PlacedGroup[] {
  const { at, offline } = event;
  return event.groups.map(({ stationTime, samples }) => {
    const measuredAt = ownTime(state, stationTime, at);
    return { stationTime, samples, measuredAt, late: offline === true || at - measuredAt > staleMs };
  });
}

/** When something happened: by our clock, and by the station's as it wrote it, where it did. */
export type Moment = { ownAt: number; time?: number };

/** True for what is older than what stands. By the station's own clock as well, where both tell it: ours may have been corrected
 * between the two. */
export function isOlder(told: Moment, standing: Moment): boolean {
  if (told.ownAt >= standing.ownAt) return false;
  return told.time === undefined || standing.time === undefined || told.time < standing.time;
}
