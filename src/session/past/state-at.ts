import { newStation, type StationState } from "../../station/model.ts";
import type { EventsRepository } from "../../store/events.ts";
import type { StoredFrame } from "../../store/frames.ts";
import type { MomentsRepository } from "../../store/moments/moments.ts";
import type { StationEntry } from "../station-entry.ts";
import { type FoldOptions, foldItem, inOrderOf, noteVersion, type Versions } from "./fold-record.ts";
import { inOrder } from "./trace.ts";

export type PastOptions = FoldOptions & { events: EventsRepository; moments: MomentsRepository };

/** Rows looked through, or read, in one piece. */
const piece = 5000;

/** A station's state as it was when the record had come to a number: the moment kept before it, and what came since. Null where
 * nothing of the station stands in the record by then. What waits to be stored has to be stored first. */
export function stateAt(entry: StationEntry, seq: number, options: PastOptions): StationState | null {
  if (seq >= entry.state.seq) return entry.state;
  const { start, numbers } = footingOf(entry, seq, options);
  const rows = numbers ? rowsAt(numbers, options) : rowsBetween(entry.id, start.seq, seq, options);
  const own = options.events.ownOf(entry.id, start.seq, seq);
  const versions: Versions = new Map();
  let state = start;
  for (const item of inOrderOf(rows, own)) {
    noteVersion(item, versions);
    state = foldItem(state, item, versions, options);
  }
  return state.seq === 0 ? null : state;
}

/** What to begin with, and the numbers of the rows to fold; null: they are not known. */
function footingOf(
  { id, identity, trace }: StationEntry,
  seq: number,
  { moments }: PastOptions,
): { start: StationState; numbers: number[] | null } {
  const kept = moments.footing({ id, identity }, seq);
  const taken = trace.moments.findLast(({ state }) => state.seq <= seq);
  const start = taken?.state ?? kept.state ?? newStation(identity, 0);
  const parts = [taken ? [] : kept.numbers, ...trace.moments.map((moment) => moment.numbers), trace.numbers];
  if (parts.includes(null)) return { start, numbers: null };
  const numbers = parts.flatMap((part) => part ?? []).filter((number) => number > start.seq && number <= seq);
  return { start, numbers: inOrder(numbers) };
}

function* rowsAt(numbers: readonly number[], { frames }: PastOptions): Iterable<StoredFrame> {
  for (let from = 0; from < numbers.length; from += piece) yield* frames.at(numbers.slice(from, from + piece));
}

function* rowsBetween(station: number, after: number, upTo: number, { frames }: PastOptions): Iterable<StoredFrame> {
  for (let from = after + 1; ; ) {
    const rows = frames.between(from, upTo + 1, { station }, piece);
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < piece) return;
    from = last.seq + 1;
  }
}
