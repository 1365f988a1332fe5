import { describe, expect, it } from "vitest";
import { createManualClock } from "../lib/clock.ts";
import { createScaledClock } from "./scaled-clock.ts";

describe("a station's clock", () => {
  it("starts at the real now and runs as many times faster as it is told, timers included", () => {
    const base = createManualClock(1_000_000);
    const clock = createScaledClock(base, 60);
    const rung: number[] = [];
    clock.after(30_000, () => rung.push(clock.monotonic()));
    clock.every(60_000, () => rung.push(clock.monotonic()));
    expect(clock.now()).toBe(1_000_000);
    base.advance(2000);
    expect(clock.now()).toBe(1_120_000);
    expect(rung).toEqual([30_000, 60_000, 120_000]);
  });

  it("rings no more once disposed of", () => {
    const base = createManualClock();
    const clock = createScaledClock(base, 1);
    const rung: string[] = [];
    clock.every(100, () => rung.push("before"));
    base.advance(100);
    void clock.dispose();
    clock.after(1, () => rung.push("after"));
    base.advance(1000);
    expect(rung).toEqual(["before"]);
  });
});
