import { chmodSync, closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { patiently } from "./patient.ts";

/** Writes a file that only its owner may read, so that a killed process or a power cut leaves the old one or the new one, whole: beside
 * it, synced, and moved into its place. Its folder is made where there is none.
 * @param lasting false: a power cut may take it, and nothing waits for the disk
 * @throws the system's error; the old file is as it was */
export function replaceFile(path: string, data: string | Uint8Array, lasting = true): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.new`;
  patiently(() => rmSync(draft, { force: true }));
  const file = patiently(() => openSync(draft, "wx", 0o600));
  try {
    // The umask may have taken from the mode, never added to it; some systems give more all the same.
    chmodSync(draft, 0o600);
    writeFileSync(file, data);
    if (lasting) fsyncSync(file);
  } finally {
    closeSync(file);
  }
  moveFile(draft, path);
  if (lasting) syncFolder(dirname(path));
}

/** Moves a file into the place of another, or of none.
 * @throws the system's error */
export function moveFile(from: string, to: string): void {
  patiently(() => renameSync(from, to));
}

/** Makes the names in a folder last over a power cut, where the system has a way to: Windows has none and needs none. */
export function syncFolder(path: string): void {
  try {
    const folder = openSync(path, "r");
    try {
      fsyncSync(folder);
    } finally {
      closeSync(folder);
    }
  } catch {
    // Not every system and file system lets a folder be synced.
  }
}

/** Makes what is in a file last over a power cut.
 * @throws the system's error */
export function syncFile(path: string): void {
  const file = openSync(path, "r+");
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
