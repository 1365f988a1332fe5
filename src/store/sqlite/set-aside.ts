import { existsSync } from "node:fs";
import { moveFile } from "../../lib/write-file.ts";

/** What belongs to a database: the file, its log, and the log's index. */
const parts = ["", "-wal", "-shm"] as const;

/** Renames what lies at a database's path, with its log, so that it is in nobody's way and nothing of it is lost.
 * @returns its new path; null when there is nothing
 * @throws the system's error when it cannot be renamed */
export function setAside(path: string, now = Date.now()): string | null {
  const aside = asideName(path, now);
  const there = parts.filter((part) => existsSync(`${path}${part}`));
  for (const part of there) moveFile(`${path}${part}`, `${aside}${part}`);
  return there.length > 0 ? aside : null;
}

/** e.g. plugside.db.damaged-20261126T051300Z; with a number where that is taken. */
function asideName(path: string, now: number): string {
  const stamp = new Date(now).toISOString().replace(/[-:]|\.\d+/g, "");
  const name = `${path}.damaged-${stamp}`;
  for (let count = 1; ; count++) {
    const free = count === 1 ? name : `${name}-${count}`;
    if (!existsSync(free)) return free;
  }
}
