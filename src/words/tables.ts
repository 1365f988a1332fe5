import { english } from "./english.ts";
import type { Language, Tables } from "./language.ts";
import { swedish } from "./swedish.ts";

/** The words of a language. The screens have another such function in its place, which knows the languages that were fetched. */
export function tablesOf(language: Language): Tables {
  return language === "sv" ? swedish : english;
}
