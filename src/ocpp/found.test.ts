import { expect, it } from "vitest";
import type { Finding } from "../station/findings.ts";
import type { Rule } from "../words/en/findings.ts";
import { foundEvents, tellOnce } from "./found.ts";

function at(where: string, ...rules: Rule[]): Finding[] {
  return rules.map((rule) => ({ rule, where, said: "" }));
}

it("tells a rule once for a place", () => {
  expect(tellOnce([...at("A /x", "too-long", "too-long"), ...at("A /y", "too-long")])).toEqual([
    ...at("A /x", "too-long"),
    ...at("A /y", "too-long"),
  ]);
});

it("tells what the dialect and the schema say of the same thing in the dialect's word", () => {
  expect(tellOnce(at("A /timestamp", "bad-format", "time-without-zone"))).toEqual(
    at("A /timestamp", "time-without-zone"),
  );
  for (const pair of [
    ["time-unreadable", "bad-format"],
    ["unknown-context", "unknown-value"],
    ["unknown-error-code", "unknown-value"],
    ["unknown-phase", "unknown-value"],
  ] satisfies [Rule, Rule][]) {
    expect(tellOnce(at("A /x", ...pair))).toEqual(at("A /x", pair[0]));
    expect(tellOnce([...at("A /x", pair[1]), ...at("A /y", pair[0])])).toHaveLength(2);
  }
});

it("makes an event of each rule and place, the first that came up", () => {
  const [first, again] = [
    { rule: "too-long", where: "A /x", said: "1" } as const,
    { rule: "too-long", where: "A /x", said: "2" } as const,
  ];
  const other = { rule: "too-long", where: "A /y", said: "3" } as const;
  expect(foundEvents([first, other, again])).toEqual([
    { kind: "found", finding: first },
    { kind: "found", finding: other },
  ]);
  expect([foundEvents([]), tellOnce([]), tellOnce([first])]).toEqual([[], [], [first]]);
});

it("tells both where the dialect says another thing of the place that the schema refuses", () => {
  for (const pair of [
    ["wrong-type", "unknown-transaction"],
    ["too-long", "unknown-transaction"],
    ["missing-field", "faulted-without-error"],
    ["unknown-value", "wrong-unit"],
    ["wrong-type", "other-version"],
    ["wrong-type", "time-unreadable"],
  ] satisfies [Rule, Rule][]) {
    expect(tellOnce(at("A /x", ...pair))).toEqual(at("A /x", ...pair));
  }
});
