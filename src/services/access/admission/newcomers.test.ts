import { expect, test } from "vitest";
import { createManualClock } from "../../../lib/clock.ts";
import { mostNewOfAddress, mostNewOfAll, mostUninvited } from "../../../station/bounds.ts";
import { words } from "../../../station/phrases.ts";
import { createNewcomers } from "./newcomers.ts";

test("holds new identities over a bound for one address, for all addresses, and for ever", () => {
  const clock = createManualClock();
  let known = 0;
  const newcomers = createNewcomers({ clock, known: () => known });
  /** How many of these come in. */
  const comeIn = (address: string, count: number) =>
    Array.from({ length: count }, () => newcomers.held(address)).filter((held) => held === null).length;

  expect(comeIn("192.0.2.1", 100_000)).toBe(mostNewOfAddress);
  expect(newcomers.held("192.0.2.1")).toEqual({
    code: "too-many-new",
    said: words("new-of-address", { count: mostNewOfAddress }),
  });
  let others = 0;
  for (let host = 2; host < 200; host++) others += comeIn(`192.0.2.${host}`, 50);
  expect(others).toBe(mostNewOfAll - mostNewOfAddress);
  expect(newcomers.held("192.0.2.250")).toEqual({
    code: "too-many-new",
    said: words("new-of-all", { count: mostNewOfAll }),
  });
  clock.advance(59_999);
  expect(comeIn("192.0.2.250", 1)).toBe(0);
  clock.advance(1);
  expect(comeIn("192.0.2.1", 100)).toBe(100);
  // Those that came in this minute count, though nobody has heard a word of them yet.
  known = mostUninvited - 101;
  expect(comeIn("192.0.2.2", 9)).toBe(1);
  known = mostUninvited;
  expect(newcomers.held("192.0.2.2")).toEqual({
    code: "too-many-new",
    said: words("stations-in-all", { count: mostUninvited }),
  });
});
