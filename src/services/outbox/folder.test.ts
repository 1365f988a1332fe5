import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import type { KeptFile } from "../../station/model.ts";
import { checkPath, sendToFolder, testFolder } from "./folder.ts";

const disk = vi.hoisted(() => ({ free: null as number | null, synced: [] as string[] }));
vi.mock("../../store/file/storage-error.ts", () => ({ freeBytes: () => disk.free }));
vi.mock("../../lib/write-file.ts", () => ({
  syncFile: (path: string) => disk.synced.push(path),
  syncFolder: (path: string) => disk.synced.push(path),
}));

const content = "a log\n";
const sha256 = createHash("sha256").update(content).digest("hex");
const file: KeptFile = { id: 1, name: "log.txt", bytes: content.length, sha256, at: 0, state: "whole" };
const { signal } = new AbortController();

let from: string;
let stick: string;
beforeEach(() => {
  const home = mkdtempSync(join(tmpdir(), "plugside-folder-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  [from, stick] = [join(home, "1"), join(home, "stick")];
  writeFileSync(from, content);
  mkdirSync(stick);
  Object.assign(disk, { free: null, synced: [] });
});

test("what was copied is on the disk before it is compared and named, and its name before it counts as sent", async () => {
  expect(await sendToFolder(stick, file, from, signal)).toBe(join(stick, "log.txt"));
  expect(disk.synced).toEqual([join(stick, `.plugside-${sha256.slice(0, 32)}.part`), stick]);
  expect(readdirSync(stick)).toEqual(["log.txt"]);
});

test("a copy that is not what was kept does not arrive, and leaves nothing behind", async () => {
  const other = { ...file, sha256: sha256.replace(/^./, (digit) => (digit === "0" ? "1" : "0")) };
  await expect(sendToFolder(stick, other, from, signal)).rejects.toMatchObject({ code: "unavailable" });
  expect(readdirSync(stick)).toEqual([]);
});

const needed = content.length + 1024 * 1024;
test.each([
  [needed, true],
  [needed - 1, false],
])("with %i bytes free it is sent: %s", async (free, sent) => {
  disk.free = free;
  const sending = sendToFolder(stick, file, from, signal).then(() => true);
  if (sent) await expect(sending).resolves.toBe(true);
  else await expect(sending).rejects.toThrow(/room|free/i);
  expect(readdirSync(stick)).toEqual(sent ? ["log.txt"] : []);
});

test("what is there under its name is left alone: the copy takes another, and where that is taken too it is not sent", async () => {
  writeFileSync(join(stick, "log.txt"), "another");
  const second = join(stick, `log-${sha256.slice(0, 12)}.txt`);
  expect(await sendToFolder(stick, file, from, signal)).toBe(second);
  expect(readFileSync(join(stick, "log.txt"), "utf8")).toBe("another");
  expect(await sendToFolder(stick, file, from, signal)).toBe(second);
  writeFileSync(second, "other!");
  await expect(sendToFolder(stick, file, from, signal)).rejects.toMatchObject({ code: "unavailable" });
  expect(readdirSync(stick).sort()).toEqual([`log-${sha256.slice(0, 12)}.txt`, "log.txt"]);
});

test("a copy is broken off when one wants it, and leaves nothing behind", async () => {
  await expect(sendToFolder(stick, file, from, AbortSignal.abort())).rejects.toThrow(/abort/i);
  expect(readdirSync(stick)).toEqual([]);
});

test("a folder that is gone is not made, and a path that means another folder from another place is refused", async () => {
  rmSync(stick, { recursive: true });
  await expect(sendToFolder(stick, file, from, signal)).rejects.toMatchObject({ code: "unavailable" });
  await expect(testFolder(stick)).rejects.toMatchObject({ code: "unavailable" });
  expect(() => readdirSync(stick)).toThrow("ENOENT");
  expect(() => checkPath("logs")).toThrow();
  expect(() => checkPath(stick)).not.toThrow();
});

test("a test of a folder leaves nothing behind", async () => {
  await testFolder(stick);
  expect(readdirSync(stick)).toEqual([]);
});
