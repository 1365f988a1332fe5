import type { Cell } from "../../lib/csv.ts";
import { isoTime } from "../../lib/units.ts";
import { capital, sayValue } from "../../station/telling/say.ts";
import { tell } from "../../station/telling/sentences.ts";
import type { Language } from "../../words/language.ts";
import type { HistoryEntry } from "./contract.ts";

/** The columns of a table of the history. */
export const historyHead = ["time", "station", "kind", "what", "frame"];

/** What happened, as a row of a table. */
export function historyCells(entry: HistoryEntry, language: Language): Cell[] {
  const { station, event } = entry;
  return [isoTime(event.at), station, event.kind, textOf(entry, language), event.seq];
}

/** What happened, with what it says in English, for scripts. */
export function toldEntry(entry: HistoryEntry): HistoryEntry & { text: string } {
  return { ...entry, text: textOf(entry, "en") };
}

function textOf({ event }: HistoryEntry, language: Language): string {
  const { main, more } = tell(event);
  const details = more.map((one) => sayValue(one, language)).filter((text) => text !== "");
  return [capital(sayValue(main, language)), ...details].join(", ");
}
