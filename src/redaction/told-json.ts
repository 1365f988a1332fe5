import { shownJson } from "../lib/shown-text.ts";
import { asWords, english } from "../station/phrases.ts";

/** JSON text in one line that a terminal can be given. Words of the core are in English in it, as everything here. */
export function toJson(value: unknown): string {
  const plain = JSON.stringify(value);
  const told = plain?.includes('phrase":') ? JSON.stringify(value, inEnglish) : plain;
  return isPlain(told) ? told : shownJson(told);
}

/** True for text of plain letters alone, as most is, told in a tenth of the time that looking at each takes: each is one byte, and JSON
 * itself writes out what is below a blank. */
function isPlain(json: string | undefined): boolean {
  return json === undefined || (Buffer.byteLength(json) === json.length && !json.includes("\x7f"));
}

function inEnglish(_key: string, value: unknown): unknown {
  const words = asWords(value);
  return words ? english(words) : value;
}
