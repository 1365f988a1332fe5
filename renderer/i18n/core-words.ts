import type { Language, Tables } from "../../src/words/language.ts";

const kept = new Map<Language, Tables>();

/** Keeps the core's words of a language that was fetched. */
export function keepWords(language: Language, words: Tables): void {
  kept.set(language, words);
}

/** Before any language was fetched a phrase is told by its key. */
const none = { phrases: {} } as Tables;

/** The core's words in a language that was fetched, else in the one that was; in the window it stands in for `src/words/tables.ts`, which
 * has both. */
export function tablesOf(language: Language): Tables {
  return kept.get(language) ?? [...kept.values()][0] ?? none;
}
