import { expect, test } from "vitest";
import type { FindingGroup } from "../../station/model.ts";
import { words } from "../../station/phrases.ts";
import { ruleText } from "../../words/spoken.ts";
import { findingCells, findingHead } from "./lines.ts";

test("a finding stands in a table in the reader's language, each cell under its name", () => {
  const group: FindingGroup = {
    rule: "bad-format",
    where: "Heartbeat /x",
    said: words("tls-left"),
    count: 4,
    firstAt: 0,
    lastAt: Date.UTC(2026, 0, 2),
  };
  const [english, swedish] = (["en", "sv"] as const).map((language) => findingCells("CP1", group, language));
  expect(findingHead.map((name, at) => [name, english?.[at]])).toEqual([
    ["station", "CP1"],
    ["severity", "warning"],
    ["rule", "bad-format"],
    ["count", 4],
    ["last", "2026-01-02T00:00:00.000Z"],
    ["title", ruleText("bad-format", "en").title],
    ["where", "Heartbeat /x"],
    ["said", expect.stringMatching(/\w/)],
  ]);
  expect(swedish?.[5]).toBe(ruleText("bad-format", "sv").title);
  expect([swedish?.[5], swedish?.[7]]).not.toEqual([english?.[5], english?.[7]]);
});
