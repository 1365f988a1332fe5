import type { Language } from "../../../src/words/language.ts";
import type { HelpContent } from "./model.ts";

/** Fetches the help of a language: nobody needs both, and many none. */
export async function loadHelp(language: Language): Promise<HelpContent> {
  const [{ pages }, { words: found }] =
    language === "sv"
      ? await Promise.all([import("./sv/pages.ts"), import("./sv/words.ts")])
      : await Promise.all([import("./en/pages.ts"), import("./en/words.ts")]);
  return { pages, words: found };
}
