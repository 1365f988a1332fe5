import { severities } from "../../words/rule.ts";
import type { Found } from "../events.ts";
import { severityOf } from "../findings.ts";
import type { FindingGroup } from "../model.ts";
import type { Stamped } from "../transactions/ledger.ts";

const groupLimit = 200;

/** Counts a finding into the group of its rule and place. Past 200 groups one goes: the mildest, and of those the one
 * that was longest not seen. */
export function foldFound(findings: readonly FindingGroup[], event: Stamped<Found>): FindingGroup[] {
  const { finding, at, seq } = event;
  const known = findings.findIndex((group) => group.rule === finding.rule && group.where === finding.where);
  const group = findings[known];
  if (group) {
    return findings.with(known, { ...group, ...finding, count: group.count + 1, lastAt: at, lastFrame: seq });
  }
  const added = [...findings, { ...finding, count: 1, firstAt: at, lastAt: at, firstFrame: seq, lastFrame: seq }];
  return added.length > groupLimit ? dropMildest(added) : added;
}

function dropMildest(groups: FindingGroup[]): FindingGroup[] {
  const mildest = groups.reduce((drop, group) => (goesBefore(group, drop) ? group : drop));
  return groups.filter((group) => group !== mildest);
}

function goesBefore(a: FindingGroup, b: FindingGroup): boolean {
  const rank = (group: FindingGroup): number => severities.indexOf(severityOf(group));
  return rank(a) === rank(b) ? a.lastAt < b.lastAt : rank(a) > rank(b);
}
