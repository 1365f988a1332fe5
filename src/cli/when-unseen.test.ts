import { expect, test } from "vitest";
import { createManualClock } from "../lib/clock.ts";
import { createEmitter } from "../lib/emitter.ts";
import { silentLogger } from "../lib/logger.ts";
import { whenUnseen } from "./when-unseen.ts";

test("half a minute after the last screen is gone, and not while one is loaded anew or none has come yet", () => {
  const clock = createManualClock();
  const screens = createEmitter<number>(silentLogger);
  let calls = 0;
  whenUnseen(screens, clock, () => calls++);
  clock.advance(60_000);
  for (const count of [1, 2, 1]) screens.emit(count);
  clock.advance(60_000);
  screens.emit(0);
  clock.advance(29_999);
  for (const count of [1, 0]) screens.emit(count);
  clock.advance(29_999);
  expect(calls).toBe(0);
  clock.advance(1);
  expect(calls).toBe(1);
});
