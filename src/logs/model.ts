import type { Words } from "../lib/words.ts";

/** What a log is told as, to screens too: nothing here knows how it is read. */

/** A file within a file, however deep; or the file itself, where it is no archive. */
export type Part = {
  /** Leads to it from the outermost: 0, 0.4, 0.4.0. */
  id: string;
  /** Its path within, that leads nowhere else. It may hold letters that are not seen. */
  name: string;
  kind: "text" | "binary" | "archive";
  /** Bytes unpacked, where that is known. */
  size?: number;
  changedAt?: number;
  /** Why it, or the rest of it, cannot be read. An archive is told of only for this. */
  problem?: Words;
};

/** How letters are written as bytes; `latin1` is what Windows makes of it (windows-1252). */
export const encodings = ["utf-8", "utf-16le", "utf-16be", "latin1"] as const;
export type Encoding = (typeof encodings)[number];

export type LineEnds = "lf" | "crlf" | "cr" | "mixed";

/** How grave a line calls itself, gravest first. */
export const levels = ["error", "warning", "info", "debug"] as const;
export type Level = (typeof levels)[number];

/** A line of a text, by its number from 1 on. */
export type Line = {
  number: number;
  /** Without its end and without what colours a terminal; other letters that are not seen are in it. */
  text: string;
  /** It is longer: the text holds its beginning. */
  isCut?: true;
};

/** A message of OCPP that a line of a log holds. */
export type FrameInLine = {
  /** Where it stands in the line. */
  begin: number;
  end: number;
  /** The message as it was on the wire, whatever the log made of it. */
  text: string;
  type: "call" | "result" | "error" | "send" | "result-error" | "unreadable";
  id?: string;
  action?: string;
};

/** A line as a reader sees it. */
export type PageLine = Line & {
  level?: Level;
  /** The moment of its stamp, where it can be told. */
  at?: number;
  /** For a stamp that counts from the start of the machine: milliseconds since then. */
  since?: number;
  /** Messages of OCPP in it. */
  frames?: FrameInLine[];
};

/** Sixteen bytes as they are shown: where they stand, in hex, and as letters where they are plain ones. */
export type HexRow = { at: number; hex: string; letters: string };

/** Lines that were found. */
export type SearchResult = {
  /** Their numbers, in order. */
  lines: number[];
  /** Where to go on for more; absent where the text was searched to its end. */
  next?: number;
};

/** When a line is of: its moment, or how long after the start of the machine; none of both where nothing tells. */
export type When = { line: number; at?: number; since?: number };
/** Lines that say the same but for numbers and ids. */
export type SameLines = { count: number; first: number; last: number; level?: Level; text: string };

/** What tells of a restart. */
export type RebootSign =
  | "kernel-start"
  | "boot-loader"
  | "service-start"
  | "going-down"
  | "watchdog"
  | "power"
  | "boot-message";
/** A restart of the machine, by one sign or several close to each other. */
export type Restart = { line: number; signs: RebootSign[]; at?: number; since?: number };

/** What a log tells at a glance. */
export type Summary = {
  lines: number;
  bytes: number;
  /** Lines with a stamp. */
  stamped: number;
  /** The first stamp and the last, in the order of the lines. */
  first?: When;
  last?: When;
  levels: Record<Level, number>;
  /** Most first. */
  errors: SameLines[];
  repeated: SameLines[];
  /** So many kinds of lines that counts may be too low. */
  isRough: boolean;
  restarts: Restart[];
  /** The first of them. */
  jumps: { from: When; to: When; ms: number }[];
  jumpCount: number;
};

/** Who says of which zone times are that tell none. */
export type ZoneTold = { minutes: number; by: "told" | "inferred" | "unknown" };
