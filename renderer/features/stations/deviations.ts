import type { Spoken } from "../../../src/lib/words.ts";
import type { Finding } from "../../../src/station/findings.ts";
import { rules } from "../../../src/words/en/findings.ts";
import type { Language } from "../../../src/words/language.ts";
import { placeText, ruleText, spokenText } from "../../../src/words/spoken.ts";

/** The deviations in a failure's details: what `stations.command` tells of a raw payload that the schema refuses. */
export function deviationsOf(details: unknown): Finding[] {
  return Array.isArray(details) ? details.filter(isFinding) : [];
}

function isFinding(entry: unknown): entry is Finding {
  if (typeof entry !== "object" || entry === null) return false;
  const { rule, where } = entry as Partial<Record<keyof Finding, unknown>>;
  return typeof rule === "string" && Object.hasOwn(rules, rule) && typeof where === "string" && "said" in entry;
}

/** One deviation in a line: what is wrong, where, what stands there. The cure is left out: here the payload is our own. */
export function deviationText(finding: Finding, language: Language): { title: string; place: string } {
  const told = (spoken: Spoken) => spokenText(spoken, language);
  const said = finding.said === "" ? "" : ` = ${told(finding.said)}`;
  const expected = finding.expected === undefined ? "" : ` → ${told(finding.expected)}`;
  return {
    title: ruleText(finding.rule, language).title,
    place: `${placeText(finding.where, language)}${said}${expected}`,
  };
}
