import { readlinkSync } from "node:fs";
import { posix } from "node:path";
import { shownText } from "../../lib/shown-text.ts";
import { cutText } from "../../lib/text.ts";
import { type Ask, askSystem } from "./ask.ts";

type Holder = { pid: number; name: string };

/** The system that is asked. */
export type PortHost = {
  platform: NodeJS.Platform;
  ask: Ask;
  /** This process. */
  pid: number;
  /** Where a link leads; null where that is not for us to know. */
  readLink(path: string): string | null;
};

const thisHost: PortHost = {
  platform: process.platform,
  ask: askSystem,
  pid: process.pid,
  readLink(path) {
    try {
      return readlinkSync(path);
    } catch {
      return null;
    }
  },
};

const longestName = 100;

/** Which program listens on a TCP port of this computer, other than this one; null where the system does not tell. Never rejects. */
export async function portHolder(port: number, host = thisHost): Promise<string | null> {
  const read = { win32: windowsHolders, darwin: macHolders }[host.platform as string] ?? linuxHolders;
  const other = (await read(host, port)).find(({ pid, name }) => pid !== host.pid && name !== "");
  return other ? cutText(shownText(other.name), longestName) : null;
}

/** Source: Get-NetTCPConnection (NetTCPIP module); nobody need be an administrator for that. */
async function windowsHolders({ ask }: PortHost, port: number): Promise<Holder[]> {
  const script = `$ErrorActionPreference = 'SilentlyContinue'
[Console]::OutputEncoding = [Text.Encoding]::UTF8
Get-NetTCPConnection -State Listen -LocalPort ${port} | Select-Object -ExpandProperty OwningProcess -Unique | ForEach-Object { "$_ $((Get-Process -Id $_).ProcessName)" }`;
  const encoded = Buffer.from(script, "utf16le").toString("base64");
  const answer = await ask("powershell.exe", ["-NoProfile", "-NonInteractive", "-EncodedCommand", encoded]);
  return matches(answer?.text, /^\uFEFF?(?<pid>\d+) (?<name>.+?)\r?$/gm);
}

/** Source: lsof(8), "Output for other programs". */
async function macHolders({ ask }: PortHost, port: number): Promise<Holder[]> {
  const answer = await ask("/usr/sbin/lsof", ["-nP", `-iTCP:${port}`, "-sTCP:LISTEN", "-Fpc"]);
  return matches(answer?.text, /^p(?<pid>\d+)\nc(?<name>.+)$/gm);
}

/** Source: ss(8), proc_pid_exe(5). They tell of the programs of this user alone; ss calls them by their first thread. */
async function linuxHolders({ ask, readLink }: PortHost, port: number): Promise<Holder[]> {
  const answer = await ask("ss", ["-Hltnp", "sport", "=", `:${port}`]);
  return matches(answer?.text, /\("(?<name>[^"]*)",pid=(?<pid>\d+),/g).map(({ pid, name }) => {
    const program = readLink(`/proc/${pid}/exe`)?.replace(/ \(deleted\)$/, "");
    return { pid, name: program ? posix.basename(program) : name };
  });
}

function matches(text: string | undefined, pattern: RegExp): Holder[] {
  return [...(text ?? "").matchAll(pattern)].map(({ groups }) => ({
    pid: Number(groups?.pid),
    name: groups?.name ?? "",
  }));
}
