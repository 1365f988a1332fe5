import type { Handlers } from "../../lib/contract.ts";
import { createEmitter } from "../../lib/emitter.ts";
import { mostBookmarks } from "../../station/bounds.ts";
import { failure } from "../../station/failure.ts";
import { words } from "../../station/phrases.ts";
import type { BookmarkRow, BookmarksRepository } from "../../store/kept/bookmarks.ts";
import type { ServiceContext } from "../context.ts";
import type { Bookmark, bookmarksContract } from "./contract.ts";
import { bookmarksOf, toBookmark } from "./logic.ts";

/** Handlers of the bookmarks. */
export function bookmarksHandlers(
  context: ServiceContext,
  repository: BookmarksRepository,
): Handlers<typeof bookmarksContract> {
  const { registry, recorder, log } = context;
  const changed = createEmitter<{ seq: number; row: Bookmark | null }>(log);
  let known = repository.all().map(({ seq }) => seq);

  // With a station go its bookmarks: the repository's are gone by then.
  registry.forgotten.on(() => {
    const left = new Set(repository.all().map(({ seq }) => seq));
    for (const seq of known.filter((one) => !left.has(one))) takeOut(seq);
  });
  return {
    "bookmarks.list": (_input, push) => {
      const listening = changed.on(({ seq, row }) => push({ key: String(seq), row: row && (() => row) }));
      return { snapshot: bookmarksOf(context, repository), close: () => void listening.dispose() };
    },
    "bookmarks.set": ({ seq, note }) => {
      recorder.flush();
      const wanted: BookmarkRow = note === "" ? { seq } : { seq, note };
      const [row] = toBookmark(context, wanted);
      if (!row) throw failure("not-found", words("no-frame", { seq }));
      if (!known.includes(seq) && known.length >= mostBookmarks) {
        throw failure("conflict", words("too-many-bookmarks", { count: mostBookmarks }));
      }
      repository.set(wanted);
      known = [...known.filter((one) => one !== seq), seq];
      changed.emit({ seq, row });
      return row;
    },
    "bookmarks.remove": ({ seq }) => {
      takeOut(seq);
      return null;
    },
  };

  function takeOut(seq: number): void {
    repository.remove(seq);
    known = known.filter((one) => one !== seq);
    changed.emit({ seq, row: null });
  }
}
