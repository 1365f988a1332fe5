// @vitest-environment happy-dom
import { act, cleanup, renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, expect, test } from "vitest";
import type { CoreClient } from "../../../src/api/client.ts";
import type { HistoryEntry, HistoryGroup } from "../../../src/services/history/contract.ts";
import { CoreProvider } from "../../core/core.tsx";
import { refused } from "../../ui/testing/screen.tsx";
import { useHistory } from "./use-history.ts";

afterEach(cleanup);

const entry = (seq: number): HistoryEntry => ({ station: "CP1", event: { kind: "heartbeat", at: seq, seq } });
type Page = { entries: HistoryEntry[]; more: boolean };

/** A history over a core that the test answers by hand. */
function history(groups: HistoryGroup[] = []) {
  const asked: unknown[] = [];
  const answers: { resolve(value: unknown): void; reject(error: Error): void }[] = [];
  const watches: {
    input: unknown;
    tell: (value: HistoryEntry[], added: HistoryEntry[] | null) => void;
    fail: (error: Error) => void;
  }[] = [];
  const client = {
    call(name: string, input: unknown) {
      asked.push([name, input]);
      return new Promise((resolve, reject) => answers.push({ resolve, reject }));
    },
    watch(_name: string, input: unknown, tell: never, fail: never) {
      watches.push({ input, tell, fail });
      return { stop() {} };
    },
    onState: () => ({ stop() {} }),
    state: "open",
  } as unknown as CoreClient;
  const wrapper = ({ children }: { children: ReactNode }) => <CoreProvider client={client}>{children}</CoreProvider>;
  const { result } = renderHook(() => useHistory("CP1", groups), { wrapper });
  return {
    now: () => result.current,
    seqs: () => result.current.entries.map(({ event }) => event.seq),
    asked: () => asked.splice(0),
    watches,
    do: (what: (of: typeof result.current) => void) => act(() => what(result.current)),
    tell: (seqs: number[]) => act(() => watches.at(-1)?.tell(seqs.map(entry), null)),
    answer: (page: Page | { seq: number | null }) => act(async () => answers.shift()?.resolve(page)),
    refuse: () => act(async () => answers.shift()?.reject(refused())),
  };
}
const page = (seqs: number[], more: boolean): Page => ({ entries: seqs.map(entry), more });
/** As many as a snapshot holds, from 100 on: there are older ones. */
const many = Array.from({ length: 100 }, (_, at) => 100 + at);
const asks = (where: object) => [["history.page", { station: "CP1", ...where, limit: 200 }]];

test("what is live is watched, of some kinds or of all", () => {
  expect(history().watches.map(({ input }) => input)).toEqual([{ station: "CP1" }]);
  const some = history(["boots"]);
  expect(some.watches.map(({ input }) => input)).toEqual([{ station: "CP1", groups: ["boots"] }]);
  expect(some.now()).toMatchObject({ state: "loading", busy: null });
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
  expect(of.watches).toHaveLength(2);
  of.tell([100]);
  expect(of.now().state).toBe("ready");
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
