import type { Words } from "../../lib/words.ts";
import type { Place } from "../bytes/source.ts";
import type { LineIndex } from "../lines/line-index.ts";
import type { Shape } from "../lines/shape.ts";
import { openLog } from "../log.ts";
import type { Encoding, Part } from "../model.ts";

/** Work on a file: to list so many of its parts, or to open one of them. */
export type FileWork = { path: string; name: string; wish: { list: number } | { open: string; encoding?: Encoding } };

export type ListedParts = { parts: Part[]; isAll: boolean };
/** A part that was opened, in a form that another thread can be given. */
export type OpenedPart = {
  place: Place;
  changedAt: number;
  problem?: Words;
  text?: { shape: Shape; index: LineIndex };
};

/** Does it.
 * @throws FailureError as `openLog` and what it gives */
export async function doFileWork({ path, name, wish }: FileWork): Promise<ListedParts | OpenedPart> {
  const log = await openLog(path, { name });
  try {
    if ("open" in wish) {
      const { source, text, problem } = await log.open(wish.open, { encoding: wish.encoding });
      const told = text && { shape: text.shape, index: text.index };
      return {
        place: source.place,
        changedAt: log.changedAt,
        ...(problem && { problem }),
        ...(told && { text: told }),
      };
    }
    const parts: Part[] = [];
    for await (const { part } of log.parts()) {
      if (parts.length === wish.list) return { parts, isAll: false };
      parts.push(part);
    }
    return { parts, isAll: true };
  } finally {
    await log.close();
  }
}
