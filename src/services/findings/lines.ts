import type { Cell } from "../../lib/csv.ts";
import { isoTime } from "../../lib/units.ts";
import type { FindingGroup } from "../../station/model.ts";
import { rules } from "../../words/en/findings.ts";
import type { Language } from "../../words/language.ts";
import { placeText, ruleText, spokenText } from "../../words/spoken.ts";

/** The columns of a table of findings. */
export const findingHead = ["station", "severity", "rule", "count", "last", "title", "where", "said"];

/** What a station deviates in, as a row of a table. */
export function findingCells(station: string, group: FindingGroup, language: Language): Cell[] {
  const { rule, where, said, count, lastAt } = group;
  const { title } = ruleText(rule, language);
  const { severity } = rules[rule];
  const place = placeText(where, language);
  return [station, severity, rule, count, isoTime(lastAt), title, place, spokenText(said, language)];
}
