import type { InputOf, OutputOf } from "../../lib/contract.ts";
import type { EventKind, StationEvent } from "../../station/events.ts";
import type { EventFilter } from "../../store/events.ts";
import type { ServiceContext } from "../context.ts";
import { groupsOf, type HistoryEntry, type HistoryGroup, type historyContract } from "./contract.ts";

type Query = InputOf<(typeof historyContract)["history.page"]>;
type Page = OutputOf<(typeof historyContract)["history.page"]>;

/** The time line, by the record. */
export type History = {
  /** Entries that pass, from a number on, in the order they are read: newest first, or oldest first. */
  read(way: "newest" | "oldest", from: number, filter: Filter, limit: number): HistoryEntry[];
  page(query: Query): Page;
};

/** Reads the time line. */
export function historyOf({ events, registry }: Pick<ServiceContext, "events" | "registry">): History {
  function read(way: "newest" | "oldest", from: number, filter: Filter, limit: number): HistoryEntry[] {
    const select: EventFilter = { kinds: filter.kinds };
    if (filter.station !== undefined) select.station = registry.get(filter.station)?.id ?? -1;
    const found: HistoryEntry[] = [];
    // Errors are told from statuses by their content; read on until the page is full.
    for (let at = from; found.length < limit; ) {
      const rows = events[way](at, select, limit);
      for (const row of rows) {
        if (filter.takes(row.event)) {
          found.push({ station: registry.byId(row.station)?.identity ?? "", event: row.event });
        }
      }
      const last = rows.at(-1);
      if (!last || rows.length < limit) break;
      at = last.event.seq;
    }
    return found;
  }
  return {
    read,
    page({ station, groups, before, after, limit }) {
      const filter = toFilter(station, groups);
      const way = after === undefined ? "newest" : "oldest";
      const found = read(way, after ?? before ?? Number.MAX_SAFE_INTEGER, filter, limit);
      const last = found.at(-1)?.event.seq;
      const more = last !== undefined && read(way, last, filter, 1).length > 0;
      return { entries: way === "newest" ? found.reverse() : found, more };
    },
  };
}

export type Filter = { station?: string; kinds?: EventKind[]; takes(event: StationEvent): boolean };

/** `status` without `errors` leaves out nothing; `errors` alone takes only statuses that name an error. */
export function toFilter(station: string | undefined, groups: HistoryGroup[] | undefined): Filter {
  if (!groups) return { station, takes: () => true };
  const kinds = (Object.keys(groupsOf) as EventKind[]).filter((kind) =>
    groupsOf[kind].some((group) => groups.includes(group)),
  );
  const errorsOnly = groups.includes("errors") && !groups.includes("status");
  return {
    station,
    kinds,
    takes(event) {
      if (!kinds.includes(event.kind)) return false;
      if (event.kind !== "status" || !errorsOnly) return true;
      return event.errorCode !== undefined || event.status === "Faulted";
    },
  };
}
