import { accessSync, constants, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const memory = "/dev/shm";

/** Makes a folder for one case; in memory where the system has a place for that: what is fuzzed here is not the disk. */
export function scratchFolder(): string {
  try {
    accessSync(memory, constants.W_OK);
    return mkdtempSync(join(memory, "plugside-fuzz-"));
  } catch {
    return mkdtempSync(join(tmpdir(), "plugside-fuzz-"));
  }
}
