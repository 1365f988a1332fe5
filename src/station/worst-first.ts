import { severities } from "../words/rule.ts";
import { severityOf } from "./findings.ts";
import type { FindingGroup } from "./model.ts";

/** The worst of each rule, worst first: what one is told of at a glance. */
export function worstOfEachRule(findings: readonly FindingGroup[]): FindingGroup[] {
  const seen = new Set<string>();
  return worstFirst(findings).filter(({ rule }) => !seen.has(rule) && seen.add(rule));
}

/** Worst first; the newest first among equals. */
export function worstFirst(findings: readonly FindingGroup[]): FindingGroup[] {
  const rank = (group: FindingGroup) => severities.indexOf(severityOf(group));
  return [...findings].sort((a, b) => rank(a) - rank(b) || b.lastAt - a.lastAt);
}
