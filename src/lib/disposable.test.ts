import { expect, test } from "vitest";
import { DisposableStore } from "./disposable.ts";

/** Something opened that notes when it is closed, and may fail then. */
function opened(name: string, closed: string[], fails = false) {
  return {
    name,
    async dispose() {
      await Promise.resolve();
      closed.push(name);
      if (fails) throw new Error(`${name} cannot be closed`);
    },
  };
}

test("what was opened is handed back, and closed newest first, one after the other, once", async () => {
  const closed: string[] = [];
  const store = new DisposableStore();
  const first = opened("first", closed);
  expect(store.add(first)).toBe(first);
  store.add(opened("second", closed));
  expect(closed).toEqual([]);
  await store.dispose();
  await store.dispose();
  expect(closed).toEqual(["second", "first"]);
});

test("one that fails keeps no other open, and the first failure is told", async () => {
  const closed: string[] = [];
  const store = new DisposableStore();
  for (const [name, fails] of [
    ["a", false],
    ["b", true],
    ["c", true],
  ] as const)
    store.add(opened(name, closed, fails));
  await expect(store.dispose()).rejects.toThrow("c cannot be closed");
  expect(closed).toEqual(["c", "b", "a"]);
});

test("what comes when all is closed is closed at once", async () => {
  const closed: string[] = [];
  const store = new DisposableStore();
  await store.dispose();
  const late = store.add(opened("late", closed));
  await Promise.resolve();
  expect([late.name, closed]).toEqual(["late", ["late"]]);
});
