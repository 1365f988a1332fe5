import { expect, test } from "vitest";
import { applied, bodiesOf, mutantsOf } from "./mutate/mutants.ts";
import { limitOf, wasSlow } from "./mutate/patience.ts";

/** What a line becomes, each time with one fault in it. */
function faultsOf(source: string): string[] {
  return mutantsOf(source, "some.ts").map((mutant) => applied(source, mutant));
}

test.each([
  ["one = a < b;", [";", "one = a <= b;", "one = a > b;"]],
  ["const one = a && b;", ["const one = a || b;"]],
  ["const one = a ?? b;", ["const one = b;"]],
  ["const one = a + 1;", ["const one = a - 1;", "const one = a + 2;"]],
  ['const one = a + "1";', []],
  ["const one = !a;", ["const one = a;"]],
  ["const one = [true, b];", ["const one = [b];", "const one = [false, b];"]],
  ["if (a) b();", ["if (true) b();", "if (false) b();", "if (a) ;"]],
  ["const one = a.filter(b).length;", ["const one = a.length;"]],
  ["const one = Math.max(a, b);", ["const one = Math.min(a, b);"]],
  ["const one = a.toString();", []],
  ["let one: 1 | true;", []],
  ['"use strict";', []],
])("%s", (source, faults) => {
  expect(faultsOf(source).sort()).toEqual(faults.sort());
});

test("says in which line a fault is, and in which function", () => {
  const source = "function one() {\n  return (a) => a.map((b) => !b);\n}";
  const [mutant] = mutantsOf(source, "some.ts");
  const around = bodiesOf(source, "some.ts").filter(
    ({ start, end }) => start <= (mutant?.start ?? -1) && (mutant?.end ?? 0) <= end,
  );
  expect(mutant?.line).toBe(2);
  expect(around.map(({ start, end }) => source.slice(start, end).slice(0, 12))).toEqual([
    "function one",
    "(a) => a.map",
    "(b) => !b",
  ]);
});

test("waits for a fault five times as long as its tests take without one, and 20 s for those that are over at once", () => {
  expect([100, 4000, 4001, 60_000].map(limitOf)).toEqual([20_000, 20_000, 20_005, 300_000]);
});

test("takes a fault up again that ran out while the machine was slow, and not one that the tests now have time for", () => {
  expect(wasSlow(20_000, 30_000)).toBe(true);
  expect(wasSlow(20_000, 4000)).toBe(false);
  expect(wasSlow(limitOf(30_000), 30_000)).toBe(false);
});
