import { shownJson } from "../lib/shown-text.ts";
import { asWords, english } from "../station/phrases.ts";

/** JSON text in one line that a terminal can be given. Words of the core are in English in it, as everything here. */
export function toJson(value: unknown): string {
  const plain = JSON.stringify(value);
  return shownJson(plain?.includes('phrase":') ? JSON.stringify(value, inEnglish) : plain);
}

function inEnglish(_key: string, value: unknown): unknown {
  const words = asWords(value);
  return words ? english(words) : value;
}
