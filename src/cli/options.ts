import { UsageError } from "../api/start-options.ts";
import { type Language, languages } from "../words/language.ts";

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

/** Which language a text is in; English unless asked otherwise. What --json prints is in English always.
 * @throws UsageError */
export function readLanguage(given: string | undefined): Language {
  const language = languages.find((one) => one === (given ?? "en"));
  if (!language) throw new UsageError(`--lang takes ${languages.join(" or ")}; got "${given}".`);
  return language;
}

/** A moment of the record: a time of our clock, or the number of a frame. */
export type Instant = { at: number } | { frame: number };

/** Reads a moment: #4711, or a time as Date reads it.
 * @throws UsageError */
export function readInstant(given: string): Instant {
  const frame = /^#(\d{1,15})$/.exec(given.trim());
  if (frame) return { frame: Number(frame[1]) };
  // A bare number is no time that anybody means.
  const at = /^-?\d{4,}-\d\d/.test(given.trim()) ? Date.parse(given.trim()) : Number.NaN;
  if (Number.isNaN(at)) throw new UsageError(`--at takes a time (2026-01-31T12:00:00Z) or #FRAME; got "${given}".`);
  return { at };
}
