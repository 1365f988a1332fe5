import { fileName } from "../../lib/file-name.ts";
import { isoTime } from "../../lib/units.ts";
import { csvLine, type Tell } from "../../redaction/tell.ts";
import type { Language } from "../../words/language.ts";
import type { ExportForm, ExportWish } from "./contract.ts";
import { type ExportSource, rowsOf } from "./rows.ts";

/** How it is written. */
export type ExportStyle = { form: ExportForm; language: Language; tell: Tell };

/** A piece of the file, with the number of its rows. */
export type ExportPiece = { text: string; rows: number };

/** Writes a list as the text of a file, piece by piece, so that a record of any size passes in flat memory.
 * @throws FailureError `not-found` for a station that nobody knows */
export async function* exportedText(
  source: ExportSource,
  wish: ExportWish,
  { form, language, tell }: ExportStyle,
): AsyncGenerator<ExportPiece> {
  if (wish.station !== undefined && wish.list !== "attempts") source.registry.require(wish.station);
  const { head, pieces } = rowsOf(source, wish, language);
  if (form === "csv") yield { text: csvLine([...head], tell), rows: 0 };
  for await (const rows of pieces) {
    const lines = rows.map((row) => (form === "csv" ? row.csv(tell) : row.json(tell)));
    yield { text: lines.join(""), rows: lines.length };
  }
}

/** The name of the file: what it holds, of whom, and when it was made.
 * @param now our clock */
export function exportName({ list, station }: ExportWish, form: ExportForm, now: number): string {
  const made = isoTime(now).slice(0, 16).replaceAll(/[-:]/g, "").replace("T", "-");
  return fileName(
    ["plugside", station, list, made]
      .filter((part) => part !== undefined)
      .join("-")
      .concat(`.${form}`),
  );
}
