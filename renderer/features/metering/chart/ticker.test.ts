import { describe, expect, it } from "vitest";
import { createTicker, drawEveryMs } from "./ticker.ts";

describe("createTicker", () => {
  it("draws four times a second, once more when forced, and nothing after it is closed", () => {
    const drawn: [number, boolean][] = [];
    const soon: (() => void)[] = [];
    let tick: () => void = () => {};
    const ticker = createTicker(
      (task, ms) => {
        expect(ms).toEqual(drawEveryMs);
        tick = task;
        return () => {
          tick = () => {};
        };
      },
      () => 42,
      (task) => soon.push(task),
    );
    const stop = ticker.on((now, forced) => drawn.push([now, forced]));
    tick();
    ticker.force();
    ticker.force();
    for (const task of soon) task();
    expect(drawn).toEqual([
      [42, false],
      [42, true],
    ]);
    ticker.force();
    expect(soon).toHaveLength(2);
    stop();
    tick();
    soon[1]?.();
    const left: number[] = [];
    ticker.on((now) => left.push(now));
    ticker.close();
    tick();
    ticker.force();
    soon[2]?.();
    expect([drawn.length, left, drawEveryMs]).toEqual([2, [], 250]);
  });
});
