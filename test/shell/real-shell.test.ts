import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { _electron } from "playwright-core";
import { describe, expect, it } from "vitest";
import { findElectron } from "../../main/launch/find-electron.mjs";
import { mustSkip } from "../harness/required.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const isRoot = process.getuid?.() === 0;
const electron = findElectron(root, { platform: process.platform, env: process.env, isRoot });

describe("the real shell", () => {
  const { path: executablePath } = electron;
  if (executablePath === null) {
    mustSkip("electron", false, electron.why);
    return it.skip(`is not run here. ${electron.why}`);
  }

  it("shows the core's screens in a page that has no Node, and ends with it", async () => {
    const folder = mkdtempSync(join(tmpdir(), "plugside-real-"));
    const application = await _electron.launch({
      executablePath,
      args: [root, "--data", folder, "--listen", "127.0.0.1:0"],
    });
    try {
      const page = await application.firstWindow();
      await page.waitForURL(/^http:\/\/127\.0\.0\.1:\d+\/(#.*)?$/);
      expect(
        await page.evaluate(() => [
          typeof Reflect.get(globalThis, "require"),
          typeof Reflect.get(globalThis, "process"),
        ]),
      ).toEqual(["undefined", "undefined"]);
      expect(await page.evaluate(() => window.open("https://example.com/"))).toBeNull();
    } finally {
      await application.close();
      rmSync(folder, { recursive: true, force: true });
    }
  }, 60_000);
});
