import { useState } from "react";
import type { SimulatorAction } from "../../../src/services/simulator/contract.ts";
import { useCall } from "../../core/core.tsx";

/** Does something to a virtual station and keeps the outcome of the last thing done.
 * @param evse the connector's; absent for the link, which belongs to the whole station */
export function useHand(identity: string, evse?: number) {
  const act = useCall("simulator.act");
  const [done, setDone] = useState<{ action: SimulatorAction; at: number } | null>(null);
  async function run(action: SimulatorAction, value?: string): Promise<void> {
    if (act.busy) return;
    if (await act.run({ identity, action, evse: evse ?? 1, value })) setDone({ action, at: Date.now() });
  }
  return { run, busy: act.busy, error: act.error, done };
}

export type Hand = ReturnType<typeof useHand>;
