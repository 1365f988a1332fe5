import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createManualClock } from "../lib/clock.ts";
import { createEmitter } from "../lib/emitter.ts";
import { silentLogger } from "../lib/logger.ts";
import type { Attempt } from "../station/attempts.ts";
import { AttemptsRepository, keepAttempts } from "./attempts.ts";
import { Database } from "./sqlite/database.ts";

function repositoryForTest(): AttemptsRepository {
  const folder = mkdtempSync(join(tmpdir(), "plugside-attempts-"));
  const database = new Database(join(folder, "plugside.db"));
  onTestFinished(() => {
    database.dispose();
    rmSync(folder, { recursive: true });
  });
  return new AttemptsRepository(database);
}

function attempt(id: number, more: Partial<Attempt> = {}): Attempt {
  return {
    id,
    at: id,
    remoteAddress: "10.0.0.9",
    remotePort: 1,
    localAddress: "10.0.0.1",
    localPort: 9000,
    passed: "tcp",
    state: "stopped",
    causes: [],
    times: {},
    bytes: 0,
    repeats: 1,
    lastAt: id,
    ...more,
  };
}

test("keeps the latest 5000, and knows the largest number given", () => {
  const repository = repositoryForTest();
  expect([repository.newest(10), repository.lastId()]).toEqual([[], 0]);
  for (let from = 1; from <= 5400; from += 100) {
    repository.save(
      Array.from({ length: 100 }, (_, index) => attempt(from + index)),
      [],
    );
  }
  const kept = repository.newest(10_000);
  expect(kept.length).toBeGreaterThanOrEqual(5000);
  expect(kept.length).toBeLessThanOrEqual(5200);
  expect([kept.at(-1)?.id, repository.lastId(), repository.get(1)]).toEqual([5400, 5400, undefined]);
});

test("gathers changes for a second, replaces rows, and drops what was counted in another", () => {
  const repository = repositoryForTest();
  const clock = createManualClock();
  const changed = createEmitter<Attempt[]>(silentLogger);
  const keeping = keepAttempts({ repository, changed, clock, log: silentLogger });
  changed.emit([attempt(1), attempt(2, { state: "connected" }), attempt(3, { state: "under-way" })]);
  expect(repository.newest(10)).toEqual([]);
  clock.advance(1000);
  expect(repository.newest(10).map(({ id }) => id)).toEqual([1, 2]);
  changed.emit([attempt(1, { repeats: 2, lastAt: 9 }), attempt(2, { into: 1 })]);
  void keeping.dispose();
  expect(repository.newest(10)).toEqual([attempt(1, { repeats: 2, lastAt: 9 })]);
});
