import { createEmitter, type Emitter } from "../../lib/emitter.ts";
import type { Logger } from "../../lib/logger.ts";

/** A station that is not on the list and was not let in: it waits for a decision, or the policy refused it. */
export type WaitingStation = {
  identity: string;
  /** `asked`: held until somebody decides; `refused`: turned away by the policy. */
  state: "asked" | "refused";
  remoteAddress: string;
  firstAt: number;
  lastAt: number;
  tries: number;
};

/** Those who wait at the door. Not kept over a restart: they dial again. */
export type WaitingStations = {
  list(): WaitingStation[];
  note(accessRequest: { identity: string; remoteAddress: string }, state: WaitingStation["state"], at: number): void;
  /** Somebody has decided, or it was let in. */
  forget(identity: string): void;
  readonly changed: Emitter<void>;
};

const most = 100;

/** Makes the list of those who wait; past a hundred, the one that was longest silent is forgotten. */
export function createWaitingStations(log: Logger): WaitingStations {
  const waiting = new Map<string, WaitingStation>();
  const changed = createEmitter<void>(log);
  return {
    list: () => [...waiting.values()],
    note({ identity, remoteAddress }, state, at) {
      const known = waiting.get(identity);
      waiting.delete(identity);
      const { firstAt, tries } = known ?? { firstAt: at, tries: 0 };
      waiting.set(identity, { identity, state, remoteAddress, firstAt, lastAt: at, tries: tries + 1 });
      if (waiting.size > most) waiting.delete(waiting.keys().next().value ?? "");
      changed.emit();
    },
    forget(identity) {
      if (waiting.delete(identity)) changed.emit();
    },
    changed,
  };
}
