import { momentCharacters, momentEvery } from "../../station/bounds.ts";
import type { StationState } from "../../station/model.ts";
import type { Trace } from "../station-entry.ts";

/** @param numbers of its rows since its last moment on record
 * @param anew there is nothing to go on from */
export function newTrace(numbers: number[] | null, anew = false): Trace {
  return { moments: [], numbers, weight: numbers?.length ?? 0, anew };
}

/** Notes an entry of the record that is folded. True when a moment is due.
 * @param characters of a frame; null for an entry of our own, which has an index */
export function noteEntry(trace: Trace, seq: number, characters: number | null): boolean {
  if (characters !== null) trace.numbers?.push(seq);
  trace.weight += 1 + ((characters ?? 0) * momentEvery) / momentCharacters;
  return trace.weight >= momentEvery;
}

/** Takes a moment. Not within the handling of a frame: the state is between two then. */
export function takeMoment(trace: Trace, state: StationState): void {
  // What a frame brings about may have a number, and be noted, before it.
  trace.moments.push({ state, numbers: trace.numbers && inOrder(trace.numbers) });
  trace.numbers = [];
  trace.weight = 0;
}

export function inOrder(numbers: readonly number[]): number[] {
  return [...numbers].sort((one, other) => one - other);
}
