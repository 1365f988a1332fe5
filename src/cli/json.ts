import { shownJson } from "../lib/shown-text.ts";
import { asWords, english } from "../station/phrases.ts";

/** JSON text in one line that a terminal can be given. Words of the core are in English in it, as everything here. */
export function toJson(value: unknown): string {
  return shownJson(JSON.stringify(value, inEnglish));
}

function inEnglish(_key: string, value: unknown): unknown {
  const words = asWords(value);
  return words ? english(words) : value;
}
