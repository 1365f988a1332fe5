import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { setAside } from "./set-aside.ts";

const now = Date.UTC(2026, 10, 26, 5, 13, 7, 89);

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "plugside-aside-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

test("a database is put aside with its log and the log's index, by the time, and nothing beside it is touched", () => {
  const place = folder();
  const path = join(place, "plugside.db");
  for (const part of ["", "-wal", "-shm", "-other"]) writeFileSync(`${path}${part}`, part);
  const aside = `${path}.damaged-20261126T051307Z`;
  expect(setAside(path, now)).toBe(aside);
  expect(readdirSync(place).sort()).toEqual(
    ["plugside.db-other", ...["", "-wal", "-shm"].map((part) => `plugside.db.damaged-20261126T051307Z${part}`)].sort(),
  );
  expect(readFileSync(`${aside}-wal`, "utf8")).toBe("-wal");
});

test("what is there goes aside, also a log alone; nothing takes the place of what went before", () => {
  const place = folder();
  const path = join(place, "plugside.db");
  expect(setAside(path, now)).toBeNull();
  writeFileSync(`${path}-wal`, "log");
  writeFileSync(`${path}.damaged-20261126T051307Z`, "first");
  writeFileSync(`${path}.damaged-20261126T051307Z-2`, "second");
  expect(setAside(path, now)).toBe(`${path}.damaged-20261126T051307Z-3`);
  expect([existsSync(`${path}.damaged-20261126T051307Z-3-wal`), existsSync(`${path}-wal`)]).toEqual([true, false]);
});
