import type { Words } from "../../lib/words.ts";
import type { LineFraming, OcppVersion } from "../model.ts";
import type { SerialSettings } from "./ports.ts";

/** A serial line that OCPP is to be spoken over. */
export type LineSetup = {
  /** /dev/ttyUSB0, COM3, tcp://host:port, rfc2217://host:port. */
  port: string;
  settings: SerialSettings;
  framing: LineFraming | "auto";
  /** Who is there; absent: as it says itself. */
  identity?: string;
  /** What it speaks; absent: as it says itself, or by its first message. */
  ocpp?: OcppVersion;
};

/** A line as it stands. `listening`: open, and no station yet. `unplugged`: it was open, and is looked for. `trouble`: it cannot be
 * opened, and is tried again. */
export type LineView = {
  setup: LineSetup;
  /** Where the adapter is now. */
  path: string;
  state: "online" | "listening" | "unplugged" | "trouble";
  /** Our clock, when it came to that. */
  since: number;
  trouble?: Words;
  /** The one that is spoken, once it is known. */
  framing?: LineFraming;
  identity?: string;
  /** Since it was set up: messages; damaged stretches and their bytes; stretches of plain text. */
  counts: { frames: number; damaged: number; damagedBytes: number; text: number };
};
