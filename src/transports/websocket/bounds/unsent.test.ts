import { expect, test } from "vitest";
import { mostUnsentBeforePause, mostUnsentBytes, pieceCost } from "../../../station/bounds.ts";
import { Unsent } from "./unsent.ts";

test("stops the reading over its bound, goes on at half of it, and knows when nothing may be added", () => {
  const paused: boolean[] = [];
  let told = 0;
  const unsent = new Unsent({
    changed: (bytes) => {
      told = bytes;
    },
    pause: (pause) => paused.push(pause),
  });
  const size = mostUnsentBeforePause / 4 - pieceCost;
  const out = Array.from({ length: 4 }, () => unsent.add(new Uint8Array(size)));
  expect({ paused, told }).toEqual({ paused: [], told: mostUnsentBeforePause });
  out.push(unsent.add(new Uint8Array(size)));
  expect({ paused, told }).toEqual({ paused: [true], told: mostUnsentBeforePause * 1.25 });
  out[0]?.();
  out[1]?.();
  expect(paused).toEqual([true]);
  out[2]?.();
  expect(paused).toEqual([true, false]);
  expect(unsent.full).toBe(false);
  unsent.add("x".repeat(mostUnsentBytes - unsent.bytes - pieceCost));
  expect({ bytes: unsent.bytes, full: unsent.full }).toEqual({ bytes: mostUnsentBytes, full: false });
  unsent.add("");
  expect({ paused, full: unsent.full }).toEqual({ paused: [true, false, true], full: true });
});
