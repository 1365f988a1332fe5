import type { Handlers } from "../lib/contract.ts";
import type { simulatorContract } from "../services/simulator/contract.ts";
import type { Fleet } from "./fleet.ts";

/** Handlers of the virtual stations. */
export function simulatorHandlers(fleet: Fleet): Handlers<typeof simulatorContract> {
  return {
    "simulator.list": (_input, push) => {
      const listening = fleet.onChange(() => push(() => fleet.list()));
      return { snapshot: fleet.list(), close: () => void listening.dispose() };
    },
    "simulator.start": (input) => fleet.start(input),
    "simulator.stop": async ({ identity }) => {
      await fleet.stop(identity);
      return null;
    },
    "simulator.misbehave": ({ identity, quirks }) => fleet.misbehave(identity, quirks),
    "simulator.act": ({ identity, action, evse, value }) => fleet.act(identity, action, evse, value),
  };
}
