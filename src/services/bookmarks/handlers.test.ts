import { expect, test } from "vitest";
import type { RowChange } from "../../lib/contract.ts";
import { openBench } from "../../session/testing/bench.ts";
import { mostBookmarks } from "../../station/bounds.ts";
import { BookmarksRepository } from "../../store/kept/bookmarks.ts";
import { noStation } from "../../store/recorder.ts";
import type { ServiceContext } from "../context.ts";
import { watch } from "../testing/open-services.ts";
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
  bench.database.transaction(() => {
    for (let at = 0; at < mostBookmarks; at++) repository.set({ seq: 1_000_000 + at });
  });
  const full = bookmarksHandlers(bench.parts as ServiceContext, repository);
  expect(() => full["bookmarks.set"]({ seq, note: "" })).toThrow(/1000 bookmarks already/);
});

test("the list is in the order of the record, and who looks no more is told nothing", async () => {
  const { bench, handlers, seq } = await setUp();
  const first = watch(handlers["bookmarks.list"], {});
  handlers["bookmarks.set"]({ seq: seq + 1, note: "answer" });
  handlers["bookmarks.set"]({ seq, note: "" });
  const at = bench.frames().find((frame) => frame.seq === seq)?.at ?? 0;
  const call = { seq, at: Math.trunc(at), station: "CP1", direction: "in", action: "BootNotification" };
  const answer = { ...call, seq: seq + 1, direction: "out", note: "answer" };
  const { snapshot } = watch(handlers["bookmarks.list"], {});
  expect(snapshot).toEqual([call, answer]);
  first.close();
  handlers["bookmarks.remove"]({ seq });
  expect(first.told).toEqual([
    { key: String(seq + 1), row: answer },
    { key: String(seq), row: call },
  ]);
});

test("with a station go its bookmarks, and those of others stay", async () => {
  const { bench, repository, handlers, seq } = await setUp();
  handlers["bookmarks.set"]({ seq, note: "" });
  handlers["bookmarks.set"]({ seq: seq + 1, note: "" });
  const { told } = watch(handlers["bookmarks.list"], {});
  repository.remove(seq);
  bench.parts.registry.forgotten.emit(bench.parts.registry.require("CP1"));
  expect(told).toEqual([{ key: String(seq), row: null }]);
  expect(repository.all()).toEqual([{ seq: seq + 1 }]);
});

test("where there are as many as may be, one of them can be noted anew", async () => {
  const { bench, repository, seq } = await setUp();
  bench.database.transaction(() => {
    for (let at = 1; at < mostBookmarks; at++) repository.set({ seq: 1_000_000 + at });
  });
  const handlers = bookmarksHandlers(bench.parts as ServiceContext, repository);
  handlers["bookmarks.set"]({ seq, note: "the last" });
  expect(() => handlers["bookmarks.set"]({ seq: seq + 1, note: "" })).toThrow(
    expect.objectContaining({ code: "conflict" }),
  );
  expect(handlers["bookmarks.set"]({ seq, note: "again" })).toMatchObject({ note: "again" });
  handlers["bookmarks.remove"]({ seq });
  expect(handlers["bookmarks.set"]({ seq: seq + 1, note: "" })).toMatchObject({ seq: seq + 1 });
});

test("a frame that waits to be stored can be kept as a bookmark, one of a console that is no station's as well", async () => {
  const { bench, handlers } = await setUp();
  const { recorder, registry } = bench.parts;
  const frame = (change: object) => {
    const seq = recorder.take();
    recorder.frame({
      ...{ seq, station: registry.require("CP1"), connection: 1, at: 5, direction: "in", action: "Heartbeat" },
      ...{ data: '[2,"7","Heartbeat",{}]', question: null, stationTime: null, findings: [], answer: null },
      ...change,
    });
    return seq;
  };
  const own = frame({});
  const kept = { at: 5, direction: "in", action: "Heartbeat" };
  expect(handlers["bookmarks.set"]({ seq: own, note: "" })).toEqual({ ...kept, seq: own, station: "CP1" });
  const printed = frame({ station: noStation, lane: "console" });
  const bookmark = { ...kept, seq: printed, station: noStation.identity, lane: "console" };
  expect(handlers["bookmarks.set"]({ seq: printed, note: "" })).toEqual(bookmark);
  expect(watch(handlers["bookmarks.list"], {}).snapshot.at(-1)).toEqual(bookmark);
});
