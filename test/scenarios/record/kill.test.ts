import { randomInt } from "node:crypto";
import { expect, test } from "vitest";
import { killMany } from "../../kill/kill-many.ts";

const seed = randomInt(1_000_000_000);

// `npm run kill -- --times N --seed S` does the same for as long as you like.
test(`kill -9 at any moment loses nothing that was answered, and the next start works at once (seed ${seed})`, async () => {
  const { kills, answered, lost, different, unready } = await killMany({ times: 8, seed, stations: 4 });
  expect({ kills, lost, different, unready }).toEqual({ kills: 8, lost: [], different: [], unready: [] });
  expect(answered).toBeGreaterThan(8);
});
