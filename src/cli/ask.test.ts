import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FailureError } from "../lib/contract.ts";
import type { CommandOutcome, CommandRecord, StationState } from "../station/model.ts";
import { words } from "../station/phrases.ts";
import { command, commandAndWait } from "./ask.ts";

const core = vi.hoisted(() => ({
  there: true,
  answer: null as unknown,
  asked: [] as unknown[],
  tell: null as ((state: unknown) => void) | null,
  refuse: null as ((error: Error) => void) | null,
  stopped: 0,
  closed: 0,
}));
vi.mock("./reach.ts", () => ({
  reachCore: async () =>
    core.there
      ? {
          async call(...asked: unknown[]) {
            core.asked.push(asked);
            if (core.answer instanceof Error) throw core.answer;
            return core.answer;
          },
          watch(...[, , tell, refuse]: [string, unknown, (state: unknown) => void, (error: Error) => void]) {
            Object.assign(core, { tell, refuse });
            return { stop: () => core.stopped++ };
          },
          close: () => core.closed++,
        }
      : null,
}));

const reset = { name: "reset", kind: "soft" } as const;
const accepted: CommandOutcome = { result: "accepted", frame: 7, answerFrame: 8 };
beforeEach(() => {
  Object.assign(core, { there: true, answer: accepted, asked: [], tell: null, refuse: null, stopped: 0, closed: 0 });
  vi.useFakeTimers();
});
afterEach(() => void vi.useRealTimers());

const waiting = (more: Partial<CommandRecord> = {}): Partial<StationState> => ({
  commands: [{ id: "1", name: "reset", args: { kind: "soft" }, sentAt: 0, outcome: accepted, ...more }],
});
const effect = { at: 5, frame: 9 } as CommandRecord["effect"];

test("a command is carried out, and the core let go of", async () => {
  expect(await command("/data", "CP1", reset)).toEqual(accepted);
  expect([core.asked, core.closed]).toEqual([[["stations.command", { identity: "CP1", command: reset }]], 1]);
});

test("without a core, and for a station that nobody has heard of, it is offline; another failure is thrown", async () => {
  core.answer = new FailureError("not-found", "no");
  expect(await command("/data", "CP1", reset)).toEqual({ result: "offline", why: words("never-heard-of") });
  core.answer = new FailureError("invalid-input", "no");
  await expect(command("/data", "CP1", reset)).rejects.toMatchObject({ code: "invalid-input" });
  expect(core.closed).toBe(2);
  core.there = false;
  expect(await command("/data", "CP1", reset)).toEqual({ result: "offline", why: words("no-core") });
  expect(await commandAndWait("/data", "CP1", reset, 5)).toEqual({
    ...{ outcome: { result: "offline", why: words("no-core") }, effect: null },
  });
});

test("what follows a command is waited for, that of this command alone", async () => {
  const following = commandAndWait("/data", "CP1", reset, 60);
  await expect.poll(() => core.tell).not.toBe(null);
  core.tell?.(null);
  core.tell?.(waiting());
  core.tell?.(waiting({ outcome: { ...accepted, frame: 6 }, effect }));
  core.tell?.(waiting({ effect }));
  expect(await following).toEqual({ outcome: accepted, effect });
  expect([core.stopped, core.closed, vi.getTimerCount()]).toEqual([1, 1, 0]);
});

test("it is waited for as many seconds as one said, and no longer", async () => {
  const following = commandAndWait("/data", "CP1", reset, 60);
  await expect.poll(() => core.tell).not.toBe(null);
  const told = vi.fn();
  void following.then(told);
  await vi.advanceTimersByTimeAsync(59_000);
  expect(told).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1000);
  expect(told.mock.calls).toEqual([[{ outcome: accepted, effect: null }]]);
  expect([core.stopped, core.closed]).toEqual([1, 1]);
});

test("what has no effect, or never went out, is not waited for; a watch that is refused fails", async () => {
  core.answer = { result: "rejected" };
  expect(await commandAndWait("/data", "CP1", reset, 60)).toEqual({ outcome: core.answer, effect: null });
  core.answer = accepted;
  expect((await commandAndWait("/data", "CP1", { name: "clear-cache" }, 60)).effect).toBe(null);
  expect(core.tell).toBe(null);
  const following = commandAndWait("/data", "CP1", reset, 60);
  await expect.poll(() => core.refuse).not.toBe(null);
  core.refuse?.(new FailureError("not-allowed", "no"));
  await expect(following).rejects.toMatchObject({ code: "not-allowed" });
});
