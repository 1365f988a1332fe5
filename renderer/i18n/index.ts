import i18next from "i18next";
import { useCallback } from "react";
import { initReactI18next, useTranslation } from "react-i18next";
import { shownText } from "../../src/lib/shown-text.ts";
import type { Spoken } from "../../src/lib/words.ts";
import { type Language, spokenText } from "../../src/words/spoken.ts";
import { type Catalogue, english } from "./catalogue.ts";
import { swedish } from "./swedish.ts";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "translation";
    resources: { translation: Catalogue };
  }
}

/** Starts the strings in the system's language. */
export function startLanguage(): void {
  void i18next.use(initReactI18next).init({
    lng: systemLanguage(navigator.languages),
    fallbackLng: "en",
    initAsync: false,
    // React keeps HTML out; this keeps out what would turn a sentence round or hide in it.
    interpolation: { escapeValue: true, escape: shownText },
    resources: { en: { translation: english }, sv: { translation: swedish } },
  });
  document.documentElement.lang = i18next.language;
}

/** Chooses the language; `system` is the first of the system's that we speak, else English. */
export function setLanguage(wanted: Language | "system"): void {
  const language = wanted === "system" ? systemLanguage(navigator.languages) : wanted;
  document.documentElement.lang = language;
  if (i18next.language !== language) void i18next.changeLanguage(language);
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
