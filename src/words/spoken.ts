import { shownText } from "../lib/shown-text.ts";
import { type Spoken, sayBy } from "../lib/words.ts";
import { type CauseCode, causes } from "./en/causes.ts";
import { type Rule, rules } from "./en/findings.ts";
import { phrases } from "./en/phrases.ts";
import { ticket } from "./en/ticket.ts";
import { causes as swedishCauses } from "./sv/causes.ts";
import { findings as swedishFindings } from "./sv/findings.ts";
import { phrases as swedishPhrases } from "./sv/phrases.ts";
import { places as swedishPlaces } from "./sv/places.ts";
import { ticket as swedishTicket } from "./sv/ticket.ts";

/** The languages that we speak. */
export const languages = ["en", "sv"] as const;
export type Language = (typeof languages)[number];

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

/** Where a finding is, in a language: `frame /1`, `StatusNotification answer /status`, `transaction, EVSE 1`. */
export function placeText(where: string, language: Language): string {
  const shown = shownText(where);
  if (language === "en") return shown;
  return shown.replace(
    /(?<=^| )[a-z]+(?=$| |,)/g,
    (word) => (Object.hasOwn(swedishPlaces, word) ? swedishPlaces[word] : undefined) ?? word,
  );
}

/** The words of a vendor ticket, in a language. */
export function ticketWords(language: Language): typeof ticket {
  return language === "sv" ? swedishTicket : ticket;
}
