import type { HoldRule, Way } from "../../station/forward.ts";
import type { FrameEntry } from "../../store/recorder.ts";

/** Nothing is held. */
export const holdNothing: HoldRule = { up: false, down: false, actions: [] };

/** A frame on its way through the laptop. */
export type Passing = {
  way: Way;
  data: Uint8Array;
  binary: boolean;
  /** As text, broken letters replaced. */
  text: string;
  action: string | null;
  /** Its row of the record. */
  row: FrameEntry;
};

/** True for a frame that the rule holds back. */
export function holds(rule: HoldRule, way: Way, action: string | null): boolean {
  if (!rule[way]) return false;
  if (rule.actions.length === 0) return true;
  return action !== null && rule.actions.some((name) => name.toLowerCase() === action.toLowerCase());
}

const mostHeld = 500;

/** Frames that wait for a hand, oldest first; each by the number of its row. */
export class Held<P extends Passing> {
  #frames: P[] = [];

  get all(): readonly P[] {
    return this.#frames;
  }

  /** Keeps a frame; false when there are too many already. */
  keep(frame: P): boolean {
    if (this.#frames.length >= mostHeld) return false;
    this.#frames.push(frame);
    return true;
  }

  /** Hands a frame out; undefined when none with this number waits. */
  take(seq: number): P | undefined {
    const at = this.#frames.findIndex(({ row }) => row.seq === seq);
    return at === -1 ? undefined : this.#frames.splice(at, 1)[0];
  }

  /** Hands out those that a rule does not hold any more, in their order. */
  takeFreed(rule: HoldRule): P[] {
    const freed = this.#frames.filter(({ way, action }) => !holds(rule, way, action));
    this.#frames = this.#frames.filter(({ way, action }) => holds(rule, way, action));
    return freed;
  }

  /** Hands out all. */
  takeAll(): P[] {
    return this.#frames.splice(0);
  }
}
