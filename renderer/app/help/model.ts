import type { ScreenId } from "../screens.ts";
import type { HelpPage } from "./en/pages.ts";
import type { WordId } from "./en/words.ts";

/** A word as it is written in a language, and what it means. */
export type GlossaryWord = { word: string; means: string };

/** The help in one language. */
export type HelpContent = {
  pages: Readonly<Record<ScreenId, HelpPage>>;
  words: Readonly<Record<WordId, GlossaryWord>>;
};
