import type { Disposable } from "../../lib/disposable.ts";
import type { Emitter } from "../../lib/emitter.ts";
import type { Logger } from "../../lib/logger.ts";
import type { ListeningPlace } from "./contract.ts";

export type PortHolders = Disposable & {
  /** The places, each with the program that has its port, where that is known. */
  told(places: readonly ListeningPlace[]): ListeningPlace[];
};

export type PortHoldersOptions = {
  listening: () => readonly ListeningPlace[];
  /** Another place is open, or one is shut. */
  changed: Pick<Emitter<void>, "on">;
  /** Which program has a port, other than this one. */
  ask: (port: number) => Promise<string | null>;
  log: Logger;
};

/** Finds out which programs have the ports that we wanted: asked once for each port, whenever the places change. */
export function followPortHolders({ listening, changed, ask, log }: PortHoldersOptions): PortHolders {
  let holders = new Map<number, string>();
  let turn = 0;

  async function look(): Promise<void> {
    const own = ++turn;
    const ports = new Set(listening().filter(isHeld).map(portOf));
    const found = new Map<number, string>();
    for (const port of ports) {
      const program = await ask(port);
      // The places have changed meanwhile.
      if (own !== turn) return;
      if (program === null) continue;
      found.set(port, program);
      if (holders.get(port) !== program) log.warn(`port ${port} is held by ${program}`);
    }
    holders = found;
  }

  const following = changed.on(() => void look());
  void look();
  return {
    told: (places) =>
      places.map((place) => {
        const heldBy = isHeld(place) ? holders.get(portOf(place)) : undefined;
        return heldBy === undefined ? place : { ...place, heldBy };
      }),
    dispose() {
      turn++;
      void following.dispose();
    },
  };
}

/** Whether another program may have what we wanted. */
function isHeld({ port, wanted, problem, shadowed }: ListeningPlace): boolean {
  return shadowed === true || problem === "EADDRINUSE" || (problem === undefined && port !== wanted);
}

function portOf({ port, wanted, shadowed }: ListeningPlace): number {
  return shadowed ? port : wanted;
}
