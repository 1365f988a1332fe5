import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { bound } from "../bound.ts";
import { freePort, reached } from "../ports.ts";

export const hasRclone = spawnSync("rclone", ["version"]).status === 0;

/** rclone as a WebDAV server of a folder of the test's own. */
export async function startRcloneDav(user: string, password: string): Promise<{ url: string; folder: string }> {
  const folder = mkdtempSync(join(tmpdir(), "plugside-rclone-"));
  const port = await freePort();
  const args = ["serve", "webdav", folder, "--addr", `127.0.0.1:${port}`, "--user", user, "--pass", password];
  const child = spawn(...bound("rclone", args), { stdio: "ignore", env: { ...process.env, HOME: folder } });
  onTestFinished(async () => {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  });
  await reached(port);
  return { url: `http://127.0.0.1:${port}`, folder };
}
