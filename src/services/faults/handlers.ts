import type { Handlers } from "../../lib/contract.ts";
import type { FaultBook } from "../../session/faults/fault-book.ts";
import type { Registry } from "../../session/registry.ts";
import type { StationEntry } from "../../session/station-entry.ts";
import { failure } from "../../station/failure.ts";
import { words } from "../../station/phrases.ts";
import type { FaultsState, faultsContract } from "./contract.ts";

/** Handlers of faults on purpose. */
export function faultsHandlers(context: { registry: Registry; faults: FaultBook }): Handlers<typeof faultsContract> {
  const { registry, faults } = context;
  function known(identity: string): StationEntry {
    const entry = registry.get(identity);
    if (!entry) throw failure("not-found", words("unknown-station", { identity }));
    return entry;
  }
  const stateOf = (identity: string): FaultsState => ({ active: [...faults.active(identity)] });
  return {
    "faults.state": ({ identity }, push) => {
      const listening = faults.changed.on((changed) => {
        if (changed === identity) push(stateOf(identity));
      });
      return { snapshot: stateOf(identity), close: () => void listening.dispose() };
    },
    "faults.set": ({ identity, fault, seconds }) => {
      faults.set(known(identity), fault, seconds);
      return stateOf(identity);
    },
    "faults.clear": ({ identity, kind }) => {
      faults.clear(known(identity), kind);
      return stateOf(identity);
    },
  };
}
