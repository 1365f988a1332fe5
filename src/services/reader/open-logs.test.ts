import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { words } from "../../station/phrases.ts";
import { OpenLogs } from "./open-logs.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const minute = 60_000;

async function setUp() {
  const logs = new OpenLogs();
  const closed: number[] = [];
  const add = (file: number, text: object | null = {}) =>
    logs.add({ file, text, source: { close: async () => void closed.push(file) } } as never);
  const ids = await Promise.all([1, 2, 3].map((file) => add(file)));
  return { logs, closed, add, readings: ids };
}

test("a log that nobody used for half an hour is closed, and one that is used stays", async () => {
  const { logs, closed, readings } = await setUp();
  vi.advanceTimersByTime(29 * minute);
  logs.require(readings[1]?.id ?? 0);
  vi.advanceTimersByTime(minute - 1);
  expect(closed).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(closed).toEqual([1, 3]);
  expect(readings[0]?.closing.signal.reason).toMatchObject({ code: "not-found", words: words("log-closed") });
  expect(() => logs.require(readings[0]?.id ?? 0)).toThrow(expect.objectContaining({ code: "not-found" }));
  vi.advanceTimersByTime(29 * minute);
  expect(closed).toEqual([1, 3, 2]);
});

test("three are open at a time: the one that was not used the longest goes, each has a number of its own", async () => {
  const { logs, closed, add, readings } = await setUp();
  expect(readings.map(({ id }) => id)).toEqual([1, 2, 3]);
  logs.require(1);
  expect((await add(4)).id).toBe(4);
  expect(closed).toEqual([2]);
  await logs.close(3);
  await logs.close(3);
  await add(5);
  expect(closed).toEqual([2, 3]);
});

test("what is open of a file goes with it, and all at the end; what is no text is refused as text", async () => {
  const { logs, closed, add } = await setUp();
  await logs.close(3);
  const { id } = await add(1, null);
  expect(() => logs.requireText(id)).toThrow(
    expect.objectContaining({ code: "invalid-input", words: words("log-no-text") }),
  );
  expect(logs.requireText(2)).toMatchObject({ id: 2, file: 2, text: {} });
  await logs.closeFile(1);
  expect(closed).toEqual([3, 1, 1]);
  await logs.dispose();
  expect(closed).toEqual([3, 1, 1, 2]);
  expect(vi.getTimerCount()).toBe(0);
});
