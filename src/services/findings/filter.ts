import type { Spoken } from "../../lib/words.ts";
import type { FindingGroup } from "../../station/model.ts";
import { type Rule, rules } from "../../words/en/findings.ts";
import { type Severity, severities } from "../../words/rule.ts";
import type { StationFindings } from "./contract.ts";

/** What the list is narrowed by. */
export type FindingsFilter = {
  /** null: all of them. */
  station: string | null;
  /** Empty: all. */
  severities: readonly Severity[];
  rule: Rule | null;
  text: string;
};

/** A finding at its station. */
export type Place = FindingGroup & { station: string };

/** A rule with every place that breaks it. */
export type RuleGroup = { rule: Rule; severity: Severity; count: number; lastAt: number; places: Place[] };

/** The findings that pass a filter, by rule: worst first, then the most often broken.
 * @param titleOf a rule's title as it is shown, for the text that is looked for
 * @param say what the core said, as it is shown */
export function groupByRule(
  stations: readonly StationFindings[],
  filter: FindingsFilter,
  titleOf: (rule: Rule) => string,
  say: (spoken: Spoken) => string,
): RuleGroup[] {
  const groups = new Map<Rule, RuleGroup>();
  for (const { station, findings } of stations) {
    if (filter.station !== null && station !== filter.station) continue;
    for (const finding of findings) {
      const place: Place = { ...finding, station };
      if (!passes(place, filter, titleOf, say)) continue;
      const { rule, count, lastAt } = finding;
      const group = groups.get(rule) ?? { rule, severity: rules[rule].severity, count: 0, lastAt: 0, places: [] };
      group.count += count;
      group.lastAt = Math.max(group.lastAt, lastAt);
      group.places.push(place);
      groups.set(rule, group);
    }
  }
  const rank = ({ severity }: RuleGroup) => severities.indexOf(severity);
  const sorted = [...groups.values()].sort((a, b) => rank(a) - rank(b) || b.count - a.count || b.lastAt - a.lastAt);
  for (const group of sorted) group.places.sort((a, b) => b.lastAt - a.lastAt);
  return sorted;
}

function passes(
  place: Place,
  filter: FindingsFilter,
  titleOf: (rule: Rule) => string,
  say: (spoken: Spoken) => string,
): boolean {
  const { severity, clause } = rules[place.rule];
  if (filter.severities.length > 0 && !filter.severities.includes(severity)) return false;
  if (filter.rule !== null && place.rule !== filter.rule) return false;
  const wanted = filter.text.trim().toLowerCase();
  if (wanted === "") return true;
  const told = [
    place.station,
    place.rule,
    titleOf(place.rule),
    place.where,
    say(place.said),
    say(place.expected ?? ""),
    clause,
  ];
  return told.some((text) => text.toLowerCase().includes(wanted));
}

/** How many rules of each severity are broken, whatever the filter. */
export function countSeverities(
  stations: readonly StationFindings[],
  station: string | null,
): Record<Severity, number> {
  const counts: Record<Severity, number> = { error: 0, warning: 0, notice: 0 };
  const broken = stations
    .filter((one) => station === null || one.station === station)
    .flatMap(({ findings }) => findings.map(({ rule }) => rule));
  for (const rule of new Set(broken)) counts[rules[rule].severity]++;
  return counts;
}
