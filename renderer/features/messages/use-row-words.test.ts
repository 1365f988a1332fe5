import { expect, it } from "vitest";
import { measuredText } from "./use-row-words.ts";

it.each([
  ["power", "10779.9 W", "10.78\u202fkW", "10,78\u202fkW"],
  ["power", "7.2 kW", "7.20\u202fkW", "7,20\u202fkW"],
  ["energy", "3502254 Wh", "3,502.25\u202fkWh", "3\u00a0502,25\u202fkWh"],
  ["current", "10 / 10 / 9.8 A", "10 / 10 / 9.8 A", "10 / 10 / 9,8 A"],
  ["soc", "41.5 %", "41.5 %", "41,5 %"],
  ["power", "much", "much", "much"],
  ["firmware", "1.2.3", "1.2.3", "1.2.3"],
])("%s %s is read by the language's habit", (label, said, en, sv) => {
  expect([measuredText("en", label, said), measuredText("sv", label, said)]).toEqual([en, sv]);
});
