import { useCallback, useEffect, useRef, useState } from "react";
import { FailureError } from "../../../src/lib/contract.ts";
import type { HistoryGroup } from "../../../src/services/history/contract.ts";
import { useCore } from "../../core/core.tsx";
import { emptyHeld, follow, type Held, takeLive, takeOlder, takeSnapshot } from "./held.ts";

const pageEntries = 200;

export type History = Held & {
  state: "loading" | "ready" | "failed";
  error: FailureError | null;
  /** Older entries are being fetched. */
  busy: boolean;
  older(): void;
  follow(following: boolean): void;
  retry(): void;
};

/** The time line of a station, live, and older as one asks for it.
 * @param groups none = all */
export function useHistory(station: string, groups: readonly HistoryGroup[]): History {
  const client = useCore();
  const [held, setHeld] = useState<Held>(emptyHeld);
  const [state, setState] = useState<Pick<History, "state" | "error">>(loading);
  const [busy, setBusy] = useState(false);
  const [round, setRound] = useState(0);
  const input = JSON.stringify({ station, groups: groups.length > 0 ? groups : undefined });
  const asking = useRef(0);

  useEffect(() => {
    asking.current += round >= 0 ? 1 : 0;
    setHeld(emptyHeld);
    setState(loading);
    setBusy(false);
    const watch = client.watch(
      "history.live",
      JSON.parse(input),
      (value, added) => {
        setHeld((before) => (added === null ? takeSnapshot(before, value) : takeLive(before, added)));
        setState(ready);
      },
      (error) => setState({ state: "failed", error }),
    );
    return () => watch.stop();
  }, [client, input, round]);

  async function older() {
    const first = held.entries[0]?.event.seq;
    if (busy || !held.more || first === undefined) return;
    const mine = asking.current;
    setBusy(true);
    try {
      // The stretch may begin amid the events of one frame: that frame is asked for again, unless it fills a page by itself.
      let page = await client.call("history.page", { ...JSON.parse(input), before: first + 1, limit: pageEntries });
      if (page.more && page.entries.every(({ event }) => event.seq === first)) {
        page = await client.call("history.page", { ...JSON.parse(input), before: first, limit: pageEntries });
      }
      if (mine !== asking.current) return;
      setHeld((before) => takeOlder(before, page.entries, page.more));
    } catch (thrown) {
      if (mine === asking.current) setState({ state: "failed", error: asFailure(thrown) });
    }
    if (mine === asking.current) setBusy(false);
  }

  return {
    ...held,
    ...state,
    busy,
    older: () => void older(),
    follow: useCallback((following: boolean) => setHeld((before) => follow(before, following)), []),
    retry: useCallback(() => setRound((count) => count + 1), []),
  };
}

const loading = { state: "loading", error: null } as const;
const ready = { state: "ready", error: null } as const;

function asFailure(thrown: unknown): FailureError {
  if (thrown instanceof FailureError) return thrown;
  return new FailureError("internal", thrown instanceof Error ? thrown.message : String(thrown));
}
