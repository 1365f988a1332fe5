import { type Cell, csvRow } from "../lib/csv.ts";
import { shownText } from "../lib/shown-text.ts";
import { toJson } from "./json.ts";

/** The one way to standard output and standard error: whatever a station said, a terminal shows it and does nothing of it. */

/** A line of fields, a tab between them. */
export function printRow(cells: readonly Cell[]): void {
  process.stdout.write(`${cells.map((cell) => shownText(String(cell ?? ""))).join("\t")}\n`);
}

/** Text of ours in lines; what is in it from outside was made one line before. */
export function printText(text: string): void {
  process.stdout.write(inLines(text));
}

/** A value as one line of JSON. */
export function printJson(value: unknown): void {
  process.stdout.write(toJson(value));
}

/** A line of a table for spreadsheets. */
export function printCsv(cells: readonly Cell[]): void {
  process.stdout.write(csvRow(cells));
}

/** A file of ours, byte for byte. */
export function printBytes(bytes: Uint8Array): void {
  process.stdout.write(bytes);
}

/** Says what went wrong or what there is to know beside the result, to standard error. In lines, as `printText`. */
export function complain(text: string): void {
  process.stderr.write(inLines(text));
}

function inLines(text: string): string {
  return `${text.replace(/\n$/, "").split("\n").map(shownText).join("\n")}\n`;
}

/** Ends the process with 0 when its reader has seen enough (head, grep -q). */
export function endWithReader(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));
}

/** Lets what was written leave the process. */
export function drain(): Promise<void> {
  return new Promise((resolve) => process.stdout.write("", () => resolve()));
}
