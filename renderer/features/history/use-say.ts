import { useMemo } from "react";
import { sayValue } from "../../../src/station/telling/say.ts";
import type { SentenceValue } from "../../../src/station/telling/sentence.ts";
import { useLanguage } from "../../i18n/index.ts";

/** Says a sentence, or a value of one, in the language on screen. */
export function useSay(): (value: SentenceValue) => string {
  const language = useLanguage();
  return useMemo(() => (value) => sayValue(value, language), [language]);
}
