import type { Handlers } from "../../lib/contract.ts";
import { dialectOf } from "../../ocpp/versions.ts";
import type { StationEntry } from "../../session/entry.ts";
import { replay } from "../../session/exchange.ts";
import type { EventBody, Sampled } from "../../station/events.ts";
import type { StoredFrame } from "../../store/frames.ts";
import type { ServiceContext } from "../context.ts";
import type { MeterPoint, meteringContract } from "./contract.ts";
import { gatherSeries } from "./logic.ts";

/** Rows read in one go; between two goes the stations are served. */
const batch = 2000;

/** Handlers of the meters: live values, and the past made anew from the frames on record. */
export function meteringHandlers({ frames, registry }: ServiceContext): Handlers<typeof meteringContract> {
  return {
    "metering.live": ({ station }, push) => {
      const listening = registry.sampled.on(({ entry, event }) => {
        if (entry.identity === station) push(toPoints(event, event.at, event.seq));
      });
      return { snapshot: [], close: () => void listening.dispose() };
    },
    "metering.range": async ({ station, from, to, maxPoints }) => {
      const entry = registry.get(station);
      if (!entry) return [];
      const series = gatherSeries();
      for (let at = frames.seqAt(from); ; ) {
        const rows = frames.between(at, Number.MAX_SAFE_INTEGER, { station: entry.id, direction: "in" }, batch);
        for (const row of rows) {
          if (row.at <= to) for (const point of pointsOf(entry, row)) series.add(point);
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

function pointsOf(entry: StationEntry, row: StoredFrame): MeterPoint[] {
  const version = entry.state.ocpp;
  if (!version || typeof row.data !== "string" || row.action === null) return [];
  const exchange = { direction: row.direction, text: row.data, answer: row.answer?.text ?? null, question: null };
  const events: EventBody[] = replay(dialectOf(version), exchange, { at: row.at, station: entry.state });
  return events.flatMap((event) => (event.kind === "sampled" ? toPoints(event, row.at, row.seq) : []));
}

function toPoints(event: Sampled, at: number, seq: number): MeterPoint[] {
  const { evse, connector, transaction } = event;
  return event.groups.map(({ stationTime, samples }) => ({
    at,
    seq,
    evse,
    connector,
    transaction,
    stationTime,
    samples,
  }));
}
