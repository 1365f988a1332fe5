import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

let folder: string;
let launcher: ChildProcess | null = null;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "plugside-launch-"));
});
afterEach(() => {
  launcher?.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

/** `npm start` where neither Electron nor a display is at hand. */
function launch(flags: string[]): ChildProcess {
  const { DISPLAY: _x, WAYLAND_DISPLAY: _wayland, ...env } = process.env;
  launcher = spawn(process.execPath, [join(root, "main/launch/launch.mjs"), "--data", join(folder, "data"), ...flags], {
    env: { ...env, ELECTRON_OVERRIDE_DIST_PATH: folder },
    stdio: ["ignore", "pipe", "pipe"],
  });
  return launcher;
}

/** The first lines, those of a set-up that had something to do left out. */
async function readLines(child: ChildProcess, count: number): Promise<string[]> {
  const lines: string[] = [];
  if (!child.stdout) throw new Error("the launcher has no output");
  for await (const line of createInterface({ input: child.stdout })) {
    if (/ \.\.\. [\d.]+ s$/.test(line)) continue;
    if (lines.push(line) === count) break;
  }
  return lines;
}

it.runIf(process.platform === "linux").each(["SIGINT", "SIGTERM"] as const)(
  "without Electron: says why in one line, prints a link that works, and ends with 0 at %s",
  async (signal) => {
    const child = launch(["--listen", "127.0.0.1:0"]);
    const [why, stations, link, hint] = await readLines(child, 4);
    expect(why).toBe(
      `No desktop window: ELECTRON_OVERRIDE_DIST_PATH holds no Electron (${join(folder, "electron")} is missing).`,
    );
    expect(stations).toMatch(/^Stations connect to ws:\/\/127\.0\.0\.1:\d+\/<identity>$/);
    expect(hint).toBe("There is no display here; open the link in a browser. Ctrl+C ends Plugside.");
    const opened = await fetch((link ?? "").replace("Plugside: ", ""), { redirect: "manual" });
    expect([opened.status, opened.headers.get("location")]).toEqual([303, "/"]);
    const ended = once(child, "exit");
    child.kill(signal);
    expect(await ended).toEqual([0, null]);
  },
);

it("ends with the core's own exit code when a flag makes no sense", async () => {
  const child = launch(["--listen", "nowhere"]);
  expect(await once(child, "exit")).toEqual([5, null]);
});
