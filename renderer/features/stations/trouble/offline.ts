import type { HistoryEntry } from "../../../../src/services/history/contract.ts";
import type { Attempt } from "../../../../src/station/attempts.ts";

/** How long a station was away the last time it went and came back, ms; undefined where the entries do not tell. */
export function lastAway(entries: readonly HistoryEntry[]): number | undefined {
  const events = entries.map(({ event }) => event).sort((a, b) => a.seq - b.seq);
  const up = events.findLastIndex(({ kind }) => kind === "link-opened");
  const down = events.slice(0, Math.max(0, up)).findLast(({ kind }) => kind === "link-closed");
  const back = events[up];
  return back && down ? back.at - down.at : undefined;
}

/** The last try of a station since it went, by its name, or from its address without one.
 * @param rows the attempts as they stand, the latest first */
export function triedSince(
  rows: readonly Attempt[],
  { identity, address, since }: { identity: string; address: string | undefined; since: number },
): Attempt | undefined {
  const isIts = (row: Attempt) =>
    row.identity === identity || (row.identity === undefined && row.remoteAddress === address);
  return rows.find((row) => row.lastAt > since && isIts(row));
}
