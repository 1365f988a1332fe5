import type { TFunction } from "i18next";
import {
  type CommandName,
  type CommandOutcome,
  commandNames,
  type SecurityCommand,
  securityCommandNames,
} from "../../../../src/station/commands.ts";
import { type Language, spokenText } from "../../../../src/words/spoken.ts";

/** The verb of a command, or its name where it is not ours. */
export function commandWord(t: TFunction, name: string): string {
  return isCommand(name) ? t(`stations.command.${name}`) : name;
}

function isCommand(name: string): name is CommandName | SecurityCommand["name"] {
  return ([...commandNames, ...securityCommandNames] as readonly string[]).includes(name);
}

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
