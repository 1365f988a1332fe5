import { useEffect, useMemo, useReducer, useState } from "react";
import type { HistoryEntry, HistoryGroup } from "../../../src/services/history/contract.ts";
import { useCore, useWatch } from "../../core/core.tsx";
import { mergeEntries } from "../history/time-line.ts";
import { createMeterSource, type MeterSource } from "./source.ts";

/** The values of a station; the component is drawn again when the state changes or a line is added. */
export function useMeterSource(station: string | null): MeterSource | null {
  const client = useCore();
  const [source, setSource] = useState<MeterSource | null>(null);
  const [, again] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    if (station === null) return;
    const made = createMeterSource(client, station, Date.now);
    const stop = made.onChange(again);
    setSource(made);
    return () => {
      stop();
      made.close();
      setSource(null);
    };
  }, [client, station]);
  return source;
}

const markGroups: HistoryGroup[] = ["status", "errors", "commands", "transactions", "tokens"];
const markPage = 500;

/** What happened to the station, for the marks: the last entries, and older ones back to `from`, at most some pages. */
export function useMarkEntries(station: string | null, from: number): readonly HistoryEntry[] {
  const client = useCore();
  const live = useWatch("history.live", station === null ? null : { station, groups: markGroups });
  const [older, setOlder] = useState<{ station: string | null; entries: HistoryEntry[]; more: boolean }>(nothingYet);
  const mine = older.station === station ? older : nothingYet;
  const ready = live.state === "ready";
  const first = mine.entries[0]?.event ?? live.value?.[0]?.event;
  const reads =
    ready && station !== null && mine.more && mine.entries.length < markPage * 4 && first && first.at > from;
  const before = reads ? first.seq : null;
  useEffect(() => {
    if (before === null || station === null) return;
    let current = true;
    client.call("history.page", { station, groups: markGroups, before, limit: markPage }).then(
      ({ entries, more }) => {
        if (!current) return;
        setOlder((known) => ({
          station,
          entries: known.station === station ? mergeEntries(entries, known.entries) : entries,
          more: more && entries.length > 0,
        }));
      },
      // Marks are an aid: without the older ones the charts still say what they measure.
      () => current && setOlder((known) => ({ ...known, station, more: false })),
    );
    return () => {
      current = false;
    };
  }, [client, station, before]);
  return useMemo(() => mergeEntries(mine.entries, live.value ?? []), [mine.entries, live.value]);
}

const nothingYet = { station: null, entries: [], more: true };
