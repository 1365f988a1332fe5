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

const repositoryForTest = () => openForTest().repository;

function openForTest() {
  const folder = mkdtempSync(join(tmpdir(), "plugside-attempts-"));
  const database = new Database(join(folder, "plugside.db"));
  onTestFinished(() => {
    database.dispose();
    rmSync(folder, { recursive: true });
  });
  return { database, repository: new AttemptsRepository(database) };
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

const attempts = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => attempt(from + at));

test("keeps the latest 5000, drops the others at every 200th, and knows the largest number given", () => {
  const repository = repositoryForTest();
  expect([repository.newest(10), repository.lastId()]).toEqual([[], 0]);
  const oldest = (from: number, to: number) => {
    repository.save(attempts(from, to), []);
    return repository.newest(10_000)[0]?.id;
  };
  // The first that are kept after a start count as the last of 200.
  expect(oldest(1, 5001)).toBe(2);
  expect(oldest(5002, 5200)).toBe(2);
  expect(oldest(5201, 5201)).toBe(202);
  expect([repository.newest(10_000).length, repository.lastId(), repository.get(1)]).toEqual([5000, 5201, undefined]);
});

test("drops what is to be dropped where nothing else is to be kept", () => {
  const repository = repositoryForTest();
  repository.save(attempts(1, 2), []);
  repository.save([], [1]);
  expect(repository.newest(10).map(({ id }) => id)).toEqual([2]);
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

test("keeps what could not be kept for the next second, what is dropped is not kept first, and stops with it", () => {
  const clock = createManualClock();
  const changed = createEmitter<Attempt[]>(silentLogger);
  const saved: unknown[] = [];
  let full = true;
  const repository = {
    save(rows: Attempt[], dropped: number[]) {
      if (full) throw new Error("disk full");
      saved.push([rows.map(({ id }) => id), dropped]);
    },
  } as unknown as AttemptsRepository;
  const logged: unknown[] = [];
  const log = { ...silentLogger, error: (text: string) => logged.push(text) };
  const keeping = keepAttempts({ repository, changed, clock, log });
  changed.emit([attempt(1), attempt(2, { state: "under-way", into: 1 })]);
  clock.advance(1000);
  full = false;
  clock.advance(1000);
  clock.advance(1000);
  expect([saved, logged]).toEqual([[[[1], [2]]], ["attempts could not be kept"]]);
  changed.emit([attempt(3)]);
  full = true;
  void keeping.dispose();
  full = false;
  changed.emit([attempt(4)]);
  clock.advance(5000);
  expect(saved).toEqual([[[1], [2]]]);
});

test.each([
  [5000, 5000],
  [5001, 0],
])("while none can be kept, %d that wait are %d still", (waiting, kept) => {
  const clock = createManualClock();
  const changed = createEmitter<Attempt[]>(silentLogger);
  let full = true;
  let saved = 0;
  const repository = {
    save(rows: Attempt[]) {
      if (full) throw new Error("disk full");
      saved += rows.length;
    },
  } as unknown as AttemptsRepository;
  const keeping = keepAttempts({ repository, changed, clock, log: silentLogger });
  changed.emit(Array.from({ length: waiting }, (_, index) => attempt(index + 1)));
  clock.advance(1000);
  full = false;
  clock.advance(1000);
  void keeping.dispose();
  expect(saved).toBe(kept);
});

test.each<[string, object]>([
  ["of another number", { id: 9 }],
  ["without a time", { lastAt: null }],
  ["without a count", { repeats: "1" }],
  ["without an address", { remoteAddress: 7 }],
  ["without a stage", { passed: undefined }],
  ["without a state", { state: null }],
  ["with a cause that is none", { causes: [{ code: "tls" }, { code: 7 }] }],
])("an attempt that is %s is passed over", (_what, more) => {
  const { database, repository } = openForTest();
  repository.save([attempt(1), attempt(2)], []);
  database.prepare("UPDATE attempts SET body = ? WHERE id = 2").run(JSON.stringify({ ...attempt(2), ...more }));
  expect([repository.newest(10), repository.get(1), repository.get(2)]).toEqual([[attempt(1)], attempt(1), undefined]);
  expect(database.skipped.get("attempts")).toBe(2);
});
