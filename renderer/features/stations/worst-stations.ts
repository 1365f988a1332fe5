import type { StationSummary } from "../../../src/services/stations/contract.ts";
import { stationWord } from "../../ui/status.ts";

/** Faulted, then what is away since it was last heard, then what waits for somebody, then the rest. */
function rank(station: StationSummary): number {
  const word = stationWord(station);
  if (word === "Faulted") return 0;
  if (station.errorCode !== undefined) return 1;
  if (station.link.state !== "online") return 4;
  return word === "Charging" || word === "Available" ? 3 : 2;
}

/** The worst first; those of one kind by name, so that lines stay where they are, and the ones away by who was heard last. */
export function worstStationsFirst(stations: readonly StationSummary[]): StationSummary[] {
  return stations.toSorted((a, b) => {
    const byRank = rank(a) - rank(b);
    if (byRank !== 0) return byRank;
    if (a.link.state !== "online" && b.link.state !== "online") return b.lastSeenAt - a.lastSeenAt;
    return a.identity.localeCompare(b.identity, undefined, { numeric: true });
  });
}
