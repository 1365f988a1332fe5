import { expect, it } from "vitest";
import { worstFirst } from "./worst-first.ts";

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
