import { UsageError } from "../api/start-options.ts";

/** Reads a number.
 * @throws UsageError */
export function readNumber(given: string | undefined, option: string, fallback: number): number {
  if (given === undefined) return fallback;
  const value = Number(given);
  if (given.trim() === "" || !Number.isFinite(value)) throw new UsageError(`${option} takes a number; got "${given}".`);
  return value;
}

/** How a list is printed: fields between tabs, JSON, or a table for spreadsheets.
 * @throws UsageError */
export function readForm({ json, csv }: { json?: boolean; csv?: boolean }): "text" | "json" | "csv" {
  if (json && csv) throw new UsageError("--json and --csv exclude each other.");
  return json ? "json" : csv ? "csv" : "text";
}
