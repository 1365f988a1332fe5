import { expect, test } from "vitest";
import { shippedProfiles } from "./shipped.ts";

test("every shipped profile can be read, and has a name of its own", () => {
  const names = shippedProfiles().map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toContain("eastron-sdm630");
  expect(names).toEqual(names.toSorted((one, other) => one.localeCompare(other)));
});

test("every shipped charger tells its status, and every meter its energy", () => {
  const without = shippedProfiles().filter(({ kind, registers }) =>
    kind === "charger"
      ? !registers.some(({ means }) => means === "status")
      : !registers.some(({ means }) => means === "Energy.Active.Import.Register"),
  );
  expect(without.map(({ name }) => name)).toEqual([]);
});
