import { asWords, english } from "../station/phrases.ts";

/** JSON text for standard output, ended by a line break. Words of the core are in English in it, as everything here. */
export function toJson(value: unknown, indent?: number): string {
  return `${JSON.stringify(value, inEnglish, indent)}\n`;
}

function inEnglish(_key: string, value: unknown): unknown {
  const words = asWords(value);
  return words ? english(words) : value;
}
