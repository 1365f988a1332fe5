import type { Words } from "../lib/words.ts";
import { words } from "../station/phrases.ts";
import type { Database } from "./sqlite/database.ts";

/** How many entries could not be read until now, each left out by itself, by the names of the tables; null when none. */
export function whatWasSkipped({ skipped }: Database): Words | null {
  if (skipped.size === 0) return null;
  const tables = [...skipped].map(([table, count]) => `${table}: ${count}`);
  return words("record-rows-skipped", { tables: tables.join(", ") });
}
