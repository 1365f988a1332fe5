import { expect, it } from "vitest";
import { DuplicateNames, firstDuplicate } from "./duplicate-names.ts";

it.each<[string, string | undefined]>([
  ['[2,"1","A",{"x":1,"y":{"x":2}}]', undefined],
  ['[2,"1","A",{"x":1,"y":2, "x" : 3}]', "x"],
  ['[2,"1","A",{"v":[{"x":1},{"x":1}]}]', undefined],
  ['[2,"1","A",{"v":[{"x":"x","x":"x"}]}]', "x"],
  ['["a","a",{"a":"a"}]', undefined],
  ['{"\\"":1,"b":"\\"b\\":","b":2}', "b"],
])("%s", (text, name) => {
  expect(firstDuplicate(text)).toBe(name);
});

it("looks through the first messages of each action, and then no more", () => {
  const names = new DuplicateNames();
  const found = Array.from({ length: 10 }, () => names.judge("A", '{"x":1,"x":2}').length);
  expect(found).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 0, 0]);
  expect(names.judge("B", '{"x":1,"x":2}')).toEqual([{ rule: "duplicate-name", where: "B", said: "x" }]);
});
