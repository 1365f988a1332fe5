import { z } from "zod";
import { call, tableFeed } from "../../lib/contract.ts";
import type { Spoken, Words } from "../../lib/words.ts";
import { type LogKind, logKinds } from "../../station/commands.ts";
import type { KeptFile } from "../../station/model.ts";

/** The ways by which a file comes in here. */
export const uploadWays = ["http", "https", "ftp", "ftps", "sftp"] as const;
export type UploadWay = (typeof uploadWays)[number];

/** What was seen at one end of an upload. */
export type SeenLine = { at: number; end: "ours" | "station"; words: Words; frame?: number };

/** What became of one way to get the log. `asked`: it is under way. `silent`: taken on, and nothing came. `told-failed`: the station
 * says that it could not. `closed`: no receiver could be opened here. */
export type RungResult =
  | "asked"
  | "received"
  | "refused"
  | "unsupported"
  | "no-answer"
  | "silent"
  | "told-failed"
  | "broken-off"
  | "offline"
  | "given-up"
  | "closed";

/** One protocol that was tried. `place` is told without the login. */
export type Rung = {
  protocol: UploadWay;
  place: string;
  at: number;
  endedAt?: number;
  result: RungResult;
  why?: Spoken;
  /** Of our request. */
  frame?: number;
  requestId: number;
  /** As the station answered. */
  fileName?: string;
  /** The last word of the station on it. */
  status?: string;
  seen: SeenLine[];
  /** Lines beyond those that are kept. */
  unseen?: number;
};

/** The last word. `nothing-came`: the station took it on, or did not answer, and no file came. */
export type Verdict =
  | "received"
  | "unsupported"
  | "refused"
  | "nothing-came"
  | "broken-off"
  | "offline"
  | "canceled"
  | "superseded";

/** One request for a station's log, with all the ways that were tried. */
export type DiagnosticsRequest = {
  id: number;
  station: string;
  kind: LogKind;
  /** ISO 8601, UTC. */
  from?: string;
  to?: string;
  protocol: "auto" | UploadWay;
  retries?: number;
  retrySeconds?: number;
  at: number;
  /** When it is given up, our clock. */
  until: number;
  endedAt?: number;
  verdict?: Verdict;
  /** What it means, and what to do. */
  lastWord?: Words;
  cure?: Words;
  rungs: Rung[];
  /** What came, by its number among the files, and how. */
  files: (Pick<KeptFile, "id" | "name" | "bytes" | "state" | "sha256"> & { protocol: UploadWay })[];
};

const station = z.string().min(1).max(255);
/** A moment, ISO 8601 with a zone. */
const time = z.iso.datetime({ offset: true });
export const longestWaitSeconds = 86_400;

export const diagnosticsContract = {
  /** The requests of one station, or of all. */
  "diagnostics.list": tableFeed("id", z.object({ station: station.optional() })).of<DiagnosticsRequest>(),
  /** Asks a station for a log, and opens a place for it. One that is under way for the same station is superseded. Fails with not-found;
   * whatever the station does is told by the request itself. */
  "diagnostics.request": call(
    z.object({
      station,
      kind: z.enum(logKinds).default("diagnostics"),
      from: time.optional(),
      to: time.optional(),
      protocol: z.enum(["auto", ...uploadWays]).default("auto"),
      retries: z.number().int().min(0).max(100).optional(),
      retrySeconds: z.number().int().min(0).max(86_400).optional(),
      wait: z.number().min(1).max(longestWaitSeconds).default(1800),
    }),
  ).returns<DiagnosticsRequest>(),
  /** Waits no longer; what came is kept. Fails with not-found, and with conflict where it is over. */
  "diagnostics.cancel": call(z.object({ id: z.number().int().min(1) })).returns<DiagnosticsRequest>(),
};
