import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createLogger } from "../lib/logger.ts";
import type { Words } from "../lib/words.ts";
import { words } from "../station/phrases.ts";
import type { Answer } from "../transports/system/ask.ts";
import { careForFolder, type FolderHost, placeTrouble } from "./folder-care.ts";

const windows = (real = (path: string) => path, answer: Answer = null): FolderHost => ({
  platform: "win32",
  home: "/users/me",
  ask: async () => answer,
  real,
  kindOf: () => 0,
});

const profile = { local: "/users/me/local/Plugside", roaming: "/users/me/roaming/Plugside" };

const settled = () => new Promise((resolve) => setImmediate(resolve));

function care(folder: string, host?: FolderHost) {
  const told: Words[] = [];
  const silent = createLogger(() => undefined);
  const kept = careForFolder(folder, { own: true, profile, tell: (what) => told.push(what), log: silent }, host);
  let changes = 0;
  kept.changed.on(() => changes++);
  return { kept, told, changes: () => changes };
}

test("a folder of Windows that others may read is told once that is known", async () => {
  const { kept, told, changes } = care("/stick/plugside", windows(undefined, { code: 0, text: "open" }));
  expect([kept.othersMayRead(), told]).toEqual([false, []]);
  await settled();
  expect([kept.othersMayRead(), changes()]).toEqual([true, 1]);
  expect(told).toEqual([words("files-open-to-others", { paths: "/stick/plugside" })]);
});

test("one that is kept from others is not spoken of", async () => {
  const { kept, told, changes } = care("/stick/plugside", windows(undefined, { code: 0, text: "kept" }));
  await settled();
  expect([kept.othersMayRead(), told, changes()]).toEqual([false, [], 0]);
});

test("where a record lies badly is told at once", async () => {
  const { roaming: folder, local } = profile;
  const { kept, told } = care(folder, windows(undefined, { code: 0, text: "kept" }));
  expect(told).toEqual([words("record-roams", { folder, local })]);
  await settled();
  expect([kept.othersMayRead(), told.length]).toEqual([false, 1]);
});

test.skipIf(process.platform === "win32")("elsewhere the modes of the files are taken away from others", () => {
  const folder = mkdtempSync(join(tmpdir(), "plugside-care-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "plugside.db"), "");
  chmodSync(join(folder, "plugside.db"), 0o644);
  const { kept, told } = care(folder);
  expect([kept.othersMayRead(), told]).toEqual([false, []]);
});

test("a record in the roaming profile, or behind a network drive, lies badly", () => {
  const { roaming, local } = profile;
  const trouble = (folder: string, host = windows()) => placeTrouble(folder, profile, host);
  expect(trouble(roaming)).toEqual(words("record-roams", { folder: roaming, local }));
  const drive = windows(() => "\\\\server\\share\\plugside");
  expect(trouble("/z/plugside", drive)).toEqual(words("record-on-network", { folder: "/z/plugside" }));
  const unknown = windows(() => {
    throw new Error("EPERM");
  });
  expect([trouble(local), trouble("/data", unknown)]).toEqual([null, null]);
  for (const platform of ["linux", "darwin"] as const)
    expect(trouble(roaming, { ...windows(), platform, kindOf: () => 0 })).toBeNull();
  // Of another computer by its number, and macOS numbers otherwise.
  expect(trouble("/Volumes/x", { ...drive, platform: "darwin", kindOf: () => 0x6969 })).toBeNull();
});

test.each([
  [0x6969, true],
  [0x517b, true],
  [0xff534d42, true],
  [0xff534d42 | 0, true],
  [0xfe534d42, true],
  [0x5346414f, true],
  [0x00c36400, true],
  [0xef53, false],
])("on Linux a file system numbered %i is one of another computer: %s", (kind, isRemote) => {
  const host: FolderHost = { ...windows(), platform: "linux", kindOf: () => kind };
  const told = placeTrouble("/mnt/share", profile, host);
  expect(told).toEqual(isRemote ? words("record-on-network", { folder: "/mnt/share" }) : null);
});
