import { execFileSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { temporaryFolder } from "./core.ts";

/** Whether this user may mount: only then can a full disk, or one that cannot be written, be had. */
export const canMount = process.platform === "linux" && process.getuid?.() === 0 && tryMount();

function tryMount(): boolean {
  try {
    execFileSync("unshare", ["--mount", "mount", "-t", "tmpfs", "none", "/mnt"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** A disk of its own for a test; unmounted when it is over. */
export type SmallDisk = { folder: string; fill(): void; empty(): void };

/** Mounts a disk of a few megabytes. */
export async function smallDisk(megabytes: number): Promise<SmallDisk> {
  const folder = await temporaryFolder();
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m`, "none", folder]);
  onTestFinished(() => void execFileSync("umount", ["-l", folder]));
  const filler = join(folder, "filler");
  return {
    folder,
    fill() {
      const block = Buffer.alloc(4096, 1);
      try {
        for (;;) writeFileSync(filler, block, { flag: "a" });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
      }
    },
    empty: () => rmSync(filler),
  };
}

/** Shows a folder at another place, where nothing of it can be changed. */
export async function readOnlyView(folder: string): Promise<string> {
  const view = await temporaryFolder();
  execFileSync("mount", ["--bind", folder, view]);
  onTestFinished(() => void execFileSync("umount", ["-l", view]));
  execFileSync("mount", ["-o", "remount,bind,ro", view]);
  return view;
}
