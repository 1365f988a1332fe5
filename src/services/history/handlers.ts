import type { Handlers } from "../../lib/contract.ts";
import type { ServiceContext } from "../context.ts";
import type { historyContract } from "./contract.ts";
import { historyOf, toFilter } from "./logic.ts";

const shownAtFirst = 100;

/** Handlers of the time line. */
export function historyHandlers({ events, registry, recorder }: ServiceContext): Handlers<typeof historyContract> {
  const history = historyOf({ events, registry });
  return {
    "history.page": (query) => history.page(query),
    "history.live": ({ station, groups }, push) => {
      const filter = toFilter(station, groups);
      const listening = recorder.stored.on(({ events: stored }) => {
        const entries = stored
          .filter((item) => (!station || item.station.identity === station) && filter.takes(item.event))
          .map((item) => ({ station: item.station.identity, event: item.event }));
        if (entries.length > 0) push(entries);
      });
      const snapshot = history.read("newest", Number.MAX_SAFE_INTEGER, filter, shownAtFirst).reverse();
      return { snapshot, close: () => void listening.dispose() };
    },
  };
}
