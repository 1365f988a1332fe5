import { mostConnectors, mostConnectorsInAll, mostEvses, mostSeries, mostSeriesInAll } from "../bounds.ts";
import type { Sampled, StationEvent } from "../events.ts";
import { findEvse } from "../evses.ts";
import { type Finding, observed } from "../findings.ts";
import type { Sample, StationState } from "../model.ts";
import { words } from "../phrases.ts";

/** An event as far as the state has room for it (null: none), and what did not fit. */
export type Fitted = { event: StationEvent | null; findings: Finding[] };

/** Looks whether a state has room for what an event would teach it: another EVSE, connector or series. A station that invents them
 * without end must not fill the memory. Pure, so that the state is the same live and after a restart. */
export function fitEvent(state: StationState, event: StationEvent): Fitted {
  switch (event.kind) {
    case "status":
    case "sampled":
    case "transaction-started":
    case "transaction-updated":
    case "transaction-ended":
      return fitPlace(state, event);
    default:
      return { event, findings: none };
  }
}

const none: Finding[] = [];

type PlacedEvent = Extract<StationEvent, { kind: "status" | "sampled" | `transaction-${string}` }>;

function fitPlace(state: StationState, event: PlacedEvent): Fitted {
  const { evse = 0, connector = 0 } = event;
  const known = evse > 0 ? findEvse(state, evse) : undefined;
  if (evse > 0 && !known && state.evses.length >= mostEvses) {
    return { event: null, findings: [full("EVSE", evse, mostEvses)] };
  }
  const isNew = evse > 0 && connector > 1 && !known?.connectors.some((item) => item.connector === connector);
  if (isNew) {
    const most = (known?.connectors.length ?? 0) >= mostConnectors ? mostConnectors : mostConnectorsInAll;
    const inAll = state.evses.reduce((sum, { connectors }) => sum + connectors.length, 0);
    if (most === mostConnectors || inAll >= mostConnectorsInAll) {
      return { event: null, findings: [full(`connector, EVSE ${evse}`, connector, most)] };
    }
  }
  return event.kind === "sampled" ? fitSeries(state, event) : { event, findings: none };
}

function fitSeries(state: StationState, event: StationEvent & Sampled): Fitted {
  const live = event.evse > 0 ? findEvse(state, event.evse)?.live : state.live;
  const held = live?.length ?? 0;
  const coming = event.groups.reduce((sum, { samples }) => sum + samples.length, 0);
  const inAll = seriesInAll(state);
  if (held + coming <= mostSeries && inAll + coming <= mostSeriesInAll) return { event, findings: none };
  const room = Math.min(mostSeries - held, mostSeriesInAll - inAll);
  const known = new Set(live?.map(seriesOf));
  const all = held + Math.max(0, room);
  let left = 0;
  const groups = event.groups.map((group) => ({
    ...group,
    samples: group.samples.filter((sample) => {
      const series = seriesOf(sample);
      if (known.has(series)) return true;
      if (known.size < all) return known.add(series).size > 0;
      left++;
      return false;
    }),
  }));
  if (left === 0) return { event, findings: none };
  const findings = [full(`series, EVSE ${event.evse}`, all + left, all)];
  return { event: { ...event, groups: groups.filter(({ samples }) => samples.length > 0) }, findings };
}

/** Most stations have few EVSEs: then none of them can fill all that there is. */
function seriesInAll(state: StationState): number {
  if ((state.evses.length + 1) * mostSeries <= mostSeriesInAll) return 0;
  return state.evses.reduce((sum, { live }) => sum + live.length, state.live.length);
}

function seriesOf({ measurand, phase, location }: Sample): string {
  return JSON.stringify([measurand, phase, location ?? "Outlet"]);
}

function full(what: string, said: number, limit: number): Finding {
  return observed("state-full", what, String(said), words("at-most-entries", { limit }));
}
