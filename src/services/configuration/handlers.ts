import type { Handlers } from "../../lib/contract.ts";
import type { ServiceContext } from "../context.ts";
import type { configurationContract } from "./contract.ts";
import { bookOf } from "./logic.ts";

/** Handlers of the configuration: made anew from the record when somebody looks, and kept up while they do. */
export function configurationHandlers({
  events,
  registry,
  recorder,
}: ServiceContext): Handlers<typeof configurationContract> {
  return {
    "configuration.live": ({ station }, push) => {
      // What waits to be stored comes by the listening.
      recorder.flush();
      const book = bookOf(events, registry.get(station)?.id);
      const listening = recorder.stored.on((stored) => {
        let changed = false;
        for (const entry of stored.events) {
          if (entry.station.identity === station && book.take(entry.event)) changed = true;
        }
        if (changed) push(() => book.get());
      });
      return { snapshot: book.get(), close: () => void listening.dispose() };
    },
  };
}
