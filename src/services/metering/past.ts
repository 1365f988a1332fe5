import { exchangeOf, replayRow } from "../../session/exchange.ts";
import type { StationEntry } from "../../session/station-entry.ts";
import type { Sampled } from "../../station/events.ts";
import { reduce } from "../../station/fold/reduce.ts";
import { newStation, type OcppVersion, type StationState } from "../../station/model.ts";
import { placeGroups } from "../../station/transactions/own-time.ts";
import type { EventsRepository } from "../../store/events.ts";
import type { FramesRepository, StoredFrame } from "../../store/frames.ts";
import type { MeterPoint } from "./contract.ts";

/** Reads rows of the past, oldest first, as what they meant when they came. */
export type PastReader = (row: StoredFrame) => MeterPoint[];

const remembered = 1000;

/** Rows read in one go, few enough to be garbage before anybody copies them; between two goes the stations are served. */
const batch = 250;

/** What a station measured in a stretch of time, our clock, oldest row first; piece by piece. */
export async function* walkPast(
  entry: StationEntry,
  parts: { events: EventsRepository; frames: FramesRepository },
  { from, to }: { from: number; to: number },
): AsyncGenerator<MeterPoint[]> {
  const { frames } = parts;
  const first = frames.seqAt(from);
  const pointsOf = readPast(entry, parts, first);
  for (let at = first; ; ) {
    const rows = frames.between(at, Number.MAX_SAFE_INTEGER, { station: entry.id }, batch);
    yield rows.flatMap((row) => (row.at <= to ? pointsOf(row) : []));
    const last = rows.at(-1);
    if (!last || rows.length < batch || last.at > to) break;
    at = last.seq + 1;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Makes a reader of a station's rows from number `from` on. It knows which transactions ran then: a frame may name one and leave
 * out its place, and a start or an end that is known already would be taken for a repetition. */
function readPast(
  entry: StationEntry,
  { events, frames }: { events: EventsRepository; frames: FramesRepository },
  from: number,
): PastReader {
  const versions = new Map<number, OcppVersion>();
  const links = events.newest(Number.MAX_SAFE_INTEGER, { station: entry.id, kinds: ["link-opened"] }, remembered);
  for (const { event } of links)
    if (event.kind === "link-opened" && event.ocpp) versions.set(event.connection, event.ocpp);
  let station = asOf(entry, events, from);
  return (row) => {
    const version = versions.get(row.connection) ?? entry.state.ocpp;
    const completed = row.action === null ? null : exchangeOf(row, (seq) => frames.holding(seq));
    // Answers to questions of ours bring no samples.
    if (!completed || completed.exchange.question) return [];
    const { seq } = row;
    const { exchange, at } = completed;
    const points: MeterPoint[] = [];
    for (const body of replayRow(row, exchange, version, { at, station })) {
      station = reduce(station, { ...body, at, seq });
      if (body.kind === "sampled") points.push(...toPoints(station, { ...body, at }, seq));
    }
    return points;
  };
}

/** The places that are known, with the transactions that were told of before number `from`. */
function asOf(entry: StationEntry, events: EventsRepository, from: number): StationState {
  const evses = entry.state.evses.map(({ evse, connectors }) => ({ evse, connectors, live: [] }));
  const kinds = ["transaction-started", "transaction-updated", "transaction-ended"] as const;
  const told = events.newest(from, { station: entry.id, kinds }, remembered).reverse();
  const empty: StationState = { ...newStation(entry.identity, 0), evses };
  return told.reduce((state, { event }) => reduce(state, event), empty);
}

/** Samples as points of a chart, one for each time they were measured at.
 * @param state as the samples left it */
export function toPoints(state: StationState, event: Sampled & { at: number }, seq: number): MeterPoint[] {
  const { evse, connector, transaction } = event;
  return placeGroups(state, event).map(({ stationTime, samples, measuredAt, late }) => {
    const point: MeterPoint = { at: measuredAt, seq, evse, connector, transaction, stationTime, samples };
    return late ? { ...point, cameAt: event.at } : point;
  });
}
