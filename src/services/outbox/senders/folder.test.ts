import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import type { KeptFile } from "../../../station/model.ts";
import { folderSender } from "./folder.ts";
import type { Delivery } from "./sender.ts";

const disk = vi.hoisted(() => ({ free: null as number | null, synced: [] as string[] }));
vi.mock("../../../store/sqlite/storage-error.ts", () => ({ freeBytes: () => disk.free }));
const stickOf = vi.hoisted(() => {
  const as = (): string | null => null;
  return { links: as(), renames: as(), opens: as(), writes: as() };
});
vi.mock("node:fs/promises", async (original) => {
  const real = await original<typeof import("node:fs/promises")>();
  const refused = (code: string) => Object.assign(new Error(`${code}: no`), { code });
  return {
    ...real,
    link: (from: string, to: string) => (stickOf.links ? Promise.reject(refused(stickOf.links)) : real.link(from, to)),
    rename: (from: string, to: string) =>
      stickOf.renames ? Promise.reject(refused(stickOf.renames)) : real.rename(from, to),
    open: (path: string, flags: string) =>
      stickOf.opens ? Promise.reject(refused(stickOf.opens)) : real.open(path, flags),
    writeFile: (path: string, text: string, options: object) =>
      stickOf.writes ? Promise.reject(refused(stickOf.writes)) : real.writeFile(path, text, options),
  };
});
vi.mock("../../../lib/write-file.ts", () => ({
  syncFile: (path: string) => disk.synced.push(path),
  syncFolder: (path: string) => disk.synced.push(path),
}));

const content = "a log\n";
const sha256 = createHash("sha256").update(content).digest("hex");
const file: KeptFile = { id: 1, name: "log.txt", bytes: content.length, sha256, at: 0, state: "whole" };
const { signal } = new AbortController();

/** Sends it, and tells where it lies then. */
async function send(change: Partial<Delivery> = {}): Promise<string | undefined> {
  const delivery = { file, from, sha256, signal, ...change } as Delivery;
  return (await folderSender(stick).send(delivery)).place;
}

let from: string;
let stick: string;
beforeEach(() => {
  const home = mkdtempSync(join(tmpdir(), "plugside-folder-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  [from, stick] = [join(home, "1"), join(home, "stick")];
  writeFileSync(from, content);
  mkdirSync(stick);
  Object.assign(disk, { free: null, synced: [] });
  Object.assign(stickOf, { links: null, renames: null, opens: null, writes: null });
});

test("what was copied is on the disk before it is compared and named, and its name before it counts as sent", async () => {
  expect(await send()).toBe(join(stick, "log.txt"));
  expect(disk.synced).toEqual([join(stick, `.plugside-${sha256.slice(0, 32)}.part`), stick]);
  expect(readdirSync(stick)).toEqual(["log.txt"]);
});

test("a copy that is not what was kept does not arrive, and leaves nothing behind", async () => {
  const other = sha256.replace(/^./, (digit) => (digit === "0" ? "1" : "0"));
  await expect(send({ sha256: other })).rejects.toMatchObject({ code: "unavailable" });
  expect(readdirSync(stick)).toEqual([]);
});

const needed = content.length + 1024 * 1024;
test.each([
  [needed, true],
  [needed - 1, false],
])("with %i bytes free it is sent: %s", async (free, sent) => {
  disk.free = free;
  const sending = send().then(() => true);
  if (sent) await expect(sending).resolves.toBe(true);
  else await expect(sending).rejects.toThrow(/room|free/i);
  expect(readdirSync(stick)).toEqual(sent ? ["log.txt"] : []);
});

test("what is there under its name is left alone: the copy takes another, and where that is taken too it is not sent", async () => {
  writeFileSync(join(stick, "log.txt"), "another");
  const second = join(stick, `log-${sha256.slice(0, 12)}.txt`);
  expect(await send()).toBe(second);
  expect(readFileSync(join(stick, "log.txt"), "utf8")).toBe("another");
  expect(await send()).toBe(second);
  writeFileSync(second, "other!");
  await expect(send()).rejects.toMatchObject({ code: "unavailable" });
  expect(readdirSync(stick).sort()).toEqual([`log-${sha256.slice(0, 12)}.txt`, "log.txt"]);
});

test("a copy is broken off when one wants it, and leaves nothing behind", async () => {
  await expect(send({ signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
  expect(readdirSync(stick)).toEqual([]);
});

test("a folder that is gone is not made", async () => {
  rmSync(stick, { recursive: true });
  await expect(send()).rejects.toMatchObject({ code: "unavailable" });
  await expect(folderSender(stick).test(signal)).rejects.toMatchObject({ code: "unavailable" });
  expect(() => readdirSync(stick)).toThrow("ENOENT");
});

test("a test of a folder leaves nothing behind", async () => {
  await folderSender(stick).test(signal);
  expect(readdirSync(stick)).toEqual([]);
});

test("a folder that nothing can be written in is told when it is tried, and a stick that is set to be read only when it is sent to", async () => {
  stickOf.writes = "EROFS";
  const unwritable = {
    code: "unavailable",
    words: { phrase: "destination-folder-unwritable", values: { path: stick } },
  };
  await expect(folderSender(stick).test(signal)).rejects.toMatchObject(unwritable);
  Object.assign(stickOf, { links: "EPERM", opens: "EROFS" });
  await expect(send()).rejects.toMatchObject(unwritable);
  expect(readdirSync(stick)).toEqual([]);
});

test("a stick that knows no links is sent to as well, and what is there under its name is left alone there too", async () => {
  stickOf.links = "EPERM";
  expect(await send()).toBe(join(stick, "log.txt"));
  expect(readFileSync(join(stick, "log.txt"), "utf8")).toBe(content);
  expect(readdirSync(stick)).toEqual(["log.txt"]);
  writeFileSync(join(stick, "log.txt"), "another");
  const second = join(stick, `log-${sha256.slice(0, 12)}.txt`);
  expect(await send()).toBe(second);
  expect(readFileSync(second, "utf8")).toBe(content);
  expect(readFileSync(join(stick, "log.txt"), "utf8")).toBe("another");
  writeFileSync(second, "other!");
  await expect(send()).rejects.toThrow(/log\.txt/);
  expect(readdirSync(stick).sort()).toEqual([`log-${sha256.slice(0, 12)}.txt`, "log.txt"]);
});

test("a stick that is pulled out before the copy has its name keeps no empty file of that name", async () => {
  Object.assign(stickOf, { links: "EPERM", renames: "EIO" });
  await expect(send()).rejects.toMatchObject({
    code: "unavailable",
    message: expect.stringContaining(`Nothing can be written in ${stick}`),
  });
  expect(readdirSync(stick)).toEqual([]);
});

test("what a life of the core that was killed has copied already is not copied anew, and its draft is cleared away", async () => {
  writeFileSync(join(stick, "log.txt"), content);
  const draft = join(stick, `.plugside-${sha256.slice(0, 32)}.part`);
  writeFileSync(draft, "a l");
  expect(await send()).toBe(join(stick, "log.txt"));
  expect(readdirSync(stick)).toEqual(["log.txt"]);
  rmSync(join(stick, "log.txt"));
  writeFileSync(draft, "a l");
  expect(await send()).toBe(join(stick, "log.txt"));
  expect(readdirSync(stick)).toEqual(["log.txt"]);
});
