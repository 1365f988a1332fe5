import { readFileSync } from "node:fs";

type Entry = { files: Record<string, Entry> } | { size: number; offset?: string; unpacked?: boolean };

/** A file of an asar archive: its path, whether it lies beside the archive instead of in it, and what it holds where it is in it. */
export type AsarFile = { path: string; unpacked: boolean; body: Buffer | null };

/** What an asar archive holds. The format: two little-endian pickles, the second of which is the listing as JSON, then the files. */
export function readAsar(path: string): AsarFile[] {
  const bytes = readFileSync(path);
  const length = bytes.readUInt32LE(12);
  const root: Entry = JSON.parse(bytes.subarray(16, 16 + length).toString("utf8"));
  return walk(root, "", bytes.subarray(8 + bytes.readUInt32LE(4)));
}

function walk(entry: Entry, path: string, data: Buffer): AsarFile[] {
  if ("files" in entry)
    return Object.entries(entry.files).flatMap(([name, child]) =>
      walk(child, path === "" ? name : `${path}/${name}`, data),
    );
  const from = Number(entry.offset);
  const body = entry.offset === undefined ? null : data.subarray(from, from + entry.size);
  return [{ path, unpacked: entry.unpacked === true, body }];
}
