import { shownText } from "./shown-text.ts";

export type Cell = string | number | undefined;

/** A line of a table for spreadsheets (RFC 4180, ended by a line feed). Numbers stay numbers; a text stands in quotes. */
export function csvRow(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(",")}\n`;
}

/** A text that a spreadsheet would compute (=1+1, @SUM, also in wide letters) gets an apostrophe before it; numbers are not touched. */
function csvCell(cell: Cell): string {
  if (cell === undefined) return "";
  if (typeof cell === "number") return String(cell);
  const text = shownText(cell);
  const guarded = /^\s*[=+\-@＝＋－＠]/.test(text) && !/^[+-]?\d+(?:\.\d+)?$/.test(text) ? `'${text}` : text;
  return `"${guarded.replaceAll('"', '""')}"`;
}
