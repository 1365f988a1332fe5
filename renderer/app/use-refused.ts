import { useMemo } from "react";
import type { StationSummary } from "../../src/services/stations/contract.ts";
import type { Attempt } from "../../src/station/attempts.ts";
import { useWatch } from "../core/core.tsx";
import { foldAttempts } from "../features/connection/attempt-list.ts";
import { useFocus } from "../navigation/focus.ts";
import { useNow } from "../ui/format/use-format.ts";

/** How long it is news that somebody was turned away, ms. */
export const newsMs = 5 * 60_000;

/** Who was turned away lately and has not come in since, the latest first.
 * @param now our clock */
export function refusedLately(rows: readonly Attempt[], stations: readonly StationSummary[], now: number): Attempt[] {
  const cameSince = ({ identity, lastAt }: Attempt) =>
    stations.some((one) => one.identity === identity && one.link.state === "online" && (one.link.since ?? 0) >= lastAt);
  return rows.filter((row) => row.state === "stopped" && now - row.lastAt < newsMs && !cameSince(row));
}

/** Follows who was turned away. */
export function useRefused(): Attempt[] {
  const { stations } = useFocus();
  const log = useWatch("connection.attempts", {});
  const rows = useMemo(() => foldAttempts(log.value ?? []), [log.value]);
  return refusedLately(rows, stations.value ?? [], useNow());
}
