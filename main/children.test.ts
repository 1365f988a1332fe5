import type { ChildProcess } from "node:child_process";
import { EventEmitter } from "node:events";
import { expect, onTestFinished, test, vi } from "vitest";
import { ask, ended, endWithUs, isEnding } from "./launch/children.mjs";

/** A child that notes what it is told. */
function childStandIn(connected = true) {
  const told: unknown[] = [];
  const child = Object.assign(new EventEmitter(), {
    connected,
    send: (message: unknown) => told.push(message),
    kill: (signal: string) => told.push(signal),
  });
  return { child: child as unknown as ChildProcess, told };
}

test.each<[code: number | null, signal: NodeJS.Signals | null, as: number]>([
  [0, null, 0],
  [5, null, 5],
  [null, "SIGINT", 0],
  [null, "SIGTERM", 0],
  [null, "SIGKILL", 1],
])("a child that ended with %s by %s has ended with %i", async (code, signal, as) => {
  const { child } = childStandIn();
  const end = ended(child);
  child.emit("exit", code, signal);
  expect(await end).toBe(as);
});

test("a child that cannot be started says why, and is one that was not found", async () => {
  const write = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  const { child } = childStandIn();
  const end = ended(child);
  child.emit("error", new Error("spawn node ENOENT"));
  expect([await end, write.mock.calls]).toEqual([127, [["spawn node ENOENT\n"]]]);
});

test("a child is asked to end where it can hear it", () => {
  const deaf = childStandIn(false);
  const hearing = childStandIn();
  ask(deaf.child);
  ask(hearing.child);
  expect([deaf.told, hearing.told]).toEqual([[], [{ type: "stop" }]]);
});

test("a child is ended with us by every signal that means it: asked first, and after ten seconds the hard way", () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const heard = new Map<unknown, () => void>();
  vi.spyOn(process, "on").mockImplementation((event, listener) => {
    heard.set(event, listener as () => void);
    return process;
  });
  const { child, told } = childStandIn();
  expect(endWithUs(child)).toBe(child);
  expect([...heard.keys()]).toEqual(["SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"]);
  expect(isEnding()).toBe(false);
  heard.get("SIGTERM")?.();
  expect([isEnding(), told]).toEqual([true, [{ type: "stop" }]]);
  vi.advanceTimersByTime(9999);
  expect(told).toHaveLength(1);
  vi.advanceTimersByTime(1);
  expect(told.at(-1)).toBe("SIGKILL");
});
