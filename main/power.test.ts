import { expect, test } from "vitest";
import { createPowerKeeper } from "./power.ts";

test("the laptop is kept awake while there is a reason to, however often one begins and ends", () => {
  const asked: unknown[] = [];
  let next = 0;
  const keeper = createPowerKeeper({
    start: (what) => {
      asked.push([what, next]);
      return next++;
    },
    stop: (id) => {
      asked.push(["stop", id]);
      return true;
    },
  });
  const after = (reason: string, on: boolean) => {
    keeper.set(reason, on);
    return asked.splice(0);
  };
  expect(after("session", false)).toEqual([]);
  // Electron's first number is nought.
  expect(after("session", true)).toEqual([["prevent-app-suspension", 0]]);
  expect(after("session", true)).toEqual([]);
  expect(after("upload", true)).toEqual([]);
  expect(after("session", false)).toEqual([]);
  expect(after("upload", false)).toEqual([["stop", 0]]);
  expect(after("upload", false)).toEqual([]);
  expect(after("session", true)).toEqual([["prevent-app-suspension", 1]]);
  expect(after("session", false)).toEqual([["stop", 1]]);
});
