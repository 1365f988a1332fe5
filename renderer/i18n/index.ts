import i18next from "i18next";
import { useCallback } from "react";
import { initReactI18next, useTranslation } from "react-i18next";
import { shownText } from "../../src/lib/shown-text.ts";
import type { Spoken } from "../../src/lib/words.ts";
import type { Language, Tables } from "../../src/words/language.ts";
import { spokenText } from "../../src/words/spoken.ts";
import type { Catalogue } from "./catalogue.ts";
import { keepWords } from "./core-words.ts";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "translation";
    resources: { translation: Catalogue };
  }
}

/** The strings of a language, the screens' own and the core's: nobody needs both. */
const packs: Readonly<Record<Language, () => Promise<{ catalogue: Catalogue; words: Tables }>>> = {
  en: () => import("./english-pack.ts"),
  sv: () => import("./swedish-pack.ts"),
};

async function fetchPack(language: Language): Promise<Catalogue> {
  const { catalogue, words } = await packs[language]();
  keepWords(language, words);
  return catalogue;
}

/** Fetches the words of a language, where something on screen is to be said in another one than the rest. */
export async function fetchLanguage(language: Language): Promise<void> {
  if (i18next.hasResourceBundle(language, "translation")) return;
  i18next.addResourceBundle(language, "translation", await fetchPack(language));
}

/** Starts the strings in the system's language. */
export async function startLanguage(): Promise<void> {
  const language = systemLanguage(navigator.languages);
  await i18next.use(initReactI18next).init({
    lng: language,
    initAsync: false,
    // React keeps HTML out; this keeps out what would turn a sentence round or hide in it.
    interpolation: { escapeValue: true, escape: shownText },
    resources: { [language]: { translation: await fetchPack(language) } },
  });
  document.documentElement.lang = i18next.language;
}

let wished: Language | null = null;

/** Chooses the language; `system` is the first of the system's that we speak, else English. It changes once its strings are there; of
 * two wishes the later one counts. */
export async function setLanguage(wanted: Language | "system"): Promise<void> {
  const language = wanted === "system" ? systemLanguage(navigator.languages) : wanted;
  wished = language;
  await fetchLanguage(language);
  if (wished !== language) return;
  document.documentElement.lang = language;
  if (i18next.language !== language) await i18next.changeLanguage(language);
}

/** The first of the system's languages that we speak; English where it has none of them. */
function systemLanguage(languages: readonly string[]): Language {
  for (const language of languages) {
    const short = language.slice(0, 2).toLowerCase();
    if (short === "sv" || short === "en") return short;
  }
  return "en";
}

/** The language on screen. */
export function useLanguage(): Language {
  const { i18n } = useTranslation();
  return i18n.language === "sv" ? "sv" : "en";
}

/** Says what the core said in the language on screen. */
export function useSpoken(): (spoken: Spoken) => string {
  const language = useLanguage();
  return useCallback((spoken: Spoken) => spokenText(spoken, language), [language]);
}
