import { copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Database } from "../sqlite/database.ts";
import { StorageError } from "../sqlite/storage-error.ts";

/** Opens a record for reading alone, wherever it lies. On a medium that cannot be written SQLite cannot make the index that a log needs:
 * there a record without a log is read as it is, and one with a log in a copy.
 * @throws FailureError as `Database` */
export function openForReading(path: string): { database: Database; close(): void } {
  try {
    return opened(new Database(path, { readOnly: true }));
  } catch (error) {
    if (!(error instanceof StorageError) || !["read-only", "failing"].includes(error.fault)) throw error;
    const log = statSync(`${path}-wal`, { throwIfNoEntry: false });
    return log && log.size > 0 ? openCopy(path) : opened(new Database(path, { readOnly: true, unchanging: true }));
  }
}

function opened(database: Database): { database: Database; close(): void } {
  return { database, close: () => database.dispose() };
}

function openCopy(path: string): { database: Database; close(): void } {
  const folder = mkdtempSync(join(tmpdir(), "plugside-reading-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const copy = join(folder, "plugside.db");
    for (const part of ["", "-wal"]) if (existsSync(`${path}${part}`)) copyFileSync(`${path}${part}`, `${copy}${part}`);
    const database = new Database(copy, { readOnly: true });
    return {
      database,
      close() {
        database.dispose();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}
