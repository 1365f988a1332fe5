import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { isDeviceName, isOnNetwork } from "../lib/file-name.ts";

/** The words that Plugside was started with are wrong. */
export class UsageError extends Error {}

/** The platform's application data folder for Plugside. On Windows the local one: the roaming one is copied to a server at log-off in
 * companies, with all that has grown in it. A record that lies there is used until somebody has moved it (`plugside move-record`). */
export function defaultDataFolder(
  platform = process.platform,
  env = process.env,
  home = homedir(),
  isThere: (path: string) => boolean = existsSync,
): string {
  if (platform === "win32") {
    const { local, roaming } = windowsFolders(env, home);
    const holdsRecord = (folder: string) => isThere(join(folder, "plugside.db"));
    return holdsRecord(roaming) && !holdsRecord(local) ? roaming : local;
  }
  if (platform === "darwin") return join(home, "Library", "Application Support", "Plugside");
  return join(env.XDG_DATA_HOME || join(home, ".local", "share"), "plugside");
}

/** Where data of Plugside's lies on Windows, and where it lay before. */
export function windowsFolders(env = process.env, home = homedir()): { local: string; roaming: string } {
  return {
    local: join(env.LOCALAPPDATA ?? join(home, "AppData", "Local"), "Plugside"),
    roaming: join(env.APPDATA ?? join(home, "AppData", "Roaming"), "Plugside"),
  };
}

/** The folder named with --data, or the default. `~` is the home folder where the shell has left it as it is.
 * @throws UsageError where it can be no folder */
export function dataFolder(given: string | undefined, platform = process.platform, home = homedir()): string {
  if (given === undefined) return defaultDataFolder(platform, process.env, home);
  if (given === "") throw new UsageError("--data needs a folder.");
  if (platform === "win32" && isOnNetwork(given))
    throw new UsageError(
      `--data: ${given} is on a network, where a record is not safe from damage. Choose a folder of this laptop.`,
    );
  return folderToLeave(given, platform, home);
}

/** A folder that a record is taken out of: it may be on a network, where none is safe.
 * @throws UsageError where it can be no folder */
export function folderToLeave(given: string, platform = process.platform, home = homedir()): string {
  if (platform === "win32") refuseOnWindows(given);
  return resolve(/^~(?:[/\\]|$)/.test(given) ? join(home, given.slice(1)) : given);
}

/** @throws UsageError */
function refuseOnWindows(given: string): void {
  // "C:\My Folder\" ends in an escaped quote there, and what comes after it is swallowed.
  if (given.includes('"'))
    throw new UsageError(
      `--data: a folder has no quotation mark in its name; got ${given}. Leave out the backslash before the closing one.`,
    );
  const device = given.split(/[/\\]/).find(isDeviceName);
  if (device !== undefined) throw new UsageError(`--data: Windows keeps the name ${device} for a device.`);
}

/** Reads HOST:PORT; `[::1]:9000` for IPv6. A port alone keeps the default host.
 * @throws UsageError */
export function readHostPort(given: string, option: string, defaultHost: string): { host: string; port: number } {
  const match = /^(?:(\[[^\]]+\]|[^:]*):)?(\d{1,5})$/.exec(given);
  const port = Number(match?.[2]);
  if (!match || port > 65535)
    throw new UsageError(`${option} takes HOST:PORT, for example 0.0.0.0:9000; got "${given}".`);
  const host = (match[1] ?? "").replace(/^\[|\]$/g, "");
  return { host: host === "" ? defaultHost : host, port };
}

/** Reads where to listen: HOST:PORT takes ws and wss on one port, ws://HOST:PORT or wss://HOST:PORT only that.
 * @throws UsageError */
export function readListen(given: string): { host: string; port: number; mode: "both" | "ws" | "wss" } {
  const match = /^(?:(wss?):\/\/)?([^/]*)\/?$/.exec(given);
  const place = readHostPort(match?.[2] ?? given, "--listen", "0.0.0.0");
  const mode = match?.[1];
  return { ...place, mode: mode === "ws" || mode === "wss" ? mode : "both" };
}
