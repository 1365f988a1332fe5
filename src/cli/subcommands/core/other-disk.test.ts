import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { printed } from "../../testing/printed.ts";

/** What the system says where a folder is to be renamed. */
let code = "EXDEV";
vi.mock("node:fs", async (original) => ({
  ...(await original<object>()),
  renameSync() {
    throw Object.assign(new Error(`${code}: not so`), { code });
  },
}));

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "plugside-disks-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  mkdirSync(join(root, "from", "files"), { recursive: true });
  writeFileSync(join(root, "from", "plugside.db"), "record");
  writeFileSync(join(root, "from", "files", "1"), "file");
  utimesSync(join(root, "from", "files", "1"), 1000, 1000);
});
const moved = () => printed(["move-record", "--from", join(root, "from"), "--to", join(root, "to"), "--yes"]);

test("to another disk a record is copied whole, with its times, and then taken away", async () => {
  mkdirSync(join(root, "to"));
  expect(await moved()).toMatch(/lies in .*to now\.\n= 0\n$/);
  expect([readFileSync(join(root, "to", "files", "1"), "utf8"), existsSync(join(root, "from"))]).toEqual([
    "file",
    false,
  ]);
  expect(statSync(join(root, "to", "files", "1")).mtimeMs).toBe(1_000_000);
});

test("what else the system says ends it, and nothing is taken away", async () => {
  code = "ENOSPC";
  expect(await moved()).toMatch(/! ENOSPC: not so\n= 1\n$/);
  expect([existsSync(join(root, "to")), readFileSync(join(root, "from", "files", "1"), "utf8")]).toEqual([
    false,
    "file",
  ]);
});
