import { z } from "zod";
import { call, logFeed } from "../../lib/contract.ts";
import type { Finding } from "../../station/findings.ts";
import { type FrameDirection, type FrameMark, framesOn, type Lane } from "../../station/marks.ts";
import type { SummaryField } from "../../station/model.ts";

export type { SummaryField } from "../../station/model.ts";

/** One frame as it is on record. */
export type FrameRecord = {
  seq: number;
  /** Our clock, ISO 8601 UTC. */
  time: string;
  station: string;
  direction: FrameDirection;
  /** The text on the wire. Where it was binary or not UTF-8, a readable likeness; the bytes are in `base64`. */
  text: string;
  base64?: string;
  /** The action; for an answer, that of its question. */
  action: string | null;
  findings: Finding[];
  /** `upstream`: between the laptop and the central system above; `console`: printed on a console (the station is empty where none is
   * named for it), neither answered nor sent by us; absent: between station and laptop. */
  lane?: Lane;
  /** What was done to it on its way; absent for plain talk. */
  marks?: FrameMark[];
  /** What carried it, where that is no WebSocket. */
  carrier?: "serial" | "modbus" | "console";
};

export type MessageKind = "call" | "send" | "result" | "error" | "reading" | "unreadable";

/** A question with its answer, or a frame alone. The same `seq` again replaces the row (its answer came). */
export type MessageRow = {
  seq: number;
  at: number;
  station: string;
  direction: FrameDirection;
  kind: MessageKind;
  action: string | null;
  messageId: string | null;
  summary: SummaryField[];
  findings: Finding[];
  bytes: number;
  /** Frames alone only: the question that this answers. */
  question?: number;
  lane?: Lane;
  marks?: FrameMark[];
  answer?: {
    seq: number;
    at: number;
    latencyMs: number;
    kind: "result" | "error";
    summary: SummaryField[];
    /** CALLERROR's code. */
    errorCode?: string;
    findings: Finding[];
    marks?: FrameMark[];
  };
};

/** A frame in full; `masked` is its text without passwords, keys and pins, where it has any. */
export type WholeFrame = FrameRecord & { masked?: string };

export type FrameDetail = WholeFrame & {
  at: number;
  stationTime?: string;
  bytes: number;
  /** The fields of it that matter: its transaction, its connector, ... */
  summary: SummaryField[];
  /** The other half of the pair. */
  partner?: WholeFrame;
  /** The port of the console that printed it. */
  console?: string;
};

const filter = {
  station: z.string().max(255).optional(),
  direction: z.enum(["in", "out"]).optional(),
  on: z.enum(framesOn).optional(),
  action: z.string().max(100).optional(),
  /** Anywhere in the text on the wire, letter case aside. */
  text: z.string().max(500).optional(),
  /** Only rows with a finding, with a CALLERROR, or in which a station tells a fault. */
  problems: z.boolean().optional(),
  /** Only rows from this time on, and up to that one; our clock, milliseconds since 1970 UTC. */
  from: z.number().finite().optional(),
  to: z.number().finite().optional(),
};

/** What a list of messages is narrowed by. */
export const messageFilter = z.object(filter);
export type MessageFilter = z.infer<typeof messageFilter>;

export const messagesContract = {
  /** The newest rows before `before` (all, when absent), oldest first. */
  "messages.page": call(
    z.object({ filter: messageFilter, before: z.number().int().optional(), limit: z.number().int().min(1).max(500) }),
  ).returns<{ rows: MessageRow[]; more: boolean }>(),
  /** The frame that the record had come to at a time; null before the first one. */
  "messages.at": call(z.object({ station: z.string().max(255).optional(), at: z.number().finite() })).returns<{
    seq: number | null;
  }>(),
  /** Rows around one frame, for opening the list at a place. */
  "messages.around": call(
    z.object({ filter: messageFilter, seq: z.number().int(), limit: z.number().int().min(1).max(500) }),
  ).returns<{ rows: MessageRow[]; more: boolean }>(),
  /** The last 200 rows, then those that come. */
  "messages.live": logFeed(z.object({ filter: messageFilter })).of<MessageRow>(),
  /** Fails with not-found. */
  "messages.frame": call(z.object({ seq: z.number().int() })).returns<FrameDetail>(),
  /** The frame before this one that is of the same kind: of the same station, direction, action and place, question or answer as it is.
   * null where there is none among the last 500 of its action. Fails with not-found. */
  "messages.previous": call(z.object({ seq: z.number().int() })).returns<WholeFrame | null>(),
  /** Frames after `since`, oldest first, for scripts. */
  "messages.frames": call(
    z.object({
      station: z.string().max(255).optional(),
      since: z.number().int().min(0),
      limit: z.number().int().min(1).max(5000),
    }),
  ).returns<FrameRecord[]>(),
  /** Frames as they are stored, from now on. */
  "messages.follow": logFeed(z.object({ station: z.string().max(255).optional() })).of<FrameRecord>(),
};
