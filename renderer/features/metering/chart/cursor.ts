import type { Ring } from "./ring.ts";
import { gapIntervals, usualInterval } from "./thin.ts";

/** The moment that all charts point at as the keys have set it; null: the keys point nowhere. Our clock, milliseconds. */
export type Cursor = {
  readonly at: number | null;
  set(at: number | null): void;
  on(listener: () => void): () => void;
};

export function createCursor(): Cursor {
  const listeners = new Set<() => void>();
  let moment: number | null = null;
  return {
    get at() {
      return moment;
    },
    set(at) {
      if (at === moment) return;
      moment = at;
      for (const listener of listeners) listener();
    },
    on(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** What a line is read from: `leastUsual` is for where the ring itself is thinned, see `thin`. */
export type Readable = { ring: Ring; leastUsual: number };

/** The value of the sample nearest to a moment; null where the moment lies in a gap or before or after all there is. */
export function valueAt(readable: Readable, at: number): number | null {
  const index = sampleAt(readable, at);
  return index === null ? null : readable.ring.value(index);
}

/** Where in its ring the sample nearest to a moment is; null as for its value. */
export function sampleAt({ ring, leastUsual }: Readable, at: number): number | null {
  const after = ring.firstFrom(at);
  const nearest =
    after > 0 && (after === ring.length || at - ring.at(after - 1) <= ring.at(after) - at) ? after - 1 : after;
  if (nearest === ring.length) return null;
  const usual = Math.max(leastUsual, usualInterval(ring, nearest));
  const between = after > 0 && after < ring.length && ring.at(after) - ring.at(after - 1) <= usual * gapIntervals;
  const far = Number.isFinite(usual) ? usual : 0;
  return between || Math.abs(ring.at(nearest) - at) <= far ? nearest : null;
}

export type Move = { to: "sample" | "far" | "mark" | "end"; way: 1 | -1 };
type Keys = { key: string; shiftKey: boolean; ctrlKey: boolean; altKey: boolean; metaKey: boolean };

/** What a key does to the cursor; null for one that does nothing to it. */
export function moveOf({ key, shiftKey, ctrlKey, altKey, metaKey }: Keys): Move | null {
  const way = key === "ArrowRight" || key === "ArrowUp" ? 1 : key === "ArrowLeft" || key === "ArrowDown" ? -1 : null;
  if (way !== null) return { to: ctrlKey || altKey || metaKey ? "mark" : shiftKey ? "far" : "sample", way };
  if (ctrlKey || altKey || metaKey) return null;
  if (key === "PageUp" || key === "PageDown") return { to: "far", way: key === "PageUp" ? 1 : -1 };
  return key === "Home" || key === "End" ? { to: "end", way: key === "End" ? 1 : -1 } : null;
}

/** How much of the time shown one goes by at once. */
const farShare = 1 / 20;

type Ground = { rings: readonly Ring[]; marks: readonly number[]; from: number; to: number };

/** Where a move leads: to a sample of any line, or a mark, within the time shown. Where there is nothing more that way it stays;
 * null when nothing is there at all. */
export function moveCursor(at: number, { to: aim, way }: Move, ground: Ground): number | null {
  const { rings, marks, from, to } = ground;
  const first = nextSample(rings, from - 1, 1);
  const last = nextSample(rings, to + 1, -1);
  const inView = (moment: number | null) => moment !== null && moment >= from && moment <= to;
  if (aim === "mark") {
    const further = marks.filter((mark) => (mark - at) * way > 0 && inView(mark));
    return further.length > 0 ? further.reduce((a, b) => ((a - b) * way < 0 ? a : b)) : at;
  }
  if (!inView(first) || !inView(last)) return null;
  const end = way > 0 ? last : first;
  if (aim === "end") return end;
  const beyond = aim === "far" ? at + way * ((to - from) * farShare - 1) : at;
  const next = nextSample(rings, beyond, way);
  return inView(next) ? next : end;
}

/** The sample of any line next to a moment, later or earlier than it. */
function nextSample(rings: readonly Ring[], at: number, way: 1 | -1): number | null {
  const found = rings.flatMap((ring) => {
    let index = ring.firstFrom(at);
    if (way < 0) index--;
    else while (index < ring.length && ring.at(index) === at) index++;
    return index >= 0 && index < ring.length ? [ring.at(index)] : [];
  });
  if (found.length === 0) return null;
  return way > 0 ? Math.min(...found) : Math.max(...found);
}
