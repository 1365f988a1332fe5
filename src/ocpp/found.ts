import type { EventBody } from "../station/events.ts";
import type { Finding } from "../station/findings.ts";
import type { Rule } from "../words/en/findings.ts";

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

/** What a schema found, by the dialect's rule that says the very same with more knowledge. Whatever else the dialect says of a place
 * stands beside what the schema says of it: both were broken. */
const restated: ReadonlyMap<Rule, Rule> = new Map<Rule, Rule>([
  ["time-unreadable", "bad-format"],
  ["time-without-zone", "bad-format"],
  ["unknown-context", "unknown-value"],
  ["unknown-error-code", "unknown-value"],
  ["unknown-phase", "unknown-value"],
]);

/** The findings of one message, each rule once for a place; where the dialect has a word for what a schema found as well,
 * the dialect's stands. */
export function tellOnce(findings: readonly Finding[]): Finding[] {
  if (findings.length < 2) return [...findings];
  const said = new Set(findings.map(({ rule, where }) => `${restated.get(rule) ?? ""} ${where}`));
  const told = new Map<string, Finding>();
  for (const finding of findings) {
    if (said.has(`${finding.rule} ${finding.where}`)) continue;
    const key = `${finding.rule} ${finding.where}`;
    if (!told.has(key)) told.set(key, finding);
  }
  return [...told.values()];
}
