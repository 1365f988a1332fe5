import type { Handlers } from "../../lib/contract.ts";
import type { MomentsRepository } from "../../store/moments/moments.ts";
import type { ServiceContext } from "../context.ts";
import type { transactionsContract } from "./contract.ts";
import { eventsOf, transactionsPage } from "./logic.ts";

/** Handlers of the transactions, those of long ago as well. */
export function transactionsHandlers(
  { registry, recorder, frames, events, log }: ServiceContext,
  moments: MomentsRepository,
): Handlers<typeof transactionsContract> {
  const parts = { frames, events, moments, log };
  return {
    "transactions.page": ({ station, ...asked }) => {
      const entry = registry.require(station);
      recorder.flush();
      return transactionsPage(entry, parts, asked);
    },
    "transactions.events": ({ station, ...asked }) => {
      const entry = registry.require(station);
      recorder.flush();
      return eventsOf(entry, parts, asked).map((event) => ({ station, event }));
    },
  };
}
