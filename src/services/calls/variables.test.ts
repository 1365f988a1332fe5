import { expect, test } from "vitest";
import { fillIn, variablesOf } from "./variables.ts";

test("variables are found once each, and filled in as they are meant", () => {
  const payload = '{"idTag":"{{idTag}}","connectorId":{{ connector }},"again":"{{idTag}}-x"}';
  expect(variablesOf(payload)).toEqual(["idTag", "connector"]);
  expect(JSON.parse(fillIn(payload, { idTag: 'A"B\\\n', connector: "2" }))).toEqual({
    idTag: 'A"B\\\n',
    connectorId: 2,
    again: 'A"B\\\n-x',
  });
  expect(fillIn(payload, { idTag: "A" })).toBe('{"idTag":"A","connectorId":{{ connector }},"again":"A-x"}');
  expect(fillIn("{{constructor}} {{__proto__}}", {})).toBe("{{constructor}} {{__proto__}}");
  expect(variablesOf("{{}} {a} {{b c}}")).toEqual([]);
});
