import type { RungResult } from "./contract.ts";
import type { UploadState } from "./statuses.ts";

/** What is known of a way that is under way. */
export type RungFacts = {
  told: UploadState;
  /** Uploads that are coming now. */
  coming: number;
  /** A whole file is here, with something in it. */
  whole: boolean;
  /** A part is here that nobody goes on with. */
  partial: boolean;
  /** It logged in, or began to upload. */
  reached: boolean;
  /** The station tries again by itself, after so many milliseconds. */
  retryMs: number;
};

/** How long to wait for the next sign, milliseconds. */
export type Waits = {
  /** For any sign once the station has taken it on: it may have to pack its logs first. */
  sign: number;
  /** For bytes once it has begun, or says so. */
  bytes: number;
  /** For a file once it says that it is uploaded. */
  late: number;
  /** For its next try once one broke off or failed. */
  again: number;
  /** For another file once one is here: with and without the word that all is uploaded. */
  settledTold: number;
  settled: number;
};

export const usualWaits: Waits = {
  sign: 90_000,
  bytes: 180_000,
  late: 30_000,
  again: 20_000,
  settledTold: 1000,
  settled: 10_000,
};

/** What the way ends as when nothing more is seen for so long; null while a file comes, which ends by itself. */
export function patience(facts: RungFacts, waits: Waits): { ms: number; result: Exclude<RungResult, "asked"> } | null {
  const { told, coming, whole, partial, reached, retryMs } = facts;
  if (coming > 0) return null;
  if (whole)
    return { ms: told === "uploading" || told === "idle" ? waits.settled : waits.settledTold, result: "received" };
  if (partial) return { ms: waits.again + retryMs, result: "broken-off" };
  if (told === "failed")
    return { ms: (retryMs > 0 ? waits.again : waits.settledTold) + retryMs, result: "told-failed" };
  if (told === "uploaded") return { ms: waits.late, result: "silent" };
  return { ms: reached || told === "uploading" ? waits.bytes : waits.sign, result: "silent" };
}
