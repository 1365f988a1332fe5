import { readFileSync } from "node:fs";

type Entry = { files: Record<string, Entry> } | { size: number; unpacked?: boolean };

/** What an asar archive holds: each file's path, and whether it lies beside the archive instead of in it.
 * The format: two little-endian pickles, the second of which is the listing as JSON. */
export function listAsar(path: string): { path: string; unpacked: boolean }[] {
  const bytes = readFileSync(path);
  const length = bytes.readUInt32LE(12);
  const root: Entry = JSON.parse(bytes.subarray(16, 16 + length).toString("utf8"));
  return walk(root, "");
}

function walk(entry: Entry, path: string): { path: string; unpacked: boolean }[] {
  if (!("files" in entry)) return [{ path, unpacked: entry.unpacked === true }];
  return Object.entries(entry.files).flatMap(([name, child]) => walk(child, path === "" ? name : `${path}/${name}`));
}
