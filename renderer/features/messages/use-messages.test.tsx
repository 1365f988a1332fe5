// @vitest-environment happy-dom
import { act, cleanup, renderHook } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import type { MessageRow } from "../../../src/services/messages/contract.ts";
import { compileFilter } from "../../../src/services/messages/filter.ts";
import { heldCore } from "../../ui/testing/held-core.tsx";
import { useMessages } from "./use-messages.ts";

afterEach(cleanup);

const row = (seq: number, action = "Heartbeat"): MessageRow => ({
  ...{ seq, at: seq, station: "CP1", direction: "in", kind: "call", action, messageId: String(seq) },
  ...{ summary: [], findings: [], bytes: 10 },
});
const rowsOf = (seqs: readonly number[]) => seqs.map((seq) => row(seq));

/** Messages over a core that the test answers by hand. */
function messages(line = "", seq: number | null = null) {
  const core = heldCore();
  const compiled = (text: string, from: number | null) => ({ filter: compileFilter(text, "CP1"), seq: from });
  const { result, rerender, unmount } = renderHook(({ filter, seq }) => useMessages(filter, seq), {
    wrapper: core.wrapper,
    initialProps: compiled(line, seq),
  });
  return {
    ...core,
    now: () => result.current,
    seqs: () => result.current.list.rows.map((one) => one.seq),
    shown: () => result.current.shown.map((one) => one.seq),
    do: (what: (of: typeof result.current) => void) => act(() => what(result.current)),
    tell: (seqs: readonly number[], added?: readonly MessageRow[]) => core.tell(rowsOf(seqs), added),
    ask: (text: string, from: number | null = null) => rerender(compiled(text, from)),
    unmount,
  };
}
const page = (seqs: readonly number[], more = true) => ({ rows: rowsOf(seqs), more });
const filter = { station: "CP1" };

test("the messages of a filter are watched, those of another in their place, and none once nobody looks", () => {
  const of = messages();
  expect(of.watched()).toEqual([["messages.live", { filter }]]);
  expect(of.now()).toMatchObject({ state: "loading", error: null, busy: null, searched: false });
  of.tell([10, 11]);
  expect([of.now().state, of.seqs(), of.shown(), of.asked()]).toEqual(["ready", [10, 11], [10, 11], []]);
  of.ask("action:Reset");
  expect(of.watched()).toEqual([["messages.live", { filter: { ...filter, action: "Reset" } }]]);
  expect([of.now().state, of.seqs()]).toEqual(["loading", []]);
  of.fail();
  expect(of.now()).toMatchObject({ state: "failed", error: { code: "unavailable" } });
  of.do((now) => now.retry());
  expect([of.now().state, of.watched().length]).toEqual(["loading", 1]);
  of.unmount();
  expect(of.watched()).toEqual([]);
});

test("around a frame, it is ready once those are there, and what comes meanwhile is not among them", async () => {
  const of = messages("", 5);
  expect(of.asked()).toEqual([["messages.around", { filter, seq: 5, limit: 200 }]]);
  of.tell([10, 11]);
  expect(of.now().state).toBe("loading");
  await of.answer(page([4, 5, 6]));
  expect([of.now().state, of.seqs(), of.now().list.attached]).toEqual(["ready", [4, 5, 6], false]);
  of.ask("", 7);
  of.ask("", 8);
  await of.answer(page([7]));
  expect([of.now().state, of.seqs()]).toEqual(["loading", []]);
  await of.refuse();
  expect(of.now()).toMatchObject({ state: "failed", error: { code: "unavailable" } });
});

test("older ones are asked for before the first, a page at a time, and while there are any", async () => {
  const of = messages();
  of.do((now) => now.older());
  expect(of.asked()).toEqual([]);
  of.tell([10, 11]);
  of.do((now) => now.older());
  expect(of.now().busy).toBe("older");
  of.do((now) => now.older());
  expect(of.asked()).toEqual([["messages.page", { filter, before: 10, limit: 200 }]]);
  await of.answer(page([8, 9], false));
  expect([of.seqs(), of.now().busy]).toEqual([[8, 9, 10, 11], null]);
  of.do((now) => now.older());
  expect(of.asked()).toEqual([]);
});

test("newer ones are asked for after an excerpt, until it reaches the end or brings nothing new", async () => {
  const of = messages("", 5);
  of.do((now) => now.newer());
  of.asked();
  of.tell([10, 11]);
  await of.answer(page([4, 5]));
  const next = (seq: number) => [["messages.around", { filter, seq, limit: 200 }]];
  of.do((now) => now.newer());
  expect([of.asked(), of.now().busy]).toEqual([next(5), "newer"]);
  await of.answer(page([5, 6]));
  of.do((now) => now.newer());
  expect([of.asked(), of.seqs()]).toEqual([next(6), [4, 5, 6]]);
  await of.answer(page([6]));
  of.do((now) => now.newer());
  expect([of.asked(), of.now().busy]).toEqual([[], null]);
  of.ask("", 9);
  of.asked();
  of.tell([10, 11]);
  await of.answer(page([9]));
  of.do((now) => now.newer());
  expect(of.asked()).toEqual(next(9));
  await of.answer(page([9, 10, 11]));
  expect(of.now().list.attached).toBe(true);
  of.do((now) => now.newer());
  expect(of.asked()).toEqual([]);
});

test("an answer to what is asked no more is dropped, and so is its refusal", async () => {
  const of = messages();
  of.tell([10]);
  of.do((now) => now.older());
  of.ask("dir:in");
  of.tell([20]);
  await of.answer(page([8]));
  expect([of.seqs(), of.now().busy, of.now().state]).toEqual([[20], null, "ready"]);
  of.do((now) => now.older());
  of.ask("");
  of.tell([30]);
  await of.refuse();
  expect([of.seqs(), of.now().state]).toEqual([[30], "ready"]);
  const late = messages("", 5);
  late.tell([10]);
  await late.answer(page([5]));
  late.do((now) => now.newer());
  late.ask("", 6);
  await late.answer(page([5, 7]));
  expect(late.seqs()).toEqual([]);
});

test("a page that cannot be had says so, whatever went wrong, and another try begins anew", async () => {
  const of = messages();
  of.tell([10]);
  of.do((now) => now.older());
  await of.refuse(new Error("torn"));
  expect(of.now()).toMatchObject({ state: "failed", busy: null, error: { code: "internal" } });
  of.asked();
  of.do((now) => now.older());
  expect(of.asked()).toEqual([]);
  of.do((now) => now.retry());
  of.tell([10]);
  expect(of.now()).toMatchObject({ state: "ready", error: null });
});

test("after ten pages in a row without one to show it is on demand whether to search on", async () => {
  const of = messages("latency:>500ms");
  of.tell([1000]);
  expect([of.shown(), of.seqs()]).toEqual([[], [1000]]);
  const search = async (rows: readonly MessageRow[]) => {
    of.do((now) => now.older());
    await of.answer({ rows, more: true });
    return of.now().searched;
  };
  const slow: MessageRow = {
    ...row(990),
    answer: { seq: 991, at: 1991, latencyMs: 1001, kind: "result", summary: [], findings: [] },
  };
  for (let at = 0; at < 9; at++) expect(await search(rowsOf([999 - at]))).toBe(false);
  expect(await search([slow])).toBe(false);
  expect(of.shown()).toEqual([990]);
  for (let at = 0; at < 9; at++) expect(await search(rowsOf([989 - at]))).toBe(false);
  expect(await search(rowsOf([900]))).toBe(true);
  of.ask("latency:>600ms dir:in");
  expect(of.now().searched).toBe(false);
});

test("what comes while one reads above is counted where it would be shown, by the filter as it is now", () => {
  const of = messages("latency:>500ms");
  of.tell([10]);
  of.do((now) => now.follow(false));
  of.tell([], [row(11)]);
  expect(of.now().list.unseen).toBe(0);
  of.ask("-latency:>500ms");
  of.tell([], [row(12)]);
  expect([of.now().list.unseen, of.shown()]).toEqual([1, [10, 11, 12]]);
  of.do((now) => now.follow(true));
  expect(of.now().list).toMatchObject({ unseen: 0, following: true });
});
