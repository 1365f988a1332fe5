import { expect, it } from "vitest";
import { changesBetween, payloadOf } from "./changes.ts";
import { wayArrow, wayKey } from "./way.ts";

it("tells what was added, taken away and changed, by its place, and nothing that is equal", () => {
  const before = { a: 1, same: [1, { x: 2 }], list: [1, 2, 3], gone: null, kind: {} };
  const after = { a: "1", same: [1, { x: 2 }], list: [1, 5], come: { y: 1 }, kind: [] };
  expect(changesBetween(before, after)).toEqual([
    { path: "/a", before: "1", after: '"1"' },
    { path: "/list/1", before: "2", after: "5" },
    { path: "/list/2", before: "3" },
    { path: "/gone", before: "null" },
    { path: "/kind", before: "{}", after: "[]" },
    { path: "/come", after: '{"y":1}' },
  ]);
  expect(changesBetween(before, before)).toEqual([]);
  expect(changesBetween(1, 2)).toEqual([{ path: "/", before: "1", after: "2" }]);
});

it("takes no name for one that the object has by nature, and is bounded", () => {
  const odd = JSON.parse('{"__proto__":{"a":1},"constructor":2}') as object;
  expect(changesBetween({}, odd)).toEqual([
    { path: "/__proto__", after: '{"a":1}' },
    { path: "/constructor", after: "2" },
  ]);
  const many = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`k${at}`, "x".repeat(1000)]));
  const changes = changesBetween({}, many);
  expect([changes.length, changes[0]?.after?.length]).toEqual([100, 121]);
  const long = `${"x".repeat(200)}`;
  expect(changesBetween(`${long}a`, `${long}b`)).toHaveLength(1);
});

it.each([
  ['[2,"1","Heartbeat",{"a":1}]', { a: 1 }],
  ['[3,"1",{"b":2}]', { b: 2 }],
  ['[4,"1","InternalError","no",{}]', { code: "InternalError", description: "no", details: {} }],
  ['[5,"1","InternalError","no",{"x":1}]', { code: "InternalError", description: "no", details: { x: 1 } }],
  ['[6,"1","NotifyPeriodicEventStream",{"d":4}]', { d: 4 }],
  ['[7,"1",{}]', [7, "1", {}]],
  ["no frame", "no frame"],
  ['{"c":3}', { c: 3 }],
])("compares by the payload of %s", (text, payload) => {
  expect(payloadOf(text)).toEqual(payload);
});

it("says which way a frame went: by its own way, on a console, or on the leg above", () => {
  const ways = ([undefined, "upstream", "console"] as const).flatMap((lane) =>
    (["in", "out", ...(lane === "upstream" ? [] : (["unknown"] as const))] as const).map((direction) => {
      const way = { direction, ...(lane && { lane }) } as Parameters<typeof wayKey>[0];
      return `${wayArrow(way)} ${wayKey(way)}`;
    }),
  );
  expect(ways).toEqual([
    "→ common.direction.in",
    "← common.direction.out",
    "? common.direction.unknown",
    "⇐ common.lane.down",
    "⇒ common.lane.up",
    "⇢ common.heard.in",
    "⇠ common.heard.out",
    "? common.heard.unknown",
  ]);
});
