import { expect, it } from "vitest";
import type { Finding } from "../station/findings.ts";
import type { Rule } from "../words/en/findings.ts";
import { tellOnce } from "./found.ts";

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
  expect(tellOnce(at("A /phase", "unknown-phase", "unknown-value"))).toEqual(at("A /phase", "unknown-phase"));
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
