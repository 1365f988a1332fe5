import { newStation, type StationState, stateShape } from "../../station/model.ts";

/** Reads a state as it was kept. A kept state is a cache: one that does not look like a state of this station is made anew.
 * `other-shape`: of another version of ours; `damaged`: of none. */
export function readKeptState(text: string, identity: string): StationState | "other-shape" | "damaged" {
  try {
    const state = JSON.parse(text) as { shape?: unknown } | null;
    if (isStation(state, identity)) return state;
    return state?.shape === stateShape ? "damaged" : "other-shape";
  } catch {
    return "damaged";
  }
}

/** Whether it has the parts of a state, each of its kind. */
function isStation(value: unknown, identity: string): value is StationState {
  if (!isAlike(value, newStation(identity, 0))) return false;
  const { shape, identity: whose } = value as StationState;
  return shape === stateShape && whose === identity;
}

function isAlike(value: unknown, blank: unknown): boolean {
  if (Array.isArray(blank)) return Array.isArray(value) && value.every((item) => item !== null);
  if (typeof blank !== "object" || blank === null) return typeof value === typeof blank;
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(blank).every(([name, part]) => isAlike((value as Record<string, unknown>)[name], part));
}
