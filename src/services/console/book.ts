import type { Words } from "../../lib/words.ts";
import type { ConsoleEntry } from "../../station/serial/console.ts";
import type { ConsolePiece, KeptPiece } from "../../store/kept/console.ts";

/** Where the pieces of consoles are put before anybody sees them. */
export type ConsoleBook = {
  /** @returns the number of each
   * @throws StorageError where they cannot be kept */
  add(pieces: readonly ConsolePiece[]): number[];
};

/** A book that keeps nothing: it numbers what passes. */
export function passingBook(): ConsoleBook {
  let last = 0;
  return { add: (pieces) => pieces.map(() => ++last) };
}

/** What happened to a port, as a piece. */
export function noteData(note: Words): Uint8Array {
  return Buffer.from(JSON.stringify(note));
}

/** A piece of the record as it is told. */
export function toEntry({ id, at, kind, data }: Pick<KeptPiece, "id" | "at" | "kind" | "data">): ConsoleEntry {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.length);
  if (kind === "note") return { id, at, kind, note: readNote(bytes.toString()) };
  return { id, at, kind, base64: bytes.toString("base64") };
}

function readNote(text: string): Words {
  try {
    const note = JSON.parse(text) as Words;
    if (typeof note.phrase === "string") return note;
  } catch {
    // Of another release, or damaged.
  }
  return { phrase: "system-says", values: { error: text } };
}
