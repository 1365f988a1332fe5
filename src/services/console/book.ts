import type { Words } from "../../lib/words.ts";
import type { ConsoleEntry, PrintedFrame } from "../../station/serial/console.ts";
import type { ConsoleSign } from "../../station/serial/signs.ts";
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

/** What is no bytes of the port, as a piece. */
export function toldData(told: Words | ConsoleSign | PrintedFrame): Uint8Array {
  return Buffer.from(JSON.stringify(told));
}

/** A piece of the record as it is told. */
export function toEntry({ id, at, kind, data }: Pick<KeptPiece, "id" | "at" | "kind" | "data">): ConsoleEntry {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.length);
  if (kind === "in" || kind === "out") return { id, at, kind, base64: bytes.toString("base64") };
  const told = readTold(bytes.toString());
  if (kind === "sign" && isSign(told)) return { id, at, kind, sign: told };
  if (kind === "frame" && isFrame(told)) return { id, at, kind, frame: told };
  if (kind === "note" && isWords(told)) return { id, at, kind, note: told };
  // Of another release, or damaged.
  return { id, at, kind: "note", note: { phrase: "system-says", values: { error: bytes.toString() } } };
}

function readTold(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isWords(told: unknown): told is Words {
  return typeof (told as Words | null)?.phrase === "string";
}

function isSign(told: unknown): told is ConsoleSign {
  const { system, sign, said } = (told ?? {}) as Partial<ConsoleSign>;
  return [system, sign, said].every((text) => typeof text === "string");
}

function isFrame(told: unknown): told is PrintedFrame {
  const { type, text } = (told ?? {}) as Partial<PrintedFrame>;
  return typeof type === "string" && typeof text === "string";
}
