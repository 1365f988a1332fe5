import { afterEach, expect, test, vi } from "vitest";
import { keep, kept } from "./kept.ts";

afterEach(() => void vi.unstubAllGlobals());

test("what is kept lies under Plugside's own name, and is there the next time", () => {
  const items = new Map<string, string>();
  vi.stubGlobal("localStorage", {
    getItem: (name: string) => items.get(name) ?? null,
    setItem: (name: string, text: string) => void items.set(name, text),
  });
  expect(kept("rail.laptop")).toBe(null);
  expect(keep("rail.laptop", "open")).toBe(true);
  expect([[...items], kept("rail.laptop")]).toEqual([[["plugside.rail.laptop", "open"]], "open"]);
});

test("where the browser keeps nothing, nothing is there and that is told", () => {
  const refuse = () => {
    throw new Error("full");
  };
  vi.stubGlobal("localStorage", { getItem: refuse, setItem: refuse });
  expect([keep("a", "b"), kept("a")]).toEqual([false, null]);
});
