import { expect, onTestFinished, test, vi } from "vitest";
import { leavePort } from "./leave-port.ts";
import type { OpenPort } from "./port.ts";

/** A port whose last bytes go out as the test says. */
function leaving(write: () => Promise<void>) {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const told: string[] = [];
  const closed = Promise.withResolvers<void>();
  const dispose = () => {
    told.push("closing");
    return closed.promise;
  };
  const port = { write, dispose } as unknown as OpenPort;
  const left = leavePort(port).then(() => told.push("left"));
  return { told, left, closed };
}

test("a port is closed once what was on its way is out, and left once it is closed", async () => {
  const out = Promise.withResolvers<void>();
  const { told, left, closed } = leaving(() => out.promise);
  await vi.advanceTimersByTimeAsync(999);
  expect(told).toEqual([]);
  out.resolve();
  await vi.advanceTimersByTimeAsync(0);
  expect(told).toEqual(["closing"]);
  expect(vi.getTimerCount()).toBe(0);
  closed.resolve();
  await left;
  expect(told).toEqual(["closing", "left"]);
});

test("a line that takes nothing is waited for a second", async () => {
  const { told } = leaving(() => new Promise(() => undefined));
  await vi.advanceTimersByTimeAsync(999);
  expect(told).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(told).toEqual(["closing"]);
});

test("a line that refuses is closed too", async () => {
  const { told } = leaving(() => Promise.reject(new Error("gone")));
  await vi.advanceTimersByTimeAsync(0);
  expect(told).toEqual(["closing"]);
});
