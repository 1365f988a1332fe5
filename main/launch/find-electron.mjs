import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** `missing`: it was not fetched yet.
 * @typedef {{ path: string } | { path: null, why: string, missing?: true }} ElectronAnswer */

/** Looks for an Electron binary that can be started here. Reads files only: requiring the `electron` package would start a
 * download of some 110 MB.
 * @param {string} root the project's folder
 * @param {{ platform: NodeJS.Platform, env: NodeJS.ProcessEnv, isRoot: boolean }} host
 * @returns {ElectronAnswer} `why` is one line for the user: the cause and the cure */
export function findElectron(root, { platform, env, isRoot }) {
  const path = binaryPath(root, platform, env);
  if (env.ELECTRON_OVERRIDE_DIST_PATH && !existsSync(path))
    return {
      path: null,
      why: `No desktop window: ELECTRON_OVERRIDE_DIST_PATH holds no Electron (${path} is missing).`,
    };
  if (platform === "linux" && !env.DISPLAY && !env.WAYLAND_DISPLAY)
    return { path: null, why: "No desktop window: there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)." };
  if (platform === "linux" && isRoot)
    return {
      path: null,
      why: "No desktop window: Electron's sandbox does not work as root. Start it as an ordinary user.",
    };
  if (!existsSync(path))
    return { path: null, why: "No desktop window: the Electron binary has not been fetched.", missing: true };
  return { path };
}

/** @param {string} root @param {NodeJS.Platform} platform @param {NodeJS.ProcessEnv} env */
function binaryPath(root, platform, env) {
  const folder = join(root, "node_modules/electron");
  const record = join(folder, "path.txt");
  const name = existsSync(record) ? readFileSync(record, "utf8").trim() : binaryName(platform);
  return join(env.ELECTRON_OVERRIDE_DIST_PATH || join(folder, "dist"), name);
}

/** @param {NodeJS.Platform} platform */
function binaryName(platform) {
  if (platform === "win32") return "electron.exe";
  return platform === "darwin" ? "Electron.app/Contents/MacOS/Electron" : "electron";
}
