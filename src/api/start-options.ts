import { homedir } from "node:os";
import { join, resolve } from "node:path";
/** The words that Plugside was started with are wrong. */
export class UsageError extends Error {}

/** The platform's application data folder for Plugside. */
export function defaultDataFolder(platform = process.platform, env = process.env, home = homedir()): string {
  if (platform === "win32") return join(env.APPDATA ?? join(home, "AppData", "Roaming"), "Plugside");
  if (platform === "darwin") return join(home, "Library", "Application Support", "Plugside");
  return join(env.XDG_DATA_HOME || join(home, ".local", "share"), "plugside");
}

/** The folder named with --data, or the default. */
export function dataFolder(given: string | undefined): string {
  if (given === "") throw new UsageError("--data needs a folder.");
  return given === undefined ? defaultDataFolder() : resolve(given);
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
