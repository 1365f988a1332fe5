import { statfsSync } from "node:fs";
import { dirname } from "node:path";
import { FailureError } from "../../lib/contract.ts";
import type { Words } from "../../lib/words.ts";
import { english, words } from "../../station/phrases.ts";

/** What keeps the record from being written or read. busy: another program holds it. failing: its disk gives errors. */
export type StorageFault = "full" | "read-only" | "damaged" | "busy" | "failing" | "gone" | "replaced";

/** The machine's failure, not ours: the record's disk, folder or file. Says what it is and what to do. */
export class StorageError extends FailureError {
  readonly fault: StorageFault;

  constructor(fault: StorageFault, why: Words, cause?: unknown) {
    super("unavailable", english(why), undefined, why);
    this.fault = fault;
    this.cause = cause;
  }
}

/** SQLite's primary result codes (https://www.sqlite.org/rescode.html). */
const faultOf: Readonly<Record<number, StorageFault>> = {
  5: "busy",
  6: "busy",
  8: "read-only",
  10: "failing",
  11: "damaged",
  13: "full",
  14: "failing",
  26: "damaged",
};

/** Below this a write that fails has failed for want of room, whatever the system calls it: the log's index alone takes 32 KiB. */
const roomNeeded = 64 * 1024;

/** Tells the machine's failures from ours: an error of the driver, or of the file system, as one; anything else as it is.
 * @param path the database's file */
export function asStorageError(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || error instanceof FailureError) return error;
  const { errcode, code } = error as Error & { errcode?: number; code?: string };
  const fault = errcode === undefined ? systemFault(code) : faultOf[errcode & 0xff];
  if (!fault) return error;
  const free = freeBytes(path);
  if (fault === "failing" && free !== null && free < roomNeeded) return storageError("full", path, error);
  return storageError(fault, path, error);
}

/** An error of this kind, in words. */
function storageError(fault: StorageFault, path: string, cause?: unknown): StorageError {
  const error = cause instanceof Error ? cause.message : String(cause ?? "");
  const free = freeBytes(path) ?? 0;
  return new StorageError(fault, words(`record-${fault}`, { path, folder: dirname(path), error, free }), cause);
}

function systemFault(code: string | undefined): StorageFault | undefined {
  if (code === "ENOSPC" || code === "EDQUOT") return "full";
  if (code === "EROFS" || code === "EACCES" || code === "EPERM") return "read-only";
  return code === "EIO" ? "failing" : undefined;
}

/** Bytes that we may still write where a file lies; null where the system does not say. */
export function freeBytes(path: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(dirname(path));
    return bavail * bsize;
  } catch {
    return null;
  }
}
