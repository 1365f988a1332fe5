import { useMemo, useSyncExternalStore } from "react";

/** Where the window is: `#/messages?station=CP1&seq=12`. */
export type Route = { path: string; params: URLSearchParams; station: string | null };

/** Reads a location hash. An empty one is the overview. */
export function parseRoute(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?", 2);
  const params = new URLSearchParams(query);
  return { path: path || "overview", params, station: params.get("station") };
}

/** The hash of a place. `undefined` values are left out. */
export function routeHash(path: string, params: Record<string, string | number | undefined> = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) if (value !== undefined) query.set(name, String(value));
  const text = query.toString();
  return text ? `#/${path}?${text}` : `#/${path}`;
}

/** Goes to a screen; the station in focus stays unless `params` names another. */
export function go(path: string, params: Record<string, string | number | undefined> = {}): void {
  const station = parseRoute(window.location.hash).station ?? undefined;
  window.location.hash = routeHash(path, { station, ...params });
}

/** Brings a station into focus without leaving the screen. */
export function focusStation(identity: string): void {
  go(parseRoute(window.location.hash).path, { station: identity });
}

/** The route, followed. */
export function useRoute(): Route {
  const hash = useSyncExternalStore(onHash, () => window.location.hash);
  return useMemo(() => parseRoute(hash), [hash]);
}

function onHash(listener: () => void): () => void {
  window.addEventListener("hashchange", listener);
  return () => window.removeEventListener("hashchange", listener);
}
