import { z } from "zod";
import { call } from "../../lib/contract.ts";
import type { Words } from "../../lib/words.ts";
import {
  type Encoding,
  encodings,
  type HexRow,
  type LineEnds,
  levels,
  type PageLine,
  type Part,
  type SearchResult,
  type Summary,
  type ZoneTold,
} from "../../logs/model.ts";

const file = z.number().int().min(1);
const log = z.number().int().min(1);
const line = z.number().int().min(1);
const moment = z.number().min(-8.64e15).max(8.64e15);
/** Minutes east of UTC. */
const zone = z.number().int().min(-720).max(840);

/** A part of a file that is open for reading, by the number that all else goes by. */
export type OpenedLog = {
  log: number;
  bytes: number;
  /** Why it ends too early. */
  problem?: Words;
  /** Absent for what is no text: that is read by its bytes. */
  text?: { encoding: Encoding; lineEnds: LineEnds; lines: number; zone: ZoneTold };
};

export const readerContract = {
  /** What is in a file that is kept, archives within archives included; the first 5000 of it. Fails with not-found. */
  "reader.parts": call(z.object({ file })).returns<{ parts: Part[]; isAll: boolean }>(),
  /** Opens a part of a file. Few are open at a time: the one that was not asked for the longest is closed for another, and each after half
   * an hour. The encoding is told by its beginning and the zone of its times by the messages in it, unless they are given. Fails with
   * not-found; with unavailable where it cannot be read, and why. */
  "reader.open": call(
    z.object({
      file,
      part: z.string().max(200),
      encoding: z.enum(encodings).optional(),
      zone: zone.optional(),
    }),
  ).returns<OpenedLog>(),
  /** Lines by their numbers, from 1 on: a run of them, or those that a search found. Fewer, the first of them, where they are long or far
   * apart. `length`: so many letters of each. What goes by a log fails with not-found once it is closed. */
  "reader.lines": call(
    z.object({
      log,
      lines: z.union([
        z.object({ from: line, count: z.number().int().min(1).max(500) }),
        z.array(line).min(1).max(500),
      ]),
      length: z.number().int().min(1).max(70_000).default(4000),
    }),
  ).returns<PageLine[]>(),
  /** Lines that fit all of what is asked, in order, from a number on. An expression is one of JavaScript. Another search of the same log
   * ends this one, which then fails with conflict. Fails with invalid-input for what is no expression, with unavailable where one takes
   * too long. */
  "reader.search": call(
    z.object({
      log,
      text: z.string().max(1000).optional(),
      isPattern: z.boolean().default(false),
      matchCase: z.boolean().default(false),
      levels: z.array(z.enum(levels)).min(1).max(levels.length).optional(),
      since: moment.optional(),
      until: moment.optional(),
      from: line.default(1),
      limit: z.number().int().min(1).max(100_000).default(10_000),
    }),
  ).returns<SearchResult>(),
  /** What it tells at a glance. Takes seconds for a gigabyte. */
  "reader.summary": call(z.object({ log })).returns<Summary>(),
  /** The first line that is not before a moment; null for a text without time stamps. */
  "reader.moment": call(z.object({ log, at: moment })).returns<number | null>(),
  /** Another zone for times that tell none. */
  "reader.zone": call(z.object({ log, zone })).returns<null>(),
  /** Bytes in rows of sixteen. */
  "reader.bytes": call(
    z.object({ log, from: z.number().int().min(0), rows: z.number().int().min(1).max(1000).default(64) }),
  ).returns<HexRow[]>(),
  "reader.close": call(z.object({ log })).returns<null>(),
};
