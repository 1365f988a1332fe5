import { useEffect } from "react";
import type { StationSummary } from "../../src/services/stations/contract.ts";
import { useWatch } from "../core/core.tsx";
import type { Watched } from "../core/feeds.ts";
import { parseRoute, routeHash, useRoute } from "./routes.ts";

/** The station in focus: the route's, else the one online that was heard of last, else the one heard of last. */
export function chooseFocus(stations: readonly StationSummary[], wanted: string | null): StationSummary | null {
  const named = stations.find((station) => station.identity === wanted);
  if (named) return named;
  const online = stations.filter((station) => station.link.state === "online");
  const candidates = online.length > 0 ? online : stations;
  // The first seen keeps the focus among those online: it must not wander with every frame.
  if (online.length > 0) return candidates[0] ?? null;
  return [...candidates].sort((a, b) => b.lastSeenAt - a.lastSeenAt)[0] ?? null;
}

/** The station in focus and all others. `station` is null while none is known. */
export function useFocus(): { station: StationSummary | null; stations: Watched<StationSummary[]> } {
  const { station } = useRoute();
  const stations = useWatch("stations.list", {});
  return { station: stations.value ? chooseFocus(stations.value, station) : null, stations };
}

/** Writes the station that was chosen for want of a wish into the route, so that the focus does not wander to another one
 * when this goes offline. */
export function useSteadyFocus(): void {
  const { station: named } = useRoute();
  const { station } = useFocus();
  const chosen = named === null ? station?.identity : undefined;
  useEffect(() => {
    // Where the window is by now: a quick hand may have gone on since this was drawn.
    const { path, params, station: wanted } = parseRoute(window.location.hash);
    if (chosen === undefined || wanted !== null) return;
    window.location.replace(routeHash(path, { ...Object.fromEntries(params), station: chosen }));
  }, [chosen]);
}
