import { type Cell, csvRow } from "../lib/csv.ts";
import { toJson } from "./told-json.ts";

/** How a text is told to somebody: without secrets, or otherwise. */
export type Tell = (text: string) => string;

/** With secrets: what was asked for by its name. */
export const asItIs: Tell = (text) => text;

/** A line of a table for spreadsheets. */
export function csvLine(cells: readonly Cell[], tell: Tell): string {
  return csvRow(cells.map((cell) => (typeof cell === "string" ? tell(cell) : cell)));
}

/** A value as one line of JSON. */
export function jsonLine(value: unknown, tell: Tell): string {
  return `${tell(toJson(value))}\n`;
}
