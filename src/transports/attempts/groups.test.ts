import { expect, test } from "vitest";
import type { Attempt, Cause } from "../../station/attempts.ts";
import { middle, Repeats } from "./groups.ts";

const minute = 60_000;
let nextId = 0;

function attempt(at: number, change: Partial<Attempt> = {}): Attempt {
  const base = {
    id: ++nextId,
    at,
    lastAt: at,
    remoteAddress: "10.0.0.1",
    passed: "http",
    state: "stopped",
    repeats: 1,
  };
  return { ...base, causes: [{ code: "profile-too-low" }], identity: "CP1", ...change } as Attempt;
}

test("attempts of one kind are one row, with the facts of the latest and the usual gap between them", () => {
  const repeats = new Repeats();
  const first = repeats.count(attempt(0));
  repeats.count(attempt(10_000));
  repeats.count(attempt(20_000));
  const row = repeats.count(attempt(60_000, { port: 9 } as Partial<Attempt>));
  expect(row).toMatchObject({ id: first.id, at: 0, lastAt: 60_000, repeats: 4, gapMs: 10_000, port: 9 });
});

test.each<[string, Partial<Attempt>]>([
  ["another address", { remoteAddress: "10.0.0.2" }],
  ["another identity", { identity: "CP2" }],
  ["another stage", { passed: "tcp" } as Partial<Attempt>],
  ["another end", { state: "connected" }],
  ["another cause", { causes: [{ code: "silence" }] as Cause[] }],
])("%s is a row of its own", (_what, change) => {
  const repeats = new Repeats();
  const first = repeats.count(attempt(0));
  expect(repeats.count(attempt(1000, change)).id).not.toBe(first.id);
  expect(repeats.count(attempt(2000)).repeats).toBe(2);
});

test("one that began before the last and ended after it turns no clock back", () => {
  const repeats = new Repeats();
  repeats.count(attempt(10_000));
  expect(repeats.count(attempt(4000))).toMatchObject({ at: 10_000, lastAt: 10_000, repeats: 2 });
});

test("what depends on what came before makes no row of its own, and neither does the order of causes", () => {
  const repeats = new Repeats();
  const causes = (...codes: string[]) => ({ causes: codes.map((code) => ({ code })) }) as Partial<Attempt>;
  const first = repeats.count(attempt(0, causes("double-slash", "user-name")));
  const again = repeats.count(attempt(1000, causes("reconnect-loop", "user-name", "double-slash")));
  expect([again.id, again.repeats]).toEqual([first.id, 2]);
});

test("a flood under ever new names is one row", () => {
  const repeats = new Repeats();
  const causes = [{ code: "too-many-new" }] as Cause[];
  const first = repeats.count(attempt(0, { identity: "A", causes }));
  expect(repeats.count(attempt(1, { identity: "B", causes })).id).toBe(first.id);
});

test.each([
  { gap: 30 * minute, same: true },
  { gap: 30 * minute + 1, same: false },
])("a gap of $gap ms is the same story: $same", ({ gap, same }) => {
  const repeats = new Repeats();
  const first = repeats.count(attempt(0));
  expect(repeats.count(attempt(gap)).id === first.id).toBe(same);
});

test("one that comes seldom may come as much later as three of its gaps", () => {
  const seldom = (gap: number) => {
    const repeats = new Repeats();
    const first = attempt(0, { gapMs: 20 * minute });
    repeats.remember(first);
    return repeats.count(attempt(gap)).id === first.id;
  };
  expect([seldom(60 * minute), seldom(60 * minute + 1)]).toEqual([true, false]);
});

test("the middle is the median in whole milliseconds", () => {
  expect([middle([]), middle([5]), middle([9, 1, 2.6]), middle([10, 2])]).toEqual([0, 5, 3, 10]);
});
