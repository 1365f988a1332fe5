import { type PastOptions, stateAt } from "../../session/past/state-at.ts";
import type { StationEntry } from "../../session/station-entry.ts";
import { mostPastTransactions } from "../../station/bounds.ts";
import type { EventKind, StationEvent } from "../../station/events.ts";
import type { Transaction } from "../../station/model.ts";

/** The ledger of a state holds the last ones only: it is looked at again so many begins later, when what began is mostly over and still
 * known. */
const step = Math.floor(mostPastTransactions / 2);
const mostEvents = 500;
/** Read in one go when all are. */
const pageRows = 50;
const oneKinds: readonly EventKind[] = ["transaction-started", "transaction-updated", "transaction-ended"];

/** The transactions of a station that began last, or before the one that began in frame `before`: newest first, each as it ended. What
 * waits to be stored has to be stored first. */
export function transactionsPage(
  entry: StationEntry,
  parts: PastOptions,
  { before, limit }: { before?: number; limit: number },
): { rows: Transaction[]; more: boolean } {
  const { events } = parts;
  const kinds: EventKind[] = ["transaction-started"];
  const select = { station: entry.id, kinds };
  const end = before ?? Number.MAX_SAFE_INTEGER;
  const begins = events.newest(end, select, limit + 1).map(({ event }) => event.seq);
  // Those whose begin was never told stand between: they are known from the ledgers.
  const first = begins.length > limit ? (begins[limit - 1] ?? 0) : 0;
  const later = before === undefined ? [] : events.oldest(before - 1, select, step).map(({ event }) => event.seq);
  const found = new Map<string, Transaction>();

  function lookAt(seq: number): void {
    for (const one of ledgerAt(seq)) {
      if (one.startFrame < first || one.startFrame >= end) continue;
      const key = `${one.startFrame} ${one.id}`;
      if (found.get(key)?.state === undefined || found.get(key)?.state === "running") found.set(key, one);
    }
  }
  function ledgerAt(seq: number): readonly Transaction[] {
    return stateAt(entry, seq, parts)?.transactions ?? [];
  }

  lookAt(later.length < step ? Number.MAX_SAFE_INTEGER : (later.at(-1) ?? Number.MAX_SAFE_INTEGER));
  for (const [at, begin] of begins.slice(0, limit).entries()) {
    if (isKnown(begin)) continue;
    lookAt(begins[at - step] ?? later[step - 1 - at] ?? Number.MAX_SAFE_INTEGER);
    if (!isKnown(begin)) lookAt(begin);
    finish(begin);
  }
  for (const { startFrame } of [...found.values()]) finish(startFrame);
  const rows = [...found.values()].sort((a, b) => b.startFrame - a.startFrame);
  return { rows, more: begins.length > limit };

  function isKnown(begin: number): boolean {
    return [...found.values()].some(({ startFrame }) => startFrame === begin);
  }
  /** One that ran on while many others came and went: as it was when its end was told. */
  function finish(begin: number): void {
    for (const [key, one] of found) {
      if (one.startFrame !== begin || one.state !== "running") continue;
      const ended = sameIn(entry.state.transactions, one) ? undefined : endOf(one);
      const ledger = ended === undefined ? entry.state.transactions : ledgerAt(ended);
      found.set(key, sameIn(ledger, one) ?? one);
    }
  }
  function endOf({ id, startFrame }: Transaction): number | undefined {
    for (let after = startFrame; ; ) {
      const ends = events.oldest(after, { station: entry.id, kinds: ["transaction-ended"] }, mostEvents);
      const own = ends.find(({ event }) => "id" in event && event.id === id);
      const last = ends.at(-1);
      if (own || !last || ends.length < mostEvents) return own?.event.seq;
      after = last.event.seq;
    }
  }
}

/** All transactions of a station, newest first, page by page. */
export async function* walkTransactions(entry: StationEntry, parts: PastOptions): AsyncGenerator<Transaction[]> {
  for (let before: number | undefined; ; ) {
    const { rows, more } = transactionsPage(entry, parts, { before, limit: pageRows });
    yield rows;
    before = rows.at(-1)?.startFrame;
    if (!more || before === undefined) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function sameIn(ledger: readonly Transaction[], { id, startFrame }: Transaction): Transaction | undefined {
  return ledger.find((item) => item.id === id && item.startFrame === startFrame);
}

/** What was told of one transaction, oldest first.
 * @param from the frame that it began in */
export function eventsOf(
  entry: StationEntry,
  { events }: Pick<PastOptions, "events">,
  { id, from }: { id: string; from: number },
): StationEvent[] {
  const found: StationEvent[] = [];
  for (let after = from - 1; found.length < mostEvents; ) {
    const rows = events.oldest(after, { station: entry.id, kinds: [...oneKinds] }, mostEvents);
    for (const { event } of rows) {
      if (!("id" in event) || event.id !== id) continue;
      found.push(event);
      if (event.kind === "transaction-ended") return found;
    }
    const last = rows.at(-1);
    if (!last || rows.length < mostEvents) break;
    after = last.event.seq;
  }
  return found.slice(0, mostEvents);
}
