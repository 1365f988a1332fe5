import type { FrameFilter, StoredFrame } from "../../store/frames.ts";
import type { ServiceContext } from "../context.ts";
import type { FrameRecord, MessageFilter, MessageRow } from "./contract.ts";
import { type CompiledFilter, passes } from "./filter.ts";
import { toRecords, toRow } from "./logic.ts";

/** Numbers gone through in one go when all that passes is read. */
const stretch = 2_000;

/** Looks rows of the record up by what a list of messages is narrowed by. */
export type MessageSearch = {
  toStore(filter: MessageFilter): FrameFilter;
  /** The numbers of the first and last row of the stretch of time that is asked for. */
  boundsOf(filter: MessageFilter): { first: number; last: number };
  /** The station of a number in the record; empty for one that was forgotten. */
  identityOf(id: number): string;
  toRows(stored: readonly StoredFrame[]): MessageRow[];
  /** Rows below `before`, newest first, in pieces, so that a long search never holds up an answer to a station. */
  search(before: number, filter: MessageFilter, limit: number): Promise<StoredFrame[]>;
  /** The frames of all rows that pass, oldest first, each question with its answer behind it; piece by piece. */
  walk(filter: Pick<CompiledFilter, "select" | "tests">): AsyncGenerator<FrameRecord[]>;
};

/** Makes the search of a record. */
export function searchMessages({ frames, registry }: Pick<ServiceContext, "frames" | "registry">): MessageSearch {
  function toStore(filter: MessageFilter): FrameFilter {
    const { station, direction, on, action, text, problems } = filter;
    const id = station === undefined ? undefined : (registry.get(station)?.id ?? -1);
    return { station: id, direction, on, action, text, problems, alone: true };
  }
  function boundsOf({ from, to }: MessageFilter): { first: number; last: number } {
    const { first, last } = frames.bounds();
    return {
      first: from === undefined ? first : Math.max(first, frames.seqAt(from)),
      last: to === undefined ? last : Math.min(last, frames.seqAt(to + 1) - 1),
    };
  }
  function identityOf(id: number): string {
    return registry.byId(id)?.identity ?? "";
  }
  function answersTo(stored: readonly StoredFrame[]): Map<number | null, StoredFrame> {
    const asked = stored.filter((row) => row.answer === null && !row.lane).map((row) => row.seq);
    return new Map(frames.answersTo(asked).map((answer) => [answer.question, answer]));
  }
  return {
    toStore,
    boundsOf,
    identityOf,
    toRows(stored) {
      const answers = answersTo(stored);
      return stored.map((row) => toRow(row, identityOf(row.station), answers.get(row.seq)));
    },
    async search(before, filter, limit) {
      const { first, last } = boundsOf(filter);
      const select = toStore(filter);
      const found: StoredFrame[] = [];
      let to = Math.min(before, last + 1);
      while (to > first && found.length < limit) {
        const from = Math.max(first, frames.beginBelow(to, select));
        found.push(...frames.newest(from, to, select, limit - found.length));
        to = from;
        if (found.length < limit) await new Promise((resolve) => setImmediate(resolve));
      }
      return found;
    },
    async *walk({ select, tests }) {
      const { first, last } = boundsOf(select);
      const wanted = toStore(select);
      for (let at = first; at <= last; at += stretch) {
        const stored = frames.between(at, Math.min(at + stretch, last + 1), wanted);
        const answers = answersTo(stored);
        yield stored.flatMap((row) => {
          const identity = identityOf(row.station);
          const answer = answers.get(row.seq);
          if (tests.length > 0 && !passes(toRow(row, identity, answer), tests)) return [];
          return [...toRecords(row, identity), ...(answer ? toRecords(answer, identity) : [])];
        });
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
}
