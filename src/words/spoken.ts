import { shownText } from "../lib/shown-text.ts";
import { type Spoken, sayBy } from "../lib/words.ts";
import type { CauseCode } from "./en/causes.ts";
import type { events } from "./en/events.ts";
import type { Rule } from "./en/findings.ts";
import { numberText } from "./format.ts";
import type { Language, Tables } from "./language.ts";
import { tablesOf } from "./tables.ts";

/** What a rule says, and its cure, in a language. */
export function ruleText(rule: Rule, language: Language): { title: string; cure: string } {
  return tablesOf(language).findings[rule];
}

/** Why an attempt to connect stopped or is odd, and its cure, in a language. */
export function causeText(code: CauseCode, language: Language): { title: string; cure: string } {
  return tablesOf(language).causes[code];
}

/** What the core said, in a language. */
export function spokenText(spoken: Spoken, language: Language): string {
  return shownText(sayBy(tablesOf(language).phrases, spoken, (value) => numberText(language, value)));
}

/** A sentence of the time line, its holes filled. */
export function eventText(
  key: keyof typeof events,
  values: Readonly<Record<string, string>>,
  language: Language,
): string {
  return sayBy(tablesOf(language).events, { phrase: key, values });
}

/** What something is in, in a language; what has no word of ours, as it was told. */
export function stateText(state: string, language: Language): string {
  return wordOf(tablesOf(language).states, state);
}

/** A command by its name, in a language. */
export function commandText(name: string, language: Language): string {
  return wordOf(tablesOf(language).commands, name);
}

/** Why the central system above is not reached, in a language. */
export function upstreamText(problem: string, language: Language): string {
  return wordOf(tablesOf(language).upstream, problem);
}

function wordOf(table: Readonly<Record<string, string>>, word: string): string {
  return (Object.hasOwn(table, word) ? table[word] : undefined) ?? shownText(word);
}

/** Where a finding is, in a language: `frame /1`, `StatusNotification answer /status`, `transaction, EVSE 1`. */
export function placeText(where: string, language: Language): string {
  const shown = shownText(where);
  const { places } = tablesOf(language);
  return shown.replace(
    /(?<=^| )[a-z]+(?=$| |,)/g,
    (word) => (Object.hasOwn(places, word) ? places[word] : undefined) ?? word,
  );
}

/** The words of a vendor ticket, in a language. */
export function ticketWords(language: Language): Tables["ticket"] {
  return tablesOf(language).ticket;
}

/** The words of a log's summary, in a language. */
export function logWords(language: Language): Tables["log"] {
  return tablesOf(language).log;
}
