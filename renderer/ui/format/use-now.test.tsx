// @vitest-environment happy-dom
import { act, cleanup, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { useNow } from "./use-format.ts";

const start = Date.UTC(2126, 0, 1);
beforeEach(() => void vi.useFakeTimers({ now: start }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

test("the time of the window moves on once a second, by one timer for all, while anybody looks", () => {
  const one = renderHook(() => useNow());
  const other = renderHook(() => useNow());
  const now = () => [one.result.current - start, other.result.current - start];
  expect([now(), vi.getTimerCount()]).toEqual([[0, 0], 1]);
  act(() => vi.advanceTimersByTime(999));
  one.rerender();
  expect(now()).toEqual([0, 0]);
  act(() => vi.advanceTimersByTime(1));
  expect(now()).toEqual([1000, 1000]);
  one.unmount();
  expect(vi.getTimerCount()).toBe(1);
  act(() => vi.advanceTimersByTime(1000));
  expect(other.result.current - start).toBe(2000);
  other.unmount();
  expect(vi.getTimerCount()).toBe(0);
});

test("who looks first after a while sees the time as it is, give or take a second", () => {
  vi.setSystemTime(start + 60_000);
  expect(renderHook(() => useNow()).result.current - start).toBe(60_000);
  cleanup();
  vi.setSystemTime(start + 61_000);
  expect(renderHook(() => useNow()).result.current - start).toBe(60_000);
  cleanup();
  vi.setSystemTime(start + 61_001);
  expect(renderHook(() => useNow()).result.current - start).toBe(61_001);
});
