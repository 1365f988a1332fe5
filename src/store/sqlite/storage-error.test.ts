import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { words } from "../../station/phrases.ts";
import { asStorageError, freeBytes, StorageError } from "./storage-error.ts";

const path = join(tmpdir(), "plugside.db");

test.each([
  [{ errcode: 5 }, "busy"],
  [{ errcode: 6 }, "busy"],
  [{ errcode: 8 }, "read-only"],
  [{ errcode: 10 }, "failing"],
  // An extended code: the primary one is its last byte.
  [{ errcode: 4874 }, "failing"],
  [{ errcode: 11 }, "damaged"],
  [{ errcode: 13 }, "full"],
  [{ errcode: 14 }, "failing"],
  [{ errcode: 26 }, "damaged"],
  [{ code: "ENOSPC" }, "full"],
  [{ code: "EDQUOT" }, "full"],
  [{ code: "EROFS" }, "read-only"],
  [{ code: "EACCES" }, "read-only"],
  [{ code: "EPERM" }, "read-only"],
  [{ code: "EIO" }, "failing"],
])("%j is the machine's failure: %s, with the file in its words", (how, fault) => {
  const error = asStorageError(Object.assign(new Error("the system's words"), how), path);
  expect(error).toBeInstanceOf(StorageError);
  expect(error).toMatchObject({ fault, words: { phrase: `record-${fault}`, values: { path, folder: tmpdir() } } });
});

test.skipIf(process.platform !== "linux")("a write that fails where there is no room has failed for want of it", () => {
  // No byte can be written there.
  const full = "/proc/plugside.db";
  const fault = (how: object) => (asStorageError(Object.assign(new Error("x"), how), full) as StorageError).fault;
  expect(freeBytes(full)).toBe(0);
  expect([{ errcode: 10 }, { code: "EIO" }, { errcode: 8 }, { errcode: 5 }].map(fault)).toEqual([
    ...["full", "full", "read-only", "busy"],
  ]);
  expect(asStorageError(Object.assign(new Error("the system's words"), { errcode: 10 }), full)).toMatchObject({
    words: words("record-full", { folder: "/proc", free: 0 }),
  });
});

test("what is no failure of the machine stays what it is", () => {
  for (const error of [new Error("ours"), Object.assign(new Error("ours"), { errcode: 1 }), "no error", null])
    expect(asStorageError(error, path)).toBe(error);
  expect(freeBytes(path)).toBeGreaterThan(0);
  expect(freeBytes(join("/none", "such", "file"))).toBeNull();
});
