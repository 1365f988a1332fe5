import { useCallback, useEffect, useRef, useState } from "react";
import type { CallInput } from "../../../src/api/contract.ts";
import type { FailureError } from "../../../src/lib/contract.ts";
import type { HistoryGroup } from "../../../src/services/history/contract.ts";
import { asFailure, useCore } from "../../core/core.tsx";
import {
  emptyHeld,
  follow,
  type Held,
  takeFirst,
  takeFrom,
  takeLast,
  takeLive,
  takeNewer,
  takeOlder,
  takeSnapshot,
} from "./held.ts";

const pageEntries = 200;

export type History = Held & {
  state: "loading" | "ready" | "failed";
  error: FailureError | null;
  /** What is being fetched. */
  busy: Fetch | null;
  older(): void;
  newer(): void;
  /** Goes to the beginning of the record. */
  toFirst(): void;
  /** Goes to a time of our clock, or to the end where nothing has happened since. */
  toMoment(at: number): void;
  /** Goes to its end, and follows it. */
  toLast(): void;
  follow(following: boolean): void;
  retry(): void;
};

type Where = Pick<CallInput<"history.page">, "before" | "after">;
type Fetch = "older" | "newer" | "first" | "from" | "last";

/** The time line of a station, live, and any other stretch of it as one asks for it.
 * @param groups none = all */
export function useHistory(station: string, groups: readonly HistoryGroup[]): History {
  const client = useCore();
  const [held, setHeld] = useState<Held>(emptyHeld);
  const [state, setState] = useState<Pick<History, "state" | "error">>(loading);
  const [busy, setBusy] = useState<Fetch | null>(null);
  const [round, setRound] = useState(0);
  const input = JSON.stringify({ station, groups: groups.length > 0 ? groups : undefined });
  /** Answers to what is no longer asked are dropped. */
  const asking = useRef(0);

  useEffect(() => {
    asking.current += round >= 0 ? 1 : 0;
    setHeld(emptyHeld);
    setState(loading);
    setBusy(null);
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

  const fetch = useCallback(
    async (which: Fetch, find: Where | (() => Promise<Where>)) => {
      const mine = ++asking.current;
      setBusy(which);
      try {
        const ask = (where: Where) =>
          client.call("history.page", { ...JSON.parse(input), ...where, limit: pageEntries });
        let got = which;
        let page = await ask(typeof find === "function" ? await find() : find);
        if (which === "from" && page.entries.length === 0) {
          got = "last";
          page = await ask({});
        }
        if (mine !== asking.current) return;
        setHeld((before) => take[got](before, page.entries, page.more));
      } catch (thrown) {
        if (mine === asking.current) setState({ state: "failed", error: asFailure(thrown) });
      }
      if (mine === asking.current) setBusy(null);
    },
    [client, input],
  );

  const open = state.state === "ready" && busy === null;
  const first = held.entries[0]?.event.seq;
  const last = held.entries.at(-1)?.event.seq;
  return {
    ...held,
    ...state,
    busy,
    older: () => void (open && held.more && first !== undefined && fetch("older", { before: first })),
    newer: () => void (open && !held.attached && last !== undefined && fetch("newer", { after: last })),
    toFirst: () => void fetch("first", { after: 0 }),
    toMoment: (at) =>
      void fetch("from", async () => ({ after: (await client.call("messages.at", { station, at: at - 1 })).seq ?? 0 })),
    toLast: () => void (held.attached ? setHeld((before) => follow(before, true)) : fetch("last", {})),
    follow: useCallback((following: boolean) => setHeld((before) => follow(before, following)), []),
    retry: useCallback(() => setRound((count) => count + 1), []),
  };
}

const take = { older: takeOlder, newer: takeNewer, first: takeFirst, from: takeFrom, last: takeLast } as const;
const loading = { state: "loading", error: null } as const;
const ready = { state: "ready", error: null } as const;
