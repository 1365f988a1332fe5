import { useEffect, useState } from "react";
import type { FailureError } from "../../../src/lib/contract.ts";
import type { StationState, Transaction } from "../../../src/station/model.ts";
import { asFailure, useCore } from "../../core/core.tsx";
import { mergeTransactions } from "./merge.ts";

const pageRows = 50;

export type Transactions = {
  /** Newest first. */
  rows: readonly Transaction[];
  state: "loading" | "ready" | "failed";
  error: FailureError | null;
  /** There are earlier ones. */
  more: boolean;
  busy: boolean;
  earlier(): void;
};

type Read = { rows: Transaction[]; more: boolean; state: Transactions["state"]; error: FailureError | null };
const nothing: Read = { rows: [], more: false, state: "loading", error: null };

/** The transactions of a station: those of the record page by page, the last ones as the station tells of them. */
export function useTransactions(identity: string, live: StationState | null): Transactions {
  const client = useCore();
  const [read, setRead] = useState<Read>(nothing);
  const [asked, setAsked] = useState<{ before?: number; round: number }>({ round: 0 });
  const [busy, setBusy] = useState(true);
  useEffect(() => {
    let current = true;
    setBusy(true);
    client.call("transactions.page", { station: identity, before: asked.before, limit: pageRows }).then(
      ({ rows, more }) => {
        if (!current) return;
        setBusy(false);
        setRead((held) => ({ rows: mergeTransactions(held.rows, rows), more, state: "ready", error: null }));
      },
      (thrown: unknown) => {
        if (!current) return;
        setBusy(false);
        setRead((held) => ({ ...held, state: "failed", error: asFailure(thrown) }));
      },
    );
    return () => {
      current = false;
    };
  }, [client, identity, asked]);
  const rows = read.state === "loading" ? read.rows : mergeTransactions(read.rows, live?.transactions ?? []);
  return {
    ...read,
    rows,
    busy,
    earlier: () => setAsked(({ round }) => ({ before: read.rows.at(-1)?.startFrame, round: round + 1 })),
  };
}
