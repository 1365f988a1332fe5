import type { BookmarkRow, BookmarksRepository } from "../../store/kept/bookmarks.ts";
import { noStation } from "../../store/recorder.ts";
import type { ServiceContext } from "../context.ts";
import { toRecords } from "../messages/logic.ts";
import type { Bookmark } from "./contract.ts";

type Parts = Pick<ServiceContext, "frames" | "registry">;

/** A bookmark with what its frame is; nothing where the frame is not on record any more. */
export function toBookmark({ frames, registry }: Parts, { seq, note }: BookmarkRow): Bookmark[] {
  const stored = frames.holding(seq);
  const known = stored?.station === noStation.id ? noStation : stored && registry.byId(stored.station);
  const record = stored && known && toRecords(stored, known.identity).find((one) => one.seq === seq);
  if (!record) return [];
  const { time, station, direction, action, lane } = record;
  const at = Date.parse(time);
  return [{ seq, at, station, direction, action, ...(lane && { lane }), ...(note !== undefined && { note }) }];
}

/** All bookmarks, in the order of the record. */
export function bookmarksOf(parts: Parts, repository: BookmarksRepository): Bookmark[] {
  return repository.all().flatMap((row) => toBookmark(parts, row));
}
