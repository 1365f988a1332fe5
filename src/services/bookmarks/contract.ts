import { z } from "zod";
import { call, tableFeed } from "../../lib/contract.ts";
import type { FrameDirection, Lane } from "../../station/marks.ts";

/** A frame that somebody wants to come back to. */
export type Bookmark = {
  /** The frame's number in the record. */
  seq: number;
  /** Our clock, milliseconds since 1970 UTC, when the frame passed. */
  at: number;
  station: string;
  direction: FrameDirection;
  lane?: Lane;
  /** The action; for an answer, that of its question. */
  action: string | null;
  note?: string;
};

const seq = z.number().int().min(1);

export const bookmarksContract = {
  /** All bookmarks, in the order of the record. */
  "bookmarks.list": tableFeed("seq", z.object({})).of<Bookmark>(),
  /** Keeps a frame as a bookmark, or gives it another note; an empty note is none. Fails with not-found for a frame that is not there,
   * with conflict where there are too many. */
  "bookmarks.set": call(z.object({ seq, note: z.string().trim().max(500).default("") })).returns<Bookmark>(),
  /** Does nothing where there is none. */
  "bookmarks.remove": call(z.object({ seq })).returns<null>(),
};
