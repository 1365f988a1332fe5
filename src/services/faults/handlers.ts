import type { Handlers } from "../../lib/contract.ts";
import type { FaultBook } from "../../session/faults/fault-book.ts";
import type { Registry } from "../../session/registry.ts";
import type { FaultsState, faultsContract } from "./contract.ts";

/** Handlers of faults on purpose. */
export function faultsHandlers(context: { registry: Registry; faults: FaultBook }): Handlers<typeof faultsContract> {
  const { registry, faults } = context;
  const stateOf = (identity: string): FaultsState => ({ active: [...faults.active(identity)] });
  return {
    "faults.state": ({ identity }, push) => {
      const listening = faults.changed.on((changed) => {
        if (changed === identity) push(stateOf(identity));
      });
      return { snapshot: stateOf(identity), close: () => void listening.dispose() };
    },
    "faults.set": ({ identity, fault, seconds }) => {
      faults.set(registry.require(identity), fault, seconds);
      return stateOf(identity);
    },
    "faults.clear": ({ identity, kind }) => {
      faults.clear(registry.require(identity), kind);
      return stateOf(identity);
    },
  };
}
