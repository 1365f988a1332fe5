import i18next from "i18next";
import { useCallback } from "react";
import { initReactI18next, useTranslation } from "react-i18next";
import { shownText } from "../../src/lib/shown-text.ts";
import { type Spoken, sayBy } from "../../src/lib/words.ts";
import { type CauseCode, causes } from "../../src/station/causes.ts";
import { type Rule, rules } from "../../src/station/findings.ts";
import { phrases } from "../../src/station/phrases.ts";
import type { TicketWords } from "../../src/station/ticket.ts";
import { type Catalogue, english } from "./catalogue.ts";
import { causes as swedishCauses } from "./sv/causes.ts";
import { findings as swedishFindings } from "./sv/findings.ts";
import { phrases as swedishPhrases } from "./sv/phrases.ts";
import { places as swedishPlaces } from "./sv/places.ts";
import { swedish } from "./swedish.ts";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "translation";
    resources: { translation: Catalogue };
  }
}

export type Language = "en" | "sv";

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

/** The words of a vendor ticket in a language. */
export function ticketWordsOf(language: Language): TicketWords {
  return (language === "sv" ? swedish : english).findings.ticket;
}

/** What a rule says, and its cure, in a language. */
export function ruleText(rule: Rule, language: Language): { title: string; cure: string } {
  return language === "sv" ? swedishFindings[rule] : rules[rule];
}

/** Why an attempt to connect stopped or is odd, and its cure, in a language. */
export function causeText(code: CauseCode, language: Language): { title: string; cure: string } {
  return language === "sv" ? swedishCauses[code] : causes[code];
}

/** What the core said, in a language. */
export function spokenText(spoken: Spoken, language: Language): string {
  return shownText(sayBy(language === "sv" ? swedishPhrases : phrases, spoken));
}

/** Says what the core said in the language on screen. */
export function useSpoken(): (spoken: Spoken) => string {
  const language = useLanguage();
  return useCallback((spoken: Spoken) => spokenText(spoken, language), [language]);
}

/** Where a finding is, in a language: `frame /1`, `StatusNotification answer /status`, `transaction, EVSE 1`. */
export function placeText(where: string, language: Language): string {
  const shown = shownText(where);
  if (language === "en") return shown;
  return shown.replace(
    /(?<=^| )[a-z]+(?=$| |,)/g,
    (word) => (Object.hasOwn(swedishPlaces, word) ? swedishPlaces[word] : undefined) ?? word,
  );
}
