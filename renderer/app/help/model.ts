import type { ScreenId } from "../screens.ts";
import type { words } from "./en/words.ts";

/** A word of the glossary, by its name in English. */
export type WordId = keyof typeof words;

/** A word as it is written in a language, and what it means. */
export type GlossaryWord = { word: string; means: string };

/** What a screen is for, what one does there, and the words that stand on it. */
export type HelpPage = { purpose: string; steps: readonly string[]; words: readonly WordId[] };

/** The help in one language. */
export type HelpContent = {
  pages: Readonly<Record<ScreenId, HelpPage>>;
  words: Readonly<Record<WordId, GlossaryWord>>;
};
