import type { Logger } from "../../lib/logger.ts";
import type { EventBody, StationEvent } from "../../station/events.ts";
import { countFrame, reduce } from "../../station/fold/reduce.ts";
import type { OcppVersion, StationState } from "../../station/model.ts";
import type { StoredEvent } from "../../store/events.ts";
import type { FramesRepository, StoredFrame } from "../../store/frames.ts";
import { exchangeOf, replayRow } from "../exchange.ts";

/** What was spoken on each connection: a replaced one may still speak when the next has begun in another version. */
export type Versions = Map<number, OcppVersion>;

export type FoldOptions = { frames: FramesRepository; log: Logger };

/** What stands in the record: a frame, or an entry of the core's own. */
export type RecordItem = { row: StoredFrame } | { own: StoredEvent };

/** Rows and entries of our own, both oldest first, in the order of their numbers. */
export function* inOrderOf(rows: Iterable<StoredFrame>, own: readonly StoredEvent[]): Iterable<RecordItem> {
  let next = 0;
  for (const row of rows) {
    for (let item = own[next]; item && item.event.seq < row.seq; item = own[++next]) yield { own: item };
    yield { row };
  }
  for (const item of own.slice(next)) yield { own: item };
}

/** Notes what is spoken on a connection, whoever else knows of the item already. */
export function noteVersion(item: RecordItem, versions: Versions): void {
  if ("row" in item) return;
  const { event } = item.own;
  if (event.kind === "link-opened" && event.ocpp) versions.set(event.connection, event.ocpp);
}

/** Folds an item of the record, as it was folded when it came. */
export function foldItem(
  state: StationState,
  item: RecordItem,
  versions: Versions,
  options: FoldOptions,
): StationState {
  return "row" in item ? foldRow(state, item.row, versions, options) : foldEvent(state, item.own.event, options.log);
}

function foldEvent(state: StationState, event: StationEvent, log: Logger): StationState {
  let next = state;
  try {
    next = reduce(state, event);
  } catch (error) {
    // It was told when it came: the finding is on record.
    log.error("an event of the record could not be folded", { seq: event.seq, kind: event.kind, error });
  }
  return event.seq > next.seq ? { ...next, seq: event.seq } : next;
}

function foldRow(before: StationState, row: StoredFrame, versions: Versions, options: FoldOptions): StationState {
  // What passed above is not the station's own talk.
  if (row.lane) return before;
  const { seq } = row;
  const { at, bodies } = eventsOf(before, row, versions, options);
  let state = before;
  for (const body of bodies) state = foldEvent(state, { ...body, at, seq }, options.log);
  for (const finding of row.findings) state = foldEvent(state, { kind: "found", finding, at, seq }, options.log);
  return countFrame(state, row);
}

/** The events of a row, and when they happened. */
function eventsOf(
  state: StationState,
  row: StoredFrame,
  versions: Versions,
  { frames, log }: FoldOptions,
): { at: number; bodies: EventBody[] } {
  const version = versions.get(row.connection) ?? state.ocpp;
  const completed = exchangeOf(row, (seq) => frames.holding(seq));
  const at = completed?.at ?? row.at;
  if (!completed) return { at, bodies: [] };
  try {
    return { at, bodies: replayRow(row, completed.exchange, version, { at, station: state }) };
  } catch (error) {
    log.bug("a frame of the record could not be read again", { frame: row.seq, error });
    return { at, bodies: [] };
  }
}
