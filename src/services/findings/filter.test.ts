import { expect, it } from "vitest";
import type { FindingGroup } from "../../station/model.ts";
import { english } from "../../station/phrases.ts";
import { rules } from "../../words/en/findings.ts";
import type { StationFindings } from "./contract.ts";
import { countSeverities, type FindingsFilter, groupByRule } from "./filter.ts";

function found(rule: FindingGroup["rule"], where: string, count: number, lastAt: number): FindingGroup {
  return { rule, where, said: `said ${where}`, count, firstAt: 0, lastAt };
}

const stations: StationFindings[] = [
  { station: "CP1", info: {}, findings: [found("too-long", "A /x", 5, 10), found("not-json", "frame", 1, 20)] },
  { station: "CP2", info: {}, findings: [found("too-long", "A /x", 2, 30), found("bad-format", "B /y", 9, 5)] },
];
const all: FindingsFilter = { station: null, severities: [], rule: null, text: "" };

function shown(filter: Partial<FindingsFilter>) {
  return groupByRule(stations, { ...all, ...filter }, (rule) => `Title of ${rule}`, english).map(
    ({ rule, count, places }) => [rule, count, places.map(({ station }) => station)],
  );
}

it("groups by rule, worst first, and counts over all stations; the newest place first", () => {
  expect(shown({})).toEqual([
    ["not-json", 1, ["CP1"]],
    ["bad-format", 9, ["CP2"]],
    ["too-long", 7, ["CP2", "CP1"]],
  ]);
});

it("is narrowed by station, severity and rule", () => {
  expect(shown({ station: "CP1" })).toEqual([
    ["not-json", 1, ["CP1"]],
    ["too-long", 5, ["CP1"]],
  ]);
  expect(shown({ severities: ["notice", "error"] }).map(([rule]) => rule)).toEqual(["not-json", "too-long"]);
  expect(shown({ rule: "bad-format" })).toEqual([["bad-format", 9, ["CP2"]]]);
});

it("is narrowed by words in the title, the place, what was said, or the station, whatever their case", () => {
  expect(shown({ text: "TITLE OF NOT" }).map(([rule]) => rule)).toEqual(["not-json"]);
  expect(shown({ text: "a /x" }).map(([rule]) => rule)).toEqual(["too-long"]);
  expect(shown({ text: rules["bad-format"].clause }).map(([rule]) => rule)).toContain("bad-format");
  expect(shown({ text: "said b /y" }).map(([rule]) => rule)).toEqual(["bad-format"]);
  expect(shown({ text: " cp1 " }).map(([rule]) => rule)).toEqual(["not-json", "too-long"]);
  expect(shown({ text: "nowhere" })).toEqual([]);
});

it("counts broken rules by severity", () => {
  expect(countSeverities(stations, null)).toEqual({ error: 1, warning: 1, notice: 1 });
  expect(countSeverities(stations, "CP1")).toEqual({ error: 1, warning: 0, notice: 1 });
});

it("puts the most often broken first among those of one severity, then the one that was broken last", () => {
  const rulesOf = (...findings: FindingGroup[]) =>
    groupByRule([{ station: "CP1", info: {}, findings }], all, (rule) => rule, english).map(({ rule }) => rule);
  const warnings = (["bad-format", "unknown-field", "odd-token"] as const).filter(
    (rule) => rules[rule].severity === rules["bad-format"].severity,
  );
  expect(warnings.length).toBeGreaterThan(1);
  const [one, other] = warnings as [FindingGroup["rule"], FindingGroup["rule"]];
  expect(rulesOf(found(one, "A /x", 2, 99), found(other, "A /x", 3, 1))).toEqual([other, one]);
  expect(rulesOf(found(one, "A /x", 2, 1), found(other, "A /x", 2, 99))).toEqual([other, one]);
});

it("is narrowed by what was to come, and by the rule's own name", () => {
  const finding = { ...found("too-long", "A /x", 1, 1), expected: "at most 20" };
  const shownBy = (text: string) =>
    groupByRule([{ station: "CP1", info: {}, findings: [finding] }], { ...all, text }, () => "", english).length;
  expect(["AT MOST", "too-LONG", "twenty"].map(shownBy)).toEqual([1, 1, 0]);
});

it("tells of a rule how bad it is, how often it was broken, and when last, whoever is looked at first", () => {
  for (const order of [stations, stations.toReversed()])
    expect(groupByRule(order, { ...all, rule: "too-long" }, (rule) => rule, english)).toEqual([
      {
        ...{ rule: "too-long", severity: rules["too-long"].severity, count: 7, lastAt: 30 },
        places: [
          { ...found("too-long", "A /x", 2, 30), station: "CP2" },
          { ...found("too-long", "A /x", 5, 10), station: "CP1" },
        ],
      },
    ]);
});
