import { expect, it } from "vitest";
import { findings as swedish } from "../../i18n/sv/findings.ts";
import { deviationsOf, deviationText } from "./deviations.ts";
import { worstFirst } from "./Findings.tsx";

it("findings stand worst first, the newest first among equals", () => {
  const group = (rule: "too-long" | "not-json" | "wrong-type", lastAt: number) => ({
    rule,
    where: "x",
    said: "",
    count: 1,
    firstAt: 0,
    lastAt,
  });
  const sorted = worstFirst([
    group("too-long", 9),
    group("wrong-type", 1),
    group("not-json", 3),
    group("wrong-type", 5),
  ]);
  expect(sorted.map(({ rule, lastAt }) => [rule, lastAt])).toEqual([
    ["not-json", 3],
    ["wrong-type", 5],
    ["wrong-type", 1],
    ["too-long", 9],
  ]);
});

it("deviations of a raw payload are read in a line each, in the language on screen; what is no finding is left out", () => {
  const finding = { rule: "missing-field", where: "Reset /type", said: "", expected: "Hard or Soft" };
  const found = deviationsOf([finding, "plain", { rule: "no-such-rule", where: "", said: "" }]);
  expect(found.map((one) => deviationText(one, "sv"))).toEqual([
    { title: swedish["missing-field"].title, place: "Reset /type → Hard or Soft" },
  ]);
  expect(deviationsOf(undefined)).toEqual([]);
});
