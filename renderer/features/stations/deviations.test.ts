import { expect, it } from "vitest";
import { findings as swedish } from "../../../src/words/sv/findings.ts";
import { deviationsOf, deviationText } from "./deviations.ts";

it("deviations of a raw payload are read in a line each, in the language on screen; what is no finding is left out", () => {
  const finding = { rule: "missing-field", where: "Reset /type", said: "", expected: "Hard or Soft" };
  const found = deviationsOf([finding, "plain", { rule: "no-such-rule", where: "", said: "" }]);
  expect(found.map((one) => deviationText(one, "sv"))).toEqual([
    { title: swedish["missing-field"].title, place: "Reset /type → Hard or Soft" },
  ]);
  const said = { rule: "too-long", where: "Reset /type", said: "Softer" } as const;
  expect(deviationText(said, "en").place).toBe("Reset /type = Softer");
  const broken = [
    null,
    7,
    { rule: "too-long", where: 1, said: "" },
    { rule: "too-long", where: "" },
    { where: "", said: "" },
  ];
  expect(deviationsOf(broken)).toEqual([]);
  expect(deviationsOf({ 0: finding })).toEqual([]);
  expect(deviationsOf(undefined)).toEqual([]);
});
