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

export type Focus = {
  station: StationSummary | null;
  stations: Watched<StationSummary[]>;
  /** Nobody is online, and no station was chosen: the next one is waited for, whoever is on record. */
  waiting: boolean;
  /** One waits, and the screen is not about the station heard of last, which the screens about a station show meanwhile. */
  idle: boolean;
};

/** Screens that are about one station, also while it is away. */
const ofOneStation: ReadonlySet<string> = new Set([
  "meters",
  "history",
  "messages",
  "findings",
  "transactions",
  "tokens",
  "configuration",
  "diagnostics",
  "files",
  "forward",
  "faults",
]);

/** The station in focus and all others. `station` is null while none is known. */
export function useFocus(): Focus {
  const { station: named, path } = useRoute();
  const stations = useWatch("stations.list", {});
  const station = stations.value ? chooseFocus(stations.value, named) : null;
  const waiting = named === null && station?.link.state !== "online";
  return { station, stations, waiting, idle: waiting && !ofOneStation.has(path) };
}

/** Writes the station online that was chosen for want of a wish into the route, so that the focus does not wander to another one when
 * this goes offline. */
export function useSteadyFocus(): void {
  const { station, waiting } = useFocus();
  const { station: named } = useRoute();
  const chosen = named === null && !waiting ? station?.identity : undefined;
  useEffect(() => {
    // Where the window is by now: a quick hand may have gone on since this was drawn.
    const { path, params, station: wanted } = parseRoute(window.location.hash);
    if (chosen === undefined || wanted !== null) return;
    window.location.replace(routeHash(path, { ...Object.fromEntries(params), station: chosen }));
  }, [chosen]);
}
