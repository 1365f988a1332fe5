import { useEffect, useRef, useState } from "react";
import type { StationSummary } from "../../src/services/stations/contract.ts";
import { useFocus } from "../navigation/focus.ts";
import { focusStation, useRoute } from "../navigation/routes.ts";
import { useNow } from "../ui/format/use-format.ts";
import { newsMs } from "./use-refused.ts";

/** A station that came online while another was in focus. `left`: the one that it took the focus from. */
export type Newcomer = { identity: string; at: number; left?: string };

/** Who is online now and was not before.
 * @param before who was online; null before anything was known */
export function cameOnline(before: ReadonlySet<string> | null, now: ReadonlySet<string>): string | undefined {
  return before === null ? undefined : [...now].find((identity) => !before.has(identity));
}

function onlineOf(stations: readonly StationSummary[]): Set<string> {
  return new Set(stations.filter(({ link }) => link.state === "online").map(({ identity }) => identity));
}

/** Follows who comes online beside the station in focus. While that is offline and no hand is at work the newcomer takes its place;
 * else it is only told. One that somebody goes back to keeps the focus. */
export function useNewcomer(): { newcomer: Newcomer | null; back(): void } {
  const { station, stations } = useFocus();
  const { station: named } = useRoute();
  const before = useRef<ReadonlySet<string> | null>(null);
  const stay = useRef<string | null>(null);
  const [newcomer, setNewcomer] = useState<Newcomer | null>(null);
  const now = useNow();
  useEffect(() => {
    if (!stations.value) return;
    const online = onlineOf(stations.value);
    const identity = cameOnline(before.current, online);
    before.current = online;
    if (identity === undefined || !station || named === null || identity === station.identity) return;
    const takes = station.link.state !== "online" && stay.current !== station.identity && !isAtWork();
    setNewcomer({ identity, at: Date.now(), ...(takes && { left: station.identity }) });
    if (takes) focusStation(identity);
  }, [stations.value, station, named]);
  function back() {
    if (newcomer?.left === undefined) return;
    stay.current = newcomer.left;
    focusStation(newcomer.left);
    setNewcomer(null);
  }
  const fresh = newcomer && now - newcomer.at < newsMs;
  const seen = newcomer && newcomer.left === undefined && newcomer.identity === station?.identity;
  const gone = newcomer && stations.value && !onlineOf(stations.value).has(newcomer.identity);
  return { newcomer: fresh && !seen && !gone ? newcomer : null, back };
}

/** True while somebody types, or has something open. */
function isAtWork(): boolean {
  const active = document.activeElement;
  return active?.matches("input, textarea, select") === true || document.querySelector("[data-drawer], form") !== null;
}
