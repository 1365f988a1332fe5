import { useMemo } from "react";
import type { MessageRow } from "../../../src/services/messages/contract.ts";
import { useWatch } from "../../core/core.tsx";

/** The numbers of the frames that are bookmarks. */
export function useBookmarks(): ReadonlySet<number> {
  const { value } = useWatch("bookmarks.list", {});
  return useMemo(() => new Set(value?.map(({ seq }) => seq)), [value]);
}

/** True where the question of a row, or its answer, is a bookmark. */
export function isBookmarked(bookmarks: ReadonlySet<number>, { seq, answer }: MessageRow): boolean {
  return bookmarks.has(seq) || (answer !== undefined && bookmarks.has(answer.seq));
}
