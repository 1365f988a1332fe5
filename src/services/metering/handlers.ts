import type { Handlers } from "../../lib/contract.ts";
import type { ServiceContext } from "../context.ts";
import type { meteringContract } from "./contract.ts";
import { gatherSeries } from "./logic.ts";
import { readPast, toPoints } from "./past.ts";

/** Rows read in one go; between two goes the stations are served. */
const batch = 2000;

/** Handlers of the meters: live values, and the past made anew from the frames on record. */
export function meteringHandlers({ frames, events, registry }: ServiceContext): Handlers<typeof meteringContract> {
  return {
    "metering.live": ({ station }, push) => {
      const listening = registry.sampled.on(({ entry, event }) => {
        if (entry.identity === station) push(toPoints(entry.state, event, event.seq));
      });
      return { snapshot: [], close: () => void listening.dispose() };
    },
    "metering.range": async ({ station, from, to, maxPoints }) => {
      const entry = registry.get(station);
      if (!entry) return [];
      const series = gatherSeries();
      const first = frames.seqAt(from);
      const pointsOf = readPast(entry, { events, frames }, first);
      for (let at = first; ; ) {
        const rows = frames.between(at, Number.MAX_SAFE_INTEGER, { station: entry.id }, batch);
        for (const row of rows) {
          if (row.at <= to) for (const point of pointsOf(row)) series.add(point);
        }
        const last = rows.at(-1);
        if (!last || rows.length < batch || last.at > to) break;
        at = last.seq + 1;
        await new Promise((resolve) => setImmediate(resolve));
      }
      return series.result(maxPoints);
    },
  };
}
