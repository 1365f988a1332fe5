import { expect, test } from "vitest";
import type { RowChange } from "../../lib/contract.ts";
import { openBench } from "../../session/testing/bench.ts";
import { mostBookmarks } from "../../station/bounds.ts";
import { BookmarksRepository } from "../../store/kept/bookmarks.ts";
import type { ServiceContext } from "../context.ts";
import type { Bookmark } from "./contract.ts";
import { bookmarksHandlers } from "./handlers.ts";

async function setUp() {
  const bench = await openBench("1.6");
  const repository = new BookmarksRepository(bench.database);
  const handlers = bookmarksHandlers(bench.parts as ServiceContext, repository);
  bench.say('[2,"1","BootNotification",{"chargePointVendor":"V","chargePointModel":"M"}]');
  const seq = bench.frames().find(({ action }) => action === "BootNotification")?.seq ?? 0;
  return { bench, repository, handlers, seq };
}

test("a frame, or our answer to one, is kept with its note, over a restart too, and told to who looks", async () => {
  const { bench, repository, handlers, seq } = await setUp();
  const told: (string | null | undefined)[] = [];
  handlers["bookmarks.list"]({}, (change) => {
    const { row } = change as RowChange<Bookmark>;
    told.push(row === null ? null : row().note);
  });
  expect(handlers["bookmarks.set"]({ seq, note: "here" })).toMatchObject({
    seq,
    station: "CP1",
    direction: "in",
    action: "BootNotification",
    note: "here",
  });
  expect(handlers["bookmarks.set"]({ seq: seq + 1, note: "" })).toMatchObject({ seq: seq + 1, direction: "out" });
  const again = bookmarksHandlers(bench.parts as ServiceContext, repository);
  const { snapshot } = again["bookmarks.list"]({}, () => undefined);
  expect(snapshot.map((one) => [one.seq, one.note])).toEqual([
    [seq, "here"],
    [seq + 1, undefined],
  ]);
  handlers["bookmarks.remove"]({ seq });
  expect([told, repository.all()]).toEqual([["here", undefined, null], [{ seq: seq + 1 }]]);
});

test("what is not on record is refused, and more than a person looks at", async () => {
  const { bench, repository, handlers, seq } = await setUp();
  expect(() => handlers["bookmarks.set"]({ seq: 99_999, note: "" })).toThrow(/no frame 99999/);
  for (let at = 0; at < mostBookmarks; at++) repository.set({ seq: 1_000_000 + at });
  const full = bookmarksHandlers(bench.parts as ServiceContext, repository);
  expect(() => full["bookmarks.set"]({ seq, note: "" })).toThrow(/1000 bookmarks already/);
});
