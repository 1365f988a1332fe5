import type { PowerSaveBlocker } from "electron";

/** Keeps the laptop from sleeping while there is a reason to. */
export type PowerKeeper = {
  /** Adds or removes a reason; the same one counts once. */
  set(reason: string, on: boolean): void;
};

/** The display may go dark; only the suspension of the program is held off. */
export function createPowerKeeper(blocker: Pick<PowerSaveBlocker, "start" | "stop">): PowerKeeper {
  const reasons = new Set<string>();
  let id: number | null = null;
  return {
    set(reason, on) {
      if (on) reasons.add(reason);
      else reasons.delete(reason);
      if (reasons.size > 0 && id === null) id = blocker.start("prevent-app-suspension");
      if (reasons.size === 0 && id !== null) {
        blocker.stop(id);
        id = null;
      }
    },
  };
}
