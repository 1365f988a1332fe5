import { existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import { delimiter, join } from "node:path";

/** How to open a link. `app`: a window of its own with a profile of its own, whose process is ours to end; `system`: whatever the
 * system opens links with; null: there is nothing to open it with, and `why` says so.
 * @typedef {{ kind: "app" | "system", command: string, args: string[] } | { kind: null, why: string }} Opener */

/** @typedef {{ platform: NodeJS.Platform, env: NodeJS.ProcessEnv, isRoot: boolean }} Host */

const linuxNames = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "microsoft-edge",
  "microsoft-edge-stable",
  "brave-browser",
];

const macPrograms = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  "/Applications/Brave Browser.app/Contents/MacOS/Brave Browser",
];

const windowsPrograms = [
  "Google/Chrome/Application/chrome.exe",
  "Chromium/Application/chrome.exe",
  "Microsoft/Edge/Application/msedge.exe",
  "BraveSoftware/Brave-Browser/Application/brave.exe",
];

/** Finds how to show a page as a window, or at least as a page.
 * @param {() => string} page makes its address, without a secret in it, where there is something to open it with
 * @param {string} profile folder for the browser's own files
 * @param {Host} host
 * @returns {Opener} */
export function findOpener(page, profile, { platform, env, isRoot }) {
  if (platform === "linux" && !env.DISPLAY && !env.WAYLAND_DISPLAY)
    return { kind: null, why: "There is no display here; open the link in a browser." };
  // A Chromium-family browser refuses to run as root with its sandbox on, and we do not take that off.
  if (platform === "linux" && isRoot) return { kind: null, why: "Running as root; open the link in a browser." };
  const browser = findBrowser({ platform, env });
  if (browser)
    return {
      kind: "app",
      command: browser,
      args: [
        `--app=${page()}`,
        `--user-data-dir=${profile}`,
        "--no-first-run",
        "--no-default-browser-check",
        "--disable-background-mode",
      ],
    };
  if (platform === "win32") return { kind: "system", command: "cmd", args: ["/c", "start", "", page()] };
  if (platform === "darwin") return { kind: "system", command: "open", args: [page()] };
  const opener = onPath("xdg-open", env).find(isProgram);
  return opener
    ? { kind: "system", command: opener, args: [page()] }
    : { kind: null, why: "No browser was found; open the link in one." };
}

/** The browser of the Chromium family that is here: the one that PLUGSIDE_BROWSER names, else the first that is found; undefined
 * where there is none.
 * @param {Pick<Host, "platform" | "env">} host @returns {string | undefined} */
export function findBrowser({ platform, env }) {
  const named = env.PLUGSIDE_BROWSER;
  if (named) return isProgram(named) ? named : undefined;
  return candidates(platform, env).find((path) => isProgram(path) && !isSnap(path));
}

/** @param {NodeJS.Platform} platform @param {NodeJS.ProcessEnv} env @returns {string[]} */
function candidates(platform, env) {
  if (platform === "darwin") return macPrograms;
  if (platform !== "win32") return linuxNames.flatMap((name) => onPath(name, env));
  const folders = [env.ProgramFiles, env["ProgramFiles(x86)"], env.LOCALAPPDATA].filter(
    (folder) => folder !== undefined,
  );
  return windowsPrograms.flatMap((program) => folders.map((folder) => join(folder, program)));
}

/** @param {string} name @param {NodeJS.ProcessEnv} env */
function onPath(name, env) {
  return (env.PATH ?? "")
    .split(delimiter)
    .filter(Boolean)
    .map((folder) => join(folder, name));
}

/** @param {string} path */
function isProgram(path) {
  return existsSync(path) && statSync(path).isFile();
}

/** A snap may not write a profile outside its own folders: it would start with an error box. @param {string} path */
function isSnap(path) {
  const real = realpathSync(path);
  if (real.endsWith("/snap") || real.startsWith("/snap/")) return true;
  return statSync(real).size < 10_000 && readFileSync(real, "utf8").includes("/snap/bin/");
}
