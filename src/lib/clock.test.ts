import { uptime } from "node:os";
import { expect, test, vi } from "vitest";
import { createManualClock, guardedClock, systemClock } from "./clock.ts";

test("the machine's timers run no longer than the machine can count, and never at once for that", () => {
  const once = vi.spyOn(globalThis, "setTimeout");
  const ever = vi.spyOn(globalThis, "setInterval");
  for (const ms of [5, 2 ** 31 - 1, 2 ** 31, Number.POSITIVE_INFINITY]) {
    systemClock.after(ms, () => undefined).stop();
    systemClock.every(ms, () => undefined).stop();
  }
  const lengths = [5, 2 ** 31 - 1, 2 ** 31 - 1, 2 ** 31 - 1];
  expect(once.mock.calls.map(([, ms]) => ms)).toEqual(lengths);
  expect(ever.mock.calls.map(([, ms]) => ms)).toEqual(lengths);
});

test("hand-turned timers run in the order of their times, those of one time as they were begun, and what is no length of time is the shortest", () => {
  const clock = createManualClock();
  const told: string[] = [];
  const say = (what: string) => () => void told.push(`${what} ${clock.monotonic()}`);
  const ticking = clock.every(0, say("tick"));
  clock.after(2, say("late"));
  clock.after(Number.NaN, say("now"));
  clock.after(1, say("never")).stop();
  clock.advance(2);
  expect(told).toEqual(["now 0", "tick 1", "tick 2", "late 2"]);
  ticking.stop();
  clock.advance(5);
  expect(told).toHaveLength(4);
});

test("asleep its clock goes on and its timers do not; set, nothing but its clock does", () => {
  const clock = createManualClock(1000);
  clock.sleep(50);
  expect([clock.now(), clock.monotonic(), clock.sinceBoot()]).toEqual([1050, 0, 50]);
  clock.set(-20);
  expect([clock.now(), clock.monotonic(), clock.sinceBoot()]).toEqual([1030, 0, 50]);
});

test("what a guarded timer throws is told, and it goes on", () => {
  const clock = createManualClock();
  const told: unknown[] = [];
  const guarded = guardedClock(clock, (error) => told.push(error));
  const fail = (what: string) => () => {
    throw what;
  };
  guarded.after(1, fail("once"));
  guarded.every(2, fail("ever"));
  clock.advance(4);
  expect(told).toEqual(["once", "ever", "ever"]);
  expect([guarded.now(), guarded.monotonic(), guarded.sinceBoot()]).toEqual([clock.now(), 4, 4]);
});

test("the machine's clock follows the system's, with fractions, also when that is set", () => {
  /** Between two looks at the system's, give or take what it may drift. */
  const follows = () => {
    const before = Date.now();
    const now = systemClock.now();
    return now >= before - 2 && now <= Date.now() + 2;
  };
  expect(follows()).toBe(true);
  const set = Date.now() + 3_600_000;
  const wall = vi.spyOn(Date, "now").mockReturnValue(set);
  expect(systemClock.now()).toBe(set);
  // From there it goes on by what runs, with fractions.
  expect(follows()).toBe(true);
  wall.mockReturnValue(set + 1);
  expect(follows()).toBe(true);
  wall.mockRestore();
  expect(follows()).toBe(true);
});

test("what the machine counts never runs backwards, and tells how long it is up", () => {
  const ran = systemClock.monotonic();
  expect(systemClock.monotonic()).toBeGreaterThanOrEqual(ran);
  const before = uptime() * 1000;
  const up = systemClock.sinceBoot() ?? 0;
  expect(up).toBeGreaterThanOrEqual(before);
  expect(up).toBeLessThanOrEqual(uptime() * 1000);
});
