import { shownText } from "../../lib/shown-text.ts";
import { chosenTimeText, measuredText, quantityText } from "../../words/format.ts";
import type { Language } from "../../words/language.ts";
import {
  commandText,
  eventText,
  placeText,
  ruleText,
  spokenText,
  stateText,
  upstreamText,
} from "../../words/spoken.ts";
import type { SentenceValue } from "./sentence.ts";

/** A sentence, or a value of one, in a language. */
export function sayValue(value: SentenceValue, language: Language): string {
  if (typeof value === "string") return shownText(value);
  if (typeof value === "number") return String(value);
  if ("phrase" in value) return spokenText(value, language);
  if ("key" in value) {
    const values = Object.entries(value.values).map(([name, one]) => [name, sayValue(one, language)]);
    return eventText(value.key, Object.fromEntries(values), language);
  }
  if ("rule" in value) return ruleText(value.rule, language).title;
  if ("state" in value) return stateText(value.state, language);
  if ("command" in value) return commandText(value.command, language);
  if ("upstream" in value) return upstreamText(value.upstream, language);
  if ("place" in value) return placeText(value.place, language);
  if ("wattHours" in value) return quantityText(language, value.wattHours, "Wh");
  if ("set" in value) return chosenTimeText(value.set);
  return measuredText(value.milliseconds);
}

/** A sentence begins with a capital, also when it begins with a place. */
export function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}
