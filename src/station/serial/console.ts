import type { Words } from "../../lib/words.ts";
import type { FrameDirection } from "../marks.ts";
import type { SerialSettings } from "./ports.ts";
import type { ConsoleSign } from "./signs.ts";

/** A serial port that a person reads and types on, and that Plugside keeps on record. */
export type ConsoleSetup = {
  /** /dev/ttyUSB0, COM3, tcp://host:port, rfc2217://host:port. */
  port: string;
  settings: SerialSettings;
  /** The station it belongs to, where that was said. */
  station?: string;
  /** The console profile that the station is asked by, e.g. openevse-rapi. */
  profile?: string;
};

/** A console as it stands. `unplugged`: it was open, and is looked for. `trouble`: it cannot be opened, and is tried again.
 * `unrecorded`: the record cannot be written, so nothing is read. */
export type ConsoleView = {
  setup: ConsoleSetup;
  /** Where the adapter is now. */
  path: string;
  state: "open" | "unplugged" | "trouble" | "unrecorded";
  /** Our clock, when it came to that. */
  since: number;
  trouble?: Words;
  /** Bytes since it was set up. */
  counts: { received: number; sent: number };
  /** DTR and RTS as they were set by hand; absent while they are left alone. */
  signals?: ConsoleSignals;
  /** The carrier has no DTR, RTS and break. */
  plain?: true;
};

export type ConsoleSignals = { dtr: boolean; rts: boolean };

/** One piece of a console's record: bytes that came or went, what happened to the port, or what was recognised in what came. */
export type ConsoleEntry = {
  id: number;
  /** Our clock, milliseconds since 1970 UTC, of its first byte. */
  at: number;
} & (
  | { kind: "in" | "out"; base64: string }
  | { kind: "note"; note: Words }
  | { kind: "sign"; sign: ConsoleSign }
  | { kind: "frame"; frame: PrintedFrame }
);

/** Where a piece stands in the file that it is sent of. `stopped`: no more of it comes, nor this. */
export type FilePiece = { name: string; size: number; at: number; stopped?: true };

/** A message of OCPP that a console printed; its secrets are masked. */
export type PrintedFrame = {
  type: "call" | "result" | "error" | "send" | "result-error" | "unreadable";
  id?: string;
  /** For an answer, that of its question, where that was printed too. */
  action?: string;
  /** Which way it went, by its action or by the words before it; absent in a record of before. */
  direction?: FrameDirection;
  text: string;
};

/** What is on record of one port. */
export type ConsoleRecord = { port: string; first: number; last: number; bytes: number };
