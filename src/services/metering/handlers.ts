import type { Handlers } from "../../lib/contract.ts";
import type { ServiceContext } from "../context.ts";
import type { meteringContract } from "./contract.ts";
import { gatherSeries } from "./logic.ts";
import { toPoints, walkPast } from "./past.ts";
import { asReference, type Reference } from "./references.ts";

/** Handlers of the meters: live values, and the past made anew from the frames on record. */
export function meteringHandlers(
  { frames, events, registry }: ServiceContext,
  referencesOf: (station: string) => readonly Reference[],
): Handlers<typeof meteringContract> {
  return {
    "metering.live": ({ station }, push) => {
      const listening = registry.sampled.on(({ entry, event }) => {
        if (entry.identity === station) push(toPoints(entry.state, event, event.seq));
        const reference = referencesOf(station).find(({ meter }) => meter === entry.identity);
        if (reference) push(toPoints(entry.state, event, event.seq).map((point) => asReference(point, reference.evse)));
      });
      return { snapshot: [], close: () => void listening.dispose() };
    },
    "metering.range": async ({ station, from, to, maxPoints }) => {
      const entry = registry.get(station);
      if (!entry) return [];
      const series = gatherSeries();
      for await (const points of walkPast(entry, { events, frames }, { from, to })) {
        for (const point of points) series.add(point);
      }
      for (const { meter, evse } of referencesOf(station)) {
        const beside = registry.get(meter);
        if (!beside) continue;
        for await (const points of walkPast(beside, { events, frames }, { from, to })) {
          for (const point of points) series.add(asReference(point, evse));
        }
      }
      return series.result(maxPoints);
    },
  };
}
