import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { Answer } from "./ask.ts";
import { isInside, keepFolderOnWindows } from "./folder-rights.ts";

function setUp(answer: Answer) {
  const home = mkdtempSync(join(tmpdir(), "plugside-rights-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const folder = join(home, "stick", "O'Brien");
  mkdirSync(folder, { recursive: true });
  const scripts: string[] = [];
  const ask = async (_program: string, args: readonly string[]) => {
    scripts.push(Buffer.from(args.at(-1) ?? "", "base64").toString("utf16le"));
    return answer;
  };
  return { folder, scripts, keep: (of = join(home, "user")) => keepFolderOnWindows(ask, folder, of), home };
}

test("a folder of the user's own is not asked about", async () => {
  const { keep, scripts, home } = setUp(null);
  expect(await keep(home)).toBe(true);
  expect(scripts).toEqual([]);
});

test("another one is taken away from others while nothing but ours is in it", async () => {
  const { keep, scripts, folder } = setUp({ code: 0, text: "kept\r\n" });
  for (const name of ["plugside.db", "plugside.db-wal", "lock.db", "core.json", "plugside.log"])
    writeFileSync(join(folder, name), "");
  expect(await keep()).toBe(true);
  expect(scripts[0]).toContain("-and $true) { icacls.exe $folder /inheritance:r");
  expect(scripts[0]).toContain("O''Brien'\n");
  writeFileSync(join(folder, "holiday.jpg"), "");
  expect(await keep()).toBe(true);
  expect(scripts[1]).toContain("-and $false) { icacls.exe");
});

test.each([[{ code: 0, text: "open\r\n" }], [{ code: 1, text: "" }], [null]])(
  "what is not known to be kept is open: %o",
  async (answer) => {
    expect(await setUp(answer).keep()).toBe(false);
  },
);

test("a folder is inside itself and what is above it, and not beside it", () => {
  const outer = resolve("a");
  const inside = [outer, join(outer, "b"), join(outer, "..b")].map((folder) => isInside(folder, outer));
  const outside = [resolve("."), resolve("ab"), resolve("b")].map((folder) => isInside(folder, outer));
  expect([inside, outside]).toEqual([
    [true, true, true],
    [false, false, false],
  ]);
});
