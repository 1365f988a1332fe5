import type { LineFraming } from "../../../station/model.ts";
import { codecs } from "./codecs.ts";
import { type Deframer, framingNames, type Piece } from "./framing.ts";

/** What reads a line whose framing is not known, and tells it once it is. */
export type Recogniser = Deframer & {
  /** Null before the first message. */
  readonly framing: LineFraming | null;
  /** The other end sends checks, so that we do too. */
  readonly checks: boolean;
};

/** So many damaged stretches in a row, and the other end may have another framing now: a new firmware, another board. */
const missesBeforeDoubt = 6;

/** Reads a line in a framing that is set, or in whichever a first whole message shows.
 * @param limit the longest message, bytes */
export function recognise(set: LineFraming | "auto", limit: number): Recogniser {
  const candidates = () => new Map(framingNames.map((name) => [name, codecs[name].reader(limit)]));
  let readers = set === "auto" ? candidates() : new Map([[set, codecs[set].reader(limit)]]);
  let framing: LineFraming | null = set === "auto" ? null : set;
  let checks = set !== "auto";
  let misses = 0;

  /** What is read in the one framing that is known, or as lines while none is: that is what a person would read. */
  function own(all: ReadonlyMap<LineFraming, Piece[]>): Piece[] {
    return all.get(framing ?? "lines") ?? [];
  }
  function judge(all: ReadonlyMap<LineFraming, Piece[]>): Piece[] {
    for (const [name, pieces] of all) {
      const found = pieces.find((piece) => piece.kind === "frame" && (piece.checked || isMessage(piece.data)));
      if (!found) continue;
      const reader = readers.get(name);
      framing = name;
      if (reader) readers = new Map([[name, reader]]);
      return pieces;
    }
    return own(all).filter((piece) => piece.kind === "damaged" || framing !== null);
  }
  function doubt(pieces: readonly Piece[]): void {
    for (const piece of pieces) {
      misses = piece.kind === "frame" ? 0 : misses + 1;
      if (piece.kind === "frame") checks = piece.checked;
    }
    if (set !== "auto" || framing === null || readers.size > 1 || misses < missesBeforeDoubt) return;
    misses = 0;
    const mine = readers.get(framing);
    readers = candidates();
    if (mine) readers.set(framing, mine);
  }
  function told(all: ReadonlyMap<LineFraming, Piece[]>): Piece[] {
    const pieces = judge(all);
    doubt(pieces);
    return pieces;
  }
  return {
    get framing() {
      return framing;
    },
    get checks() {
      return checks;
    },
    push: (bytes) => told(new Map([...readers].map(([name, reader]) => [name, reader.push(bytes)]))),
    flush: () => told(new Map([...readers].map(([name, reader]) => [name, reader.flush()]))),
  };
}

/** A JSON list or object: by chance no stretch of bytes is one. */
function isMessage(data: Uint8Array): boolean {
  try {
    return typeof JSON.parse(Buffer.from(data).toString("utf8")) === "object";
  } catch {
    return false;
  }
}
