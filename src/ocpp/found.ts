import type { EventBody } from "../station/events.ts";
import type { Finding } from "../station/findings.ts";

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
