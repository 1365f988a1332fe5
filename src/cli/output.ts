import type { Cell } from "../lib/csv.ts";
import { shownText } from "../lib/shown-text.ts";
import { redact } from "../redaction/redact.ts";
import { csvLine, jsonLine, type Tell } from "../redaction/tell.ts";

/** The one way to standard output and standard error: whatever a station said, a terminal shows it and does nothing of it, and
 * secrets stay here unless they were asked for. */

/** A line of fields, a tab between them. */
export function rowLine(cells: readonly Cell[], tell: Tell): string {
  return `${cells.map((cell) => shownText(tell(String(cell ?? "")))).join("\t")}\n`;
}

/** Prints a line of fields. */
export function printRow(cells: readonly Cell[], tell: Tell = redact): void {
  process.stdout.write(rowLine(cells, tell));
}

/** Prints a line of a table. */
export function printCsv(cells: readonly Cell[], tell: Tell = redact): void {
  process.stdout.write(csvLine(cells, tell));
}

/** Prints a value as one line of JSON. */
export function printJson(value: unknown, tell: Tell = redact): void {
  process.stdout.write(jsonLine(value, tell));
}

/** As long as a pipe takes at once on every system, characters: what is longer waits for its reader in the middle. */
const pieceLength = 32_768;

/** Prints many lines as made above, each made only when the reader has taken those before: whoever prints a whole record must not gather
 * it in memory, and makes the next while the last are read. */
export async function printLines(lines: Iterable<string>): Promise<void> {
  let piece = "";
  for (const line of lines) {
    piece += line;
    if (piece.length < pieceLength) continue;
    await written(piece);
    piece = "";
  }
  if (piece !== "") await written(piece);
}

function written(text: string): Promise<void> {
  return new Promise((resolve) => process.stdout.write(text, () => resolve()));
}

/** Text of ours in lines; what is in it from outside was made one line, and lost its secrets, before. */
export function printText(text: string): void {
  process.stdout.write(inLines(text));
}

/** Whether a person reads what is printed, at a terminal. */
export function isAtTerminal(): boolean {
  return Boolean(process.stdout.isTTY);
}

/** What a device wrote, for the terminal of the person who talks to it: it went through a terminal's filter before. */
export function printTerminal(text: string): void {
  process.stdout.write(text);
}

/** A file of ours, byte for byte. */
export function printBytes(bytes: Uint8Array): void {
  process.stdout.write(bytes);
}

/** Says what went wrong or what there is to know beside the result, to standard error. In lines, as `printText`. */
export function complain(text: string): void {
  process.stderr.write(inLines(redact(text)));
}

function inLines(text: string): string {
  return `${text.replace(/\n$/, "").split("\n").map(shownText).join("\n")}\n`;
}

/** A number of things in words, e.g. "1 frame", "2 frames". */
export function counted(count: number, one: string, several = `${one}s`): string {
  return `${count} ${count === 1 ? one : several}`;
}

/** Ends the process with 0 when its reader has seen enough (head, grep -q). */
export function endWithReader(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));
}

/** Asks the person at the terminal, beside the result; what was typed. */
export async function askPerson(question: string): Promise<string> {
  const { createInterface } = await import("node:readline/promises");
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  return asking.question(shownText(question)).finally(() => asking.close());
}

/** A terminal that is gone ends nothing. */
export function outliveTerminal(): void {
  process.stderr.on("error", () => undefined);
}

/** Lets what was written leave the process. */
export function drain(): Promise<void> {
  return written("");
}
