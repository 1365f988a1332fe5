import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { engineFlags } from "../../src/cli/supervise.ts";
import { bound } from "./bound.ts";

/** A core in a process of its own. */
export type CoreProcess = {
  child: ChildProcess;
  /** Where stations connect; null where it ended before it was ready. */
  url: string | null;
  ended: Promise<void>;
  /** What it complained of: errors, warnings, bugs of its own, and stacks. */
  complaints(): string[];
  kill(): void;
  /** Its resident memory, now and at its most, megabytes; 0 where the system does not tell it. */
  residentMegabytes(): { now: number; most: number };
};

export type CoreProcessOptions = {
  /** How many times as often it does what it does every few seconds. */
  haste?: number;
  /** Kills it then, ready or not. */
  killAfterMs?: number;
  /** How many files and sockets it may have open. */
  descriptors?: number;
};

const program = fileURLToPath(new URL("core-process.mjs", import.meta.url));
const startWithinMs = 30_000;

/** Starts a core on a folder and waits until it is ready, or has ended. The build is what runs. */
export async function startCoreProcess(folder: string, options: CoreProcessOptions = {}): Promise<CoreProcess> {
  const { haste = 1, killAfterMs, descriptors } = options;
  const command = [process.execPath, ...engineFlags, program, folder, String(haste)];
  // The shell sets the limit and becomes the core.
  const limited = ["sh", "-c", 'ulimit -n "$0"; exec "$@"', String(descriptors), ...command];
  const [file = "", ...args] = descriptors === undefined ? command : limited;
  const child = spawn(...bound(file, args), { stdio: ["ignore", "ignore", "pipe", "ipc"] });
  const complaints: string[] = [];
  child.stderr?.on("data", (text) => {
    const lines = String(text).split("\n");
    complaints.push(...lines.filter((line) => line.trim() !== "" && !/^\S+ info /.test(line)));
  });
  const timer = killAfterMs === undefined ? null : setTimeout(() => child.kill("SIGKILL"), killAfterMs);
  const ended = once(child, "exit").then(() => void (timer && clearTimeout(timer)));
  const url = await Promise.race([readyOf(child), ended.then(() => null)]);
  return {
    child,
    url,
    ended,
    complaints: () => complaints,
    kill: () => void child.kill("SIGKILL"),
    residentMegabytes: () => residentMegabytes(child.pid),
  };
}

/** Where stations connect, once it is ready; null when that takes too long. */
async function readyOf(child: ChildProcess): Promise<string | null> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), startWithinMs);
  try {
    const [url] = await once(child, "message", { signal: late.signal });
    return String(url);
  } catch {
    child.kill("SIGKILL");
    return null;
  } finally {
    clearTimeout(timer);
  }
}

function residentMegabytes(pid: number | undefined): { now: number; most: number } {
  let status = "";
  try {
    status = readFileSync(`/proc/${pid}/status`, "utf8");
  } catch {
    // It is gone, or the system has no such place.
  }
  const [now = 0, most = 0] = ["VmRSS", "VmHWM"].map((name) =>
    Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024),
  );
  return { now, most };
}
