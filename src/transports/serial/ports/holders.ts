import { readdirSync, readFileSync, readlinkSync, realpathSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { shownText } from "../../../lib/shown-text.ts";
import { cutText } from "../../../lib/text.ts";
import { type Ask, askSystem } from "../../system/ask.ts";

const longestName = 100;
const mostProcesses = 5000;
const mostFiles = 2000;

/** Which program has a port of this laptop open, as far as this user is told. Never rejects. */
export async function holderOf(
  path: string,
  { platform = process.platform, ask = askSystem }: { platform?: NodeJS.Platform; ask?: Ask } = {},
): Promise<{ name: string; ours: boolean } | undefined> {
  if (platform === "darwin") return macHolder(path, ask);
  return platform === "linux" ? openFiles().get(realPath(path)) : undefined;
}

/** Source: lsof(8), "Output for other programs". */
async function macHolder(path: string, ask: Ask): Promise<{ name: string; ours: boolean } | undefined> {
  const answer = await ask("/usr/sbin/lsof", ["-w", "-Fpc", path]);
  const [found] = (answer?.text ?? "").matchAll(/^p(\d+)\nc(.+)$/gm);
  if (!found) return undefined;
  const [, pid, name = ""] = found;
  return { name: cutText(shownText(name), longestName), ours: Number(pid) === process.pid };
}

/** The devices that programs of this user have open, with the program: proc_pid_fd(5). Ours are those of this process.
 * @param proc where the system tells of its processes */
export function openFiles(proc = "/proc", devices = "/dev/"): Map<string, { name: string; ours: boolean }> {
  const found = new Map<string, { name: string; ours: boolean }>();
  const processes = listed(proc).filter((name) => /^\d+$/.test(name));
  for (const pid of processes.slice(0, mostProcesses)) {
    const folder = join(proc, pid, "fd");
    for (const file of listed(folder).slice(0, mostFiles)) {
      const target = linkOf(join(folder, file));
      if (!target?.startsWith(devices) || found.get(target)?.ours) continue;
      const program = linkOf(join(proc, pid, "exe"))?.replace(/ \(deleted\)$/, "");
      const name = program ? basename(program) : pid;
      found.set(target, { name: cutText(shownText(name), longestName), ours: Number(pid) === process.pid });
    }
  }
  return found;
}

/** The group that has a port, by name; by number where it has none. */
export function groupOf(path: string, groups = "/etc/group"): string | undefined {
  try {
    const { gid } = statSync(path);
    const line = readFileSync(groups, "utf8")
      .split("\n")
      .find((one) => one.split(":")[2] === String(gid));
    return line?.split(":")[0] ?? String(gid);
  } catch {
    return undefined;
  }
}

/** Where a path leads in the end; itself where nothing is there. */
export function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function linkOf(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}
