import type { TFunction } from "i18next";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { shownText } from "../../../src/lib/shown-text.ts";
import { upstreamProblems } from "../../../src/station/forward.ts";
import { type Language, placeText, ruleText, spokenText } from "../../../src/words/spoken.ts";
import { useLanguage } from "../../i18n/index.ts";
import { durationText, quantityText } from "../../ui/format/format.ts";
import { isStateName } from "../../ui/status.ts";
import { commandWord } from "../stations/commands/words.ts";
import type { Sentence, SentenceKey, SentenceValue } from "./sentence.ts";

/** Says a sentence, or a value of one, in the language on screen. */
export function useSay(): (value: SentenceValue) => string {
  const { t } = useTranslation();
  const language = useLanguage();
  return useMemo(() => (value) => sayValue(value, t, language), [t, language]);
}

/** A sentence begins with a capital, also when it begins with a place. */
export function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}

function sayValue(value: SentenceValue, t: TFunction, language: Language): string {
  if (typeof value === "string") return shownText(value);
  if (typeof value === "number") return String(value);
  if ("phrase" in value) return spokenText(value, language);
  if ("key" in value) return saySentence(value, t, language);
  if ("rule" in value) return ruleText(value.rule, language).title;
  if ("state" in value) return isStateName(value.state) ? t(`common.status.${value.state}`) : shownText(value.state);
  if ("command" in value) return shownText(commandWord(t, value.command));
  if ("upstream" in value) {
    const known = upstreamProblems.find((one) => one === value.upstream);
    return known ? t(`forward.problems.${known}`) : value.upstream;
  }
  if ("place" in value) return placeText(value.place, language);
  if ("wattHours" in value) return quantityText(language, value.wattHours, "Wh");
  return durationText(value.milliseconds);
}

function saySentence(sentence: Sentence, t: TFunction, language: Language): string {
  const values = Object.entries(sentence.values).map(([name, value]) => [name, sayValue(value, t, language)]);
  // One key of many at once has the variables of all of them to i18next's types; the sentence brings its own.
  const plain = t as unknown as (key: `history.sentences.${SentenceKey}`, values: Record<string, string>) => string;
  return plain(`history.sentences.${sentence.key}`, Object.fromEntries(values));
}
