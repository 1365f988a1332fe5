import type { Handlers } from "../../lib/contract.ts";
import { failure } from "../../station/failure.ts";
import { words } from "../../station/phrases.ts";
import type { StoredFrame } from "../../store/frames.ts";
import type { FrameEntry, Stored } from "../../store/recorder.ts";
import type { ServiceContext } from "../context.ts";
import type { FrameDetail, FrameRecord, MessageFilter, MessageRow, messagesContract } from "./contract.ts";
import { passes, summaryOf, toRecords, toRow, withMasked } from "./logic.ts";
import { previousOf } from "./previous.ts";
import { searchMessages } from "./search.ts";

const shownAtFirst = 200;
/** Numbers at the end of the record, or after a row, that a list shows at first. */
const window = 20_000;

/** Handlers of the list of messages. */
export function messagesHandlers({
  frames,
  events,
  registry,
  recorder,
}: ServiceContext): Handlers<typeof messagesContract> {
  const { toStore, boundsOf, identityOf, toRows, search } = searchMessages({ frames, registry });
  async function page(before: number, filter: MessageFilter, limit: number) {
    const found = await search(before, filter, limit + 1);
    const more = found.length > limit;
    return { rows: toRows(found.slice(0, limit).reverse()), more };
  }

  return {
    "messages.page": ({ filter, before, limit }) => page(before ?? Number.MAX_SAFE_INTEGER, filter, limit),
    "messages.at": ({ station, at }) => {
      const { first } = frames.bounds();
      const seq = Math.min(frames.reachedAt(at), frames.bounds().last);
      const [row] = seq < first ? [] : frames.newest(first, seq + 1, toStore({ station }), 1);
      return { seq: row?.seq ?? null };
    },
    "messages.around": async ({ filter, seq, limit }) => {
      const half = Math.ceil(limit / 2);
      const earlier = await search(seq + 1, filter, half);
      const { first, last } = boundsOf(filter);
      const later = frames.between(Math.max(first, seq + 1), Math.min(last + 1, seq + window), toStore(filter), half);
      return { rows: toRows([...earlier.reverse(), ...later]), more: earlier.length === half };
    },
    "messages.live": ({ filter }, push) => {
      const listening = recorder.stored.on((stored) => {
        const rows = liveRows(stored, filter);
        if (rows.length > 0) push(rows);
      });
      const { first, last } = boundsOf(filter);
      const from = Math.max(first, last - window);
      const snapshot = toRows(frames.newest(from, last + 1, toStore(filter), shownAtFirst).reverse());
      return { snapshot, close: () => void listening.dispose() };
    },
    "messages.frame": ({ seq }) => {
      const row = frames.holding(seq);
      const records = row ? toRecords(row, identityOf(row.station)) : [];
      const record = records.find((item) => item.seq === seq);
      if (!row || !record) throw failure("not-found", words("no-frame", { seq }));
      const at = record === records[0] ? row.at : (row.answer?.at ?? row.at);
      const detail: FrameDetail = {
        ...withMasked(record),
        at,
        bytes: Buffer.byteLength(record.text),
        summary: summaryOf(record),
      };
      if (typeof row.data !== "string") detail.bytes = row.data.byteLength;
      if (row.stationTime !== null && record === records[0]) detail.stationTime = row.stationTime;
      const partner = records.find((item) => item !== record) ?? partnerOf(row);
      if (partner) detail.partner = withMasked(partner);
      if (row.lane === "console") detail.console = events.consoleOf(row.connection);
      return detail;
    },
    "messages.previous": ({ seq }) => {
      const row = frames.holding(seq);
      const record = row && toRecords(row, identityOf(row.station)).find((item) => item.seq === seq);
      if (!row || !record) throw failure("not-found", words("no-frame", { seq }));
      const found = previousOf(row, record, frames);
      return found ? withMasked(found) : null;
    },
    "messages.frames": ({ station, since, limit }) => {
      const id = station === undefined ? undefined : (registry.get(station)?.id ?? -1);
      // An answer is stored with its question, one number before.
      return frames
        .between(Math.max(0, since - 1), Number.MAX_SAFE_INTEGER, { station: id }, limit)
        .flatMap((row) => toRecords(row, identityOf(row.station), events.carrierOf(row.connection)))
        .filter((record) => record.seq > since)
        .slice(0, limit);
    },
    "messages.follow": ({ station }, push) => {
      const listening = recorder.stored.on((stored) => {
        const records = stored.frames
          .filter((entry) => station === undefined || entry.station.identity === station)
          .flatMap((entry) => toRecords(toStored(entry), entry.station.identity, events.carrierOf(entry.connection)));
        if (records.length > 0) push(records);
      });
      return { snapshot: [], close: () => void listening.dispose() };
    },
  };

  function partnerOf(row: StoredFrame): FrameRecord | undefined {
    const partner = row.question === null ? frames.answersTo([row.seq])[0] : frames.holding(row.question);
    return partner && toRecords(partner, identityOf(partner.station))[0];
  }

  /** A row whose marks have changed, with its answer where that has come. */
  function again(row: StoredFrame, identity: string, filter: MessageFilter): MessageRow[] {
    return passes(row, identity, filter)
      ? [toRow(row, identity, row.lane ? undefined : frames.answersTo([row.seq])[0])]
      : [];
  }

  /** Rows to add, and rows whose answer has come or whose marks have changed. */
  function liveRows({ frames: entries, marked }: Stored, filter: MessageFilter): MessageRow[] {
    const remarked = marked.filter((entry) => !entries.includes(entry));
    return [...entries, ...remarked].flatMap((entry) => {
      const row = toStored(entry);
      const identity = entry.station.identity;
      if (row.question === null && remarked.includes(entry)) return again(row, identity, filter);
      if (row.question === null || row.lane)
        return passes(row, identity, filter) ? [toRow(row, identity, undefined)] : [];
      const question = frames.holding(row.question);
      if (!question) return [];
      const fits = passes(question, identity, filter) || passes(row, identity, { ...filter, direction: undefined });
      return fits ? [toRow(question, identity, row)] : [];
    });
  }
}

function toStored(entry: FrameEntry): StoredFrame {
  return { ...entry, station: entry.station.id, findings: [...entry.findings] };
}
