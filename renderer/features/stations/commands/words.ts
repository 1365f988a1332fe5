import type { TFunction } from "i18next";
import type { CommandOutcome } from "../../../../src/station/commands.ts";
import type { Language } from "../../../../src/words/language.ts";
import { spokenText } from "../../../../src/words/spoken.ts";

/** Why a command ended as it did: the station's own words as such, or ours; empty where nobody said. */
export function reasonText(t: TFunction, language: Language, { error, why }: CommandOutcome): string {
  const said = error ? `${error.code} ${error.description}`.trim() : why;
  if (!said) return "";
  return typeof said === "string"
    ? t("stations.outcome.why", { why: said })
    : `${upperFirst(spokenText(said, language))}.`;
}

function upperFirst(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
