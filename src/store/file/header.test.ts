import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { migrations } from "../migrations/index.ts";
import { Database, pageSize } from "../sqlite/database.ts";
import { headerOf, lengthByHeader } from "./header.ts";
import { salvage } from "./salvage.ts";

function placeOf(name = "plugside.db"): string {
  const folder = mkdtempSync(join(tmpdir(), "plugside-header-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, name);
}

/** A head that says how long its database is. */
function headWith(change: (head: Buffer) => void): number | null {
  const path = placeOf();
  const head = headerOf(4096, false);
  head.writeUInt32BE(1, 92);
  head.writeUInt32BE(3, 28);
  change(head);
  writeFileSync(path, head);
  return lengthByHeader(path);
}

test("how long a database is by its own head, in pages of each size that there may be", () => {
  expect(headWith(() => undefined)).toBe(3 * 4096);
  expect(headWith((head) => head.writeUInt16BE(32_768, 16))).toBe(3 * 32_768);
  // 1 stands for what two bytes cannot say.
  expect(headWith((head) => head.writeUInt16BE(1, 16))).toBe(3 * 65_536);
});

test("a head that is none, or whose last writer did not keep the length, says nothing", () => {
  expect(headWith((head) => head.writeUInt8(0, 0))).toBe(null);
  expect(headWith((head) => head.writeUInt8(1, 15))).toBe(null);
  expect(headWith((head) => head.writeUInt32BE(2, 92))).toBe(null);
  const path = placeOf();
  writeFileSync(path, headerOf(4096, false).subarray(0, 99));
  expect(lengthByHeader(path)).toBe(null);
});

test("the head of a record as SQLite writes it tells its length, and what we write tells its pages and its log", () => {
  const path = placeOf();
  new Database(path).dispose();
  const length = lengthByHeader(path);
  expect(length && length % pageSize).toBe(0);
  truncateSync(path, 40_000);
  expect(lengthByHeader(path)).toBe(length);
  const [plain, logged] = [headerOf(8192, false), headerOf(8192, true)];
  expect([plain.length, plain.readUInt16BE(16), plain.readUInt32BE(60)]).toEqual([100, 8192, migrations.length]);
  expect([plain.subarray(18, 20), logged.subarray(18, 20)]).toEqual([Buffer.of(1, 1), Buffer.of(2, 2)]);
});

test("what breaks the rules of its table is left out of what is taken over, and counted as a gap", () => {
  const path = placeOf();
  const damaged = new Database(path);
  damaged.exec("DROP TABLE procedures; CREATE TABLE procedures (id, identity, body)");
  damaged.exec("INSERT INTO procedures VALUES (1, 'CP1', '{}'), ('x', 'CP2', '{}')");
  damaged.dispose();
  expect(salvage(path, `${path}.new`)).toEqual({ readable: true, frames: 0, gaps: 1 });
  const taken = new Database(`${path}.new`);
  onTestFinished(() => taken.dispose());
  expect(taken.prepare("SELECT id, identity FROM procedures").all()).toEqual([{ id: 1, identity: "CP1" }]);
});
