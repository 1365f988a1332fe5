import type { EventBody } from "../station/events.ts";
import type { Finding, Rule } from "../station/findings.ts";

/** Findings as events, one for each rule and place, in the order they came up. */
export function foundEvents(findings: readonly Finding[]): EventBody[] {
  if (findings.length === 0) return [];
  const first = new Map<string, Finding>();
  for (const finding of findings) {
    const key = `${finding.rule} ${finding.where}`;
    if (!first.has(key)) first.set(key, finding);
  }
  return Array.from(first.values(), (finding) => ({ kind: "found", finding }));
}

/** What a schema says of a place without knowing what it is. */
const general: ReadonlySet<Rule> = new Set<Rule>([
  "wrong-type",
  "too-long",
  "missing-field",
  "unknown-value",
  "bad-format",
  "empty-list",
  "out-of-range",
  "bad-answer",
]);

/** The findings of one message, each rule once for a place; where the dialect has a word for what a schema found as well,
 * the dialect's stands. */
export function tellOnce(findings: readonly Finding[]): Finding[] {
  if (findings.length < 2) return [...findings];
  const named = new Set(findings.filter(({ rule }) => !general.has(rule)).map(({ where }) => where));
  const told = new Map<string, Finding>();
  for (const finding of findings) {
    if (general.has(finding.rule) && named.has(finding.where)) continue;
    const key = `${finding.rule} ${finding.where}`;
    if (!told.has(key)) told.set(key, finding);
  }
  return [...told.values()];
}
