import { shownText } from "../lib/shown-text.ts";
import { type Spoken, sayBy } from "../lib/words.ts";
import { type CauseCode, causes } from "./en/causes.ts";
import { commands } from "./en/commands.ts";
import { events } from "./en/events.ts";
import { type Rule, rules } from "./en/findings.ts";
import { log } from "./en/log.ts";
import { phrases } from "./en/phrases.ts";
import { states } from "./en/states.ts";
import { ticket } from "./en/ticket.ts";
import { upstream } from "./en/upstream.ts";
import { causes as swedishCauses } from "./sv/causes.ts";
import { commands as swedishCommands } from "./sv/commands.ts";
import { events as swedishEvents } from "./sv/events.ts";
import { findings as swedishFindings } from "./sv/findings.ts";
import { log as swedishLog } from "./sv/log.ts";
import { phrases as swedishPhrases } from "./sv/phrases.ts";
import { places as swedishPlaces } from "./sv/places.ts";
import { states as swedishStates } from "./sv/states.ts";
import { ticket as swedishTicket } from "./sv/ticket.ts";
import { upstream as swedishUpstream } from "./sv/upstream.ts";

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

/** A sentence of the time line, its holes filled. */
export function eventText(
  key: keyof typeof events,
  values: Readonly<Record<string, string>>,
  language: Language,
): string {
  return sayBy(language === "sv" ? swedishEvents : events, { phrase: key, values });
}

/** What something is in, in a language; what has no word of ours, as it was told. */
export function stateText(state: string, language: Language): string {
  return wordOf(language === "sv" ? swedishStates : states, state);
}

/** A command by its name, in a language. */
export function commandText(name: string, language: Language): string {
  return wordOf(language === "sv" ? swedishCommands : commands, name);
}

/** Why the central system above is not reached, in a language. */
export function upstreamText(problem: string, language: Language): string {
  return wordOf(language === "sv" ? swedishUpstream : upstream, problem);
}

function wordOf(table: Readonly<Record<string, string>>, word: string): string {
  return (Object.hasOwn(table, word) ? table[word] : undefined) ?? shownText(word);
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

/** The words of a log's summary, in a language. */
export function logWords(language: Language): typeof log {
  return language === "sv" ? swedishLog : log;
}
