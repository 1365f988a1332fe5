import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { Database } from "../sqlite/database.ts";
import { isLogDamaged } from "./log-check.ts";

/** The write-ahead log of a record to which three commits were made, as a kill leaves it. */
function makeLog(): { bytes: Buffer; frame: number; damaged: (bytes: Uint8Array) => boolean } {
  const folder = mkdtempSync(join(tmpdir(), "plugside-log-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const database = new Database(join(folder, "plugside.db"));
  database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  for (const identity of ["A", "B", "C"]) database.exec(`INSERT INTO stations (identity) VALUES ('${identity}')`);
  const path = join(folder, "log");
  copyFileSync(join(folder, "plugside.db-wal"), path);
  database.dispose();
  const bytes = readFileSync(path);
  const damaged = (changed: Uint8Array) => {
    writeFileSync(path, changed);
    return isLogDamaged(path);
  };
  return { bytes, frame: 24 + bytes.readUInt32BE(8), damaged };
}

function changed(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt8((copy[at] ?? 0) ^ 0xff, at);
  return copy;
}

test("a log as it is left is sound, also where it ends in the middle of a commit, or is none", () => {
  const { bytes, frame, damaged } = makeLog();
  expect(bytes.length).toBeGreaterThan(32 + 2 * frame);
  expect(damaged(bytes)).toBe(false);
  expect(damaged(bytes.subarray(0, bytes.length - frame / 2))).toBe(false);
  expect(damaged(bytes.subarray(0, 31))).toBe(false);
  expect(damaged(new Uint8Array())).toBe(false);
  expect(damaged(Buffer.alloc(bytes.length))).toBe(false);
  expect(isLogDamaged("/nowhere/log")).toBe(false);
});

test("a log is damaged where a commit stands behind bytes that do not fit, or its head is another", () => {
  const { bytes, frame, damaged } = makeLog();
  expect(damaged(changed(bytes, 0))).toBe(true);
  expect(damaged(changed(bytes, 16))).toBe(true);
  expect(damaged(changed(bytes, 25))).toBe(true);
  expect(damaged(changed(bytes, 32 + 24 + 5))).toBe(true);
  expect(damaged(changed(bytes, 32 + frame + 4))).toBe(true);
  const head = Buffer.alloc(64);
  head.writeUInt8(1, 40);
  expect(damaged(head)).toBe(true);
});

test("what is wrong in the last commit alone is one that was not made", () => {
  const { bytes, frame, damaged } = makeLog();
  expect(damaged(changed(bytes, bytes.length - frame + 24 + 5))).toBe(false);
});

test("what stands behind damage and was never committed is no loss", () => {
  const { bytes, frame, damaged } = makeLog();
  const spoilt = Buffer.from(changed(bytes, 32 + 24 + 5));
  for (let at = 32 + frame; at + frame <= spoilt.length; at += frame) spoilt.writeUInt32BE(0, at + 4);
  expect(damaged(spoilt)).toBe(false);
});
