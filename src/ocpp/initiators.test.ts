import { expect, test } from "vitest";
import { initiatorOf } from "./initiators.ts";
import { loadSchemas } from "./schemas.ts";
import { dialectOf } from "./versions.ts";

test.each(["1.6", "2.0.1", "2.1"] as const)("of every action of %s it is known who asks for it", async (version) => {
  const { actions } = await loadSchemas(version);
  const answered = Object.keys(dialectOf(version).handlers);
  const told = actions().map((action) => [action, initiatorOf(action)]);
  expect(told).toEqual(
    actions().map((action) => {
      const asked = answered.includes(action) ? "station" : "central-system";
      return [action, action === "DataTransfer" ? "both" : asked];
    }),
  );
});

test("an action of nobody's is told as such", () => {
  expect(initiatorOf("constructor")).toBeUndefined();
});
