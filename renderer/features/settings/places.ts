import type { ListeningPlace } from "../../../src/services/connection/contract.ts";
import { type Settings, settingsShape } from "../../../src/services/settings/contract.ts";
import type { Attempt } from "../../../src/station/attempts.ts";

/** A place as the settings keep it. */
export type Place = Settings["listeners"][number];

/** A place as typed. */
export type PlaceDraft = { host: string; port: string; mode: Place["mode"] };

/** Keys of `settings.places.problem`. */
export type PlaceProblem = "host" | "port" | "taken";

export const modes = settingsShape.shape.listeners.element.shape.mode.options;
export const mostPlaces = 8;

const everywhere = ["0.0.0.0", "::"];
const hostForm = /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(?:%[\w.-]+)?)$/;

/** Reads a place as typed.
 * @param others the places beside it: two that take the same port of the same address cannot both be open */
export function readPlace(
  draft: PlaceDraft,
  others: readonly Place[],
): { place: Place; problem?: never } | { place?: never; problem: PlaceProblem } {
  const host = draft.host.trim().replace(/^\[(.*)\]$/, "$1");
  if (!hostForm.test(host)) return { problem: "host" };
  const port = /^\d{1,5}$/.test(draft.port.trim()) ? Number(draft.port) : Number.NaN;
  const read = settingsShape.shape.listeners.element.safeParse({ host, port, mode: draft.mode });
  if (!read.success) return { problem: "port" };
  if (others.some((other) => overlap(other, read.data))) return { problem: "taken" };
  return { place: read.data };
}

function overlap(one: Place, other: Place): boolean {
  if (one.port !== other.port) return false;
  const hosts = [one.host.toLowerCase(), other.host.toLowerCase()];
  return hosts[0] === hosts[1] || hosts.some((host) => everywhere.includes(host));
}

/** A place to begin with when one is added: the next port that no other place has. */
export function nextPlace(places: readonly Place[]): Place {
  let port = Math.max(0, ...places.map((place) => place.port)) + 1;
  if (port > 65_535) port = 1024;
  return { host: "0.0.0.0", port, mode: "both" };
}

/** Where stations connect by these settings: the named places, or else the one port on every network. */
export function placesBySettings({ port, listeners }: Pick<Settings, "port" | "listeners">): Place[] {
  return listeners.length > 0 ? listeners : [{ host: "0.0.0.0", port, mode: "both" }];
}

/** How a place came out; undefined where it is not one that is listened at. */
export function outcomeOf(place: Place, listening: readonly ListeningPlace[]): ListeningPlace | undefined {
  return listening.find(
    ({ host, wanted, mode }) => host === place.host && wanted === place.port && mode === place.mode,
  );
}

/** The stations that are connected through a place now, as far as the attempts shown tell.
 * @param rows attempts as they stand */
export function stationsThrough(place: ListeningPlace | undefined, rows: readonly Attempt[]): string[] {
  if (!place) return [];
  const found = rows.filter(
    ({ state, localPort, localAddress }) =>
      state === "connected" &&
      localPort === place.port &&
      (everywhere.includes(place.host) || localAddress === place.host || place.host === "localhost"),
  );
  return [...new Set(found.flatMap(({ identity }) => identity ?? []))].sort();
}
