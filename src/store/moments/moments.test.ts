import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { momentsUnthinned } from "../../station/bounds.ts";
import { newStation } from "../../station/model.ts";
import { Database } from "../sqlite/database.ts";
import { StationsRepository } from "../stations.ts";
import { MomentsRepository, thinnedBy } from "./moments.ts";

/** Which of the first `count` moments still have their state. */
function kept(count: number): number[] {
  const bare = new Set<number>();
  for (let n = 1; n <= count; n++) for (const one of thinnedBy(n)) bare.add(one);
  return Array.from({ length: count }, (_none, at) => at + 1).filter((n) => !bare.has(n));
}

test("the newest moments all stay", () => {
  expect(kept(momentsUnthinned)).toHaveLength(momentsUnthinned);
});

test("of older ones every second stays, of those behind them every fourth, and so on", () => {
  const numbers = kept(momentsUnthinned * 8);
  const steps = numbers.slice(1).map((n, at) => n - (numbers[at] ?? 0));
  expect(new Set(steps)).toEqual(new Set([8, 4, 2, 1]));
  expect(steps).toEqual([...steps].sort((one, other) => other - one));
});

test("their count grows with the logarithm of the record", () => {
  expect(kept(100_000).length).toBeLessThan(momentsUnthinned * 8);
});

test("moments of a station are added one by one, or take the place of those that are kept, and are those of no other", () => {
  const folder = mkdtempSync(join(tmpdir(), "plugside-moments-"));
  const database = new Database(join(folder, "plugside.db"));
  onTestFinished(() => {
    database.dispose();
    rmSync(folder, { recursive: true, force: true });
  });
  const stations = new StationsRepository(database);
  const moments = new MomentsRepository(database);
  const at = (identity: string, seq: number) => ({
    state: { ...newStation(identity, 0), seq },
    numbers: [seq - 1, seq],
  });
  const kept = (id: number, identity: string, seq: number) => {
    const { state, numbers } = moments.footing({ id, identity }, seq);
    return [state?.seq, numbers];
  };
  stations.addMoments([
    { id: 1, moments: [at("CP1", 10), at("CP1", 20)], anew: false },
    { id: 2, moments: [at("CP2", 15)], anew: false },
  ]);
  stations.addMoments([{ id: 1, moments: [at("CP1", 30)], anew: false }]);
  expect([9, 10, 19, 25, 99].map((seq) => kept(1, "CP1", seq))).toEqual([
    [undefined, [9, 10]],
    [10, []],
    [10, [19, 20]],
    [20, [29, 30]],
    [30, []],
  ]);
  stations.addMoments([{ id: 1, moments: [at("CP1", 40)], anew: true }]);
  expect([kept(1, "CP1", 35), kept(1, "CP1", 99), kept(2, "CP2", 99)]).toEqual([
    [undefined, [39, 40]],
    [40, []],
    [15, []],
  ]);
  // A state of another station is none.
  expect(kept(2, "CP1", 99)).toEqual([undefined, [14, 15]]);
});
