import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { FailureError } from "../../../src/lib/contract.ts";
import type { MessageRow } from "../../../src/services/messages/contract.ts";
import { type CompiledFilter, passes } from "../../../src/services/messages/filter.ts";
import { asFailure, useCore } from "../../core/core.tsx";
import {
  emptyList,
  follow,
  type MessageList,
  takeAround,
  takeLive,
  takeNewer,
  takeOlder,
  takeSnapshot,
} from "./list.ts";

const pageRows = 200;
/** Pages read in a row without one row to show, before one is asked whether to go on. */
const fruitless = 10;

export type Messages = {
  list: MessageList;
  /** The rows that pass the parts of the filter that the screen applies. */
  shown: readonly MessageRow[];
  state: "loading" | "ready" | "failed";
  error: FailureError | null;
  /** What is being fetched beyond the list. */
  busy: "older" | "newer" | null;
  /** Enough older pages were searched in vain: the next one is on demand. */
  searched: boolean;
  older(): void;
  newer(): void;
  follow(following: boolean): void;
  retry(): void;
};

/** The rows that pass a filter, live at the tail, or around the frame `seq`. */
export function useMessages(filter: CompiledFilter, seq: number | null): Messages {
  const client = useCore();
  const [list, setList] = useState<MessageList>(emptyList);
  const [state, setState] = useState<{ state: Messages["state"]; error: FailureError | null }>(loading);
  const [busy, setBusy] = useState<Messages["busy"]>(null);
  const [round, setRound] = useState(0);
  const [vain, setVain] = useState(0);
  const key = JSON.stringify(filter.select);
  const tests = useRef(filter.tests);
  tests.current = filter.tests;
  /** Answers to a filter that is no longer asked are dropped. */
  const asking = useRef(0);
  const stuck = useRef(0);

  useEffect(() => {
    const mine = ++asking.current + round * 0;
    const server = JSON.parse(key) as CompiledFilter["select"];
    setList(emptyList);
    setState(loading);
    setBusy(null);
    setVain(0);
    stuck.current = 0;
    const fail = (error: FailureError) => mine === asking.current && setState({ state: "failed", error });
    const watch = client.watch(
      "messages.live",
      { filter: server },
      (value, added) => {
        const counts = (row: MessageRow) => passes(row, tests.current);
        setList((held) => (added === null ? takeSnapshot(held, value) : takeLive(held, added, counts)));
        if (seq === null) setState(ready);
      },
      fail,
    );
    if (seq !== null) {
      client.call("messages.around", { filter: server, seq, limit: pageRows }).then(({ rows, more }) => {
        if (mine !== asking.current) return;
        setList((held) => takeAround(held, rows, more));
        setState(ready);
      }, reject(fail));
    }
    return () => watch.stop();
  }, [client, key, seq, round]);

  const fetch = useCallback(
    async (which: "older" | "newer") => {
      const mine = asking.current;
      const server = JSON.parse(key) as CompiledFilter["select"];
      setBusy(which);
      try {
        if (which === "older") {
          const before = list.rows[0]?.seq;
          const { rows, more } = await client.call("messages.page", { filter: server, before, limit: pageRows });
          if (mine !== asking.current) return;
          setList((held) => takeOlder(held, rows, more));
          setVain((count) => (rows.some((row) => passes(row, tests.current)) ? 0 : count + 1));
        } else {
          const last = list.rows.at(-1)?.seq ?? 0;
          const around = { filter: server, seq: last, limit: pageRows };
          const { rows } = await client.call("messages.around", around);
          if (mine !== asking.current) return;
          if ((rows.at(-1)?.seq ?? 0) <= last) stuck.current = last;
          setList((held) => takeNewer(held, rows));
        }
        setBusy(null);
      } catch (thrown) {
        if (mine !== asking.current) return;
        setBusy(null);
        setState({ state: "failed", error: asFailure(thrown) });
      }
    },
    [client, key, list.rows],
  );

  const shown = useMemo(
    () => (filter.tests.length === 0 ? list.rows : list.rows.filter((row) => passes(row, filter.tests))),
    [list.rows, filter.tests],
  );
  const open = state.state === "ready" && busy === null;
  return {
    list,
    shown,
    ...state,
    busy,
    searched: vain >= fruitless,
    older: () => void (open && list.more && fetch("older")),
    newer: () => {
      const last = list.rows.at(-1)?.seq ?? 0;
      if (open && !list.attached && last > stuck.current && list.rows.length > 0) void fetch("newer");
    },
    follow: useCallback((following: boolean) => setList((held) => follow(held, following)), []),
    retry: useCallback(() => setRound((count) => count + 1), []),
  };
}

const loading = { state: "loading", error: null } as const;
const ready = { state: "ready", error: null } as const;

function reject(fail: (error: FailureError) => void): (thrown: unknown) => void {
  return (thrown) => fail(asFailure(thrown));
}
