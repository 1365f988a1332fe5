import { severities } from "../words/rule.ts";
import { severityOf } from "./findings.ts";
import type { FindingGroup } from "./model.ts";

/** Worst first; the newest first among equals. */
export function worstFirst(findings: readonly FindingGroup[]): FindingGroup[] {
  const rank = (group: FindingGroup) => severities.indexOf(severityOf(group));
  return [...findings].sort((a, b) => rank(a) - rank(b) || b.lastAt - a.lastAt);
}
