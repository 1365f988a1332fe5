import { sketchJson } from "../lib/json.ts";
import { cutText } from "../lib/text.ts";
import { mapTexts, type Spoken } from "../lib/words.ts";
import { type Rule, rules } from "../words/en/findings.ts";
import type { Severity } from "../words/rule.ts";
import { longestSaid } from "./bounds.ts";

/** A tolerated deviation: what the rule says, where it was broken, what was said, and the cure. */
export type Finding = {
  rule: Rule;
  /** The action and the path in its payload, e.g. "StatusNotification /info", or "link"; cut to 200 characters. */
  where: string;
  /** What the station said, cut to 200 characters; or words of ours for what was seen. */
  said: Spoken;
  /** What the specification wants there, where it depends on the place. */
  expected?: Spoken;
};

/** The severity of a finding, by its rule. */
export function severityOf(finding: Finding): Severity {
  return rules[finding.rule].severity;
}

/** Makes a finding; `said` is what the station said, whatever it is, and is cut to 200 characters. */
export function finding(name: Rule, where: string, said: unknown, expected?: Spoken): Finding {
  return observed(name, where, typeof said === "string" ? said : sketch(said), expected);
}

/** A fault of ours, told where it was met so that it is reported to us.
 * @param where what was being read or done */
export function ownFault(where: string, error: unknown): Finding {
  return finding("own-fault", where, error instanceof Error ? `${error.name}: ${error.message}` : sketch(error));
}

function sketch(said: unknown): string {
  return said === undefined ? "" : sketchJson(said, longestSaid);
}

/** A finding that tells in words of ours what was seen. Never for what a station sent: it may look like words. */
export function observed(name: Rule, where: string, said: Spoken, expected?: Spoken): Finding {
  const result: Finding = { rule: name, where: cut(where), said: mapTexts(said, cut) };
  if (expected !== undefined) result.expected = mapTexts(expected, cutExpected);
  return result;
}

function cut(text: string): string {
  return cutText(text, longestSaid);
}

/** A list of the values that are allowed may be longer. */
function cutExpected(text: string): string {
  return cutText(text, 2 * longestSaid);
}
