import { expect, it } from "vitest";
import { findings as swedish } from "../../../src/words/sv/findings.ts";
import { deviationsOf, deviationText } from "./deviations.ts";

it("deviations of a raw payload are read in a line each, in the language on screen; what is no finding is left out", () => {
  const finding = { rule: "missing-field", where: "Reset /type", said: "", expected: "Hard or Soft" };
  const found = deviationsOf([finding, "plain", { rule: "no-such-rule", where: "", said: "" }]);
  expect(found.map((one) => deviationText(one, "sv"))).toEqual([
    { title: swedish["missing-field"].title, place: "Reset /type → Hard or Soft" },
  ]);
  expect(deviationsOf(undefined)).toEqual([]);
});
