import { expect, it } from "vitest";
import { worstFirst, worstOfEachRule } from "./worst-first.ts";

const group = (rule: "too-long" | "not-json" | "wrong-type", lastAt: number) => ({
  rule,
  where: "x",
  said: "",
  count: 1,
  firstAt: 0,
  lastAt,
});

it("at a glance each rule stands once, with its worst", () => {
  const found = [group("too-long", 9), group("wrong-type", 1), group("wrong-type", 5)];
  expect(worstOfEachRule(found).map(({ rule, lastAt }) => [rule, lastAt])).toEqual([
    ["wrong-type", 5],
    ["too-long", 9],
  ]);
});

it("findings stand worst first, the newest first among equals", () => {
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
