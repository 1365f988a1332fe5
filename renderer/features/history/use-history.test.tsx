// @vitest-environment happy-dom
import { act, cleanup, renderHook } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import type { HistoryEntry, HistoryGroup } from "../../../src/services/history/contract.ts";
import { heldCore } from "../../ui/testing/held-core.tsx";
import { useHistory } from "./use-history.ts";

afterEach(cleanup);

const entry = (seq: number): HistoryEntry => ({ station: "CP1", event: { kind: "heartbeat", at: seq, seq } });
type Page = { entries: HistoryEntry[]; more: boolean };

/** A history over a core that the test answers by hand. */
function history(groups: HistoryGroup[] = []) {
  const core = heldCore();
  const { result, rerender, unmount } = renderHook((some: HistoryGroup[]) => useHistory("CP1", some), {
    wrapper: core.wrapper,
    initialProps: groups,
  });
  return {
    ...core,
    now: () => result.current,
    seqs: () => result.current.entries.map(({ event }) => event.seq),
    do: (what: (of: typeof result.current) => void) => act(() => what(result.current)),
    tell: (seqs: number[], added: number[] | null = null) => core.tell(seqs.map(entry), added?.map(entry)),
    only: (some: HistoryGroup[]) => rerender(some),
    unmount,
  };
}
const page = (seqs: number[], more: boolean): Page => ({ entries: seqs.map(entry), more });
/** As many as a snapshot holds, from 100 on: there are older ones. */
const many = Array.from({ length: 100 }, (_, at) => 100 + at);
const asks = (where: object) => [["history.page", { station: "CP1", ...where, limit: 200 }]];

test("what is live is watched, of some kinds or of all", () => {
  expect(history().watched()).toEqual([["history.live", { station: "CP1" }]]);
  const some = history(["boots"]);
  expect(some.watched()).toEqual([["history.live", { station: "CP1", groups: ["boots"] }]]);
  expect(some.now()).toMatchObject({ state: "loading", busy: null, entries: [] });
  some.tell([100]);
  some.only(["boots", "link"]);
  expect(some.watched()).toEqual([["history.live", { station: "CP1", groups: ["boots", "link"] }]]);
  expect(some.now()).toMatchObject({ state: "loading", entries: [] });
  some.unmount();
  expect(some.watched()).toEqual([]);
});

test("older ones come before the first, one page at a time, and only where there are any", async () => {
  const of = history();
  of.tell(many);
  of.do((now) => now.older());
  expect(of.now().busy).toBe("older");
  of.do((now) => now.older());
  expect(of.asked()).toEqual(asks({ before: 100 }));
  await of.answer(page([98, 99], false));
  expect([of.seqs().slice(0, 3), of.now().busy, of.now().more]).toEqual([[98, 99, 100], null, false]);
  of.do((now) => now.older());
  expect(of.asked()).toEqual([]);
});

test("the beginning, the end, and a moment between are fetched; newer ones come after the last", async () => {
  const of = history();
  of.tell([100, 101]);
  of.do((now) => now.toFirst());
  expect([of.asked(), of.now().busy]).toEqual([asks({ after: 0 }), "first"]);
  await of.answer(page([1, 2], true));
  expect([of.seqs(), of.now().attached, of.now().more]).toEqual([[1, 2], false, false]);
  of.do((now) => now.newer());
  expect(of.asked()).toEqual(asks({ after: 2 }));
  await of.answer(page([3], true));
  expect(of.seqs()).toEqual([1, 2, 3]);
  of.do((now) => now.toLast());
  expect(of.asked()).toEqual(asks({}));
  await of.answer(page([100, 101], true));
  expect([of.seqs(), of.now().attached]).toEqual([[100, 101], true]);
});

test("a moment leads to what happened from it on, or to the end where nothing has since", async () => {
  const of = history();
  of.tell([100]);
  of.do((now) => now.toMoment(5000));
  expect(of.asked()).toEqual([["messages.at", { station: "CP1", at: 4999 }]]);
  await of.answer({ seq: 41 });
  expect(of.asked()).toEqual(asks({ after: 41 }));
  await of.answer(page([42], true));
  expect(of.seqs()).toEqual([42]);
  of.do((now) => now.toMoment(9000));
  await of.answer({ seq: null });
  of.asked();
  await of.answer(page([], false));
  expect(of.asked()).toEqual(asks({}));
  await of.answer(page([100], false));
  expect([of.seqs(), of.now().attached]).toEqual([[100], true]);
});

test("a page that cannot be had says so, and another try begins anew", async () => {
  const of = history();
  of.tell(many);
  of.do((now) => now.older());
  await of.refuse();
  expect(of.now()).toMatchObject({ state: "failed", busy: null });
  of.do((now) => now.retry());
  expect(of.now()).toMatchObject({ state: "loading", error: null });
  expect(of.watched()).toHaveLength(1);
  of.tell([100]);
  expect(of.now()).toMatchObject({ state: "ready", error: null });
  of.fail();
  expect(of.now().state).toBe("failed");
});

test("a late answer to what is asked no more is dropped", async () => {
  const of = history();
  of.tell([100]);
  of.do((now) => now.toFirst());
  of.do((now) => now.retry());
  of.tell([100, 101]);
  await of.answer(page([1], true));
  expect(of.seqs()).toEqual([100, 101]);
});

test("what is asked for last is what counts: an answer to the question before it is dropped, and so is its refusal", async () => {
  const of = history();
  of.tell(many);
  of.do((now) => now.older());
  of.do((now) => now.toFirst());
  await of.answer(page([98, 99], false));
  expect([of.seqs()[0], of.now().busy, of.now().more]).toEqual([100, "first", true]);
  await of.answer(page([1, 2], true));
  expect([of.seqs(), of.now().busy]).toEqual([[1, 2], null]);
  of.do((now) => now.newer());
  of.do((now) => now.toFirst());
  await of.refuse();
  expect(of.now()).toMatchObject({ state: "ready", error: null, busy: "first" });
});

test("what comes is added at the end, counted while one reads elsewhere, and to the end nothing is asked while it is held", () => {
  const of = history();
  of.tell([100]);
  of.tell([100, 101], [101]);
  expect([of.seqs(), of.now().unseen, of.now().following]).toEqual([[100, 101], 0, true]);
  of.do((now) => now.follow(false));
  of.tell([100, 101, 102], [102]);
  expect([of.seqs(), of.now().unseen]).toEqual([[100, 101, 102], 1]);
  of.do((now) => now.newer());
  of.do((now) => now.toLast());
  expect([of.asked(), of.now().unseen, of.now().following]).toEqual([[], 0, true]);
});
