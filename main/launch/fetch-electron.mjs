import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { runQuietly } from "./run-step.mjs";

const script = fileURLToPath(new URL("download-electron.mjs", import.meta.url));
const stamp = "node_modules/.cache/plugside-window";
const dayMs = 86_400_000;
const reachMs = 3000;
const later = "`npm start -- --fetch` tries again.";

/** @typedef {{ asked: boolean, env: NodeJS.ProcessEnv, now?: number, reach?: (url: string) => Promise<boolean>,
 *   download?: (node: string, script: string) => Promise<import("./run-step.mjs").StepResult> }} FetchOptions */

/** Fetches the Electron binary that is missing, so that there is a desktop window: once a day unless it is asked for, and not where there
 * is no network.
 * @param {string} root the project's folder
 * @param {string} node the Node to run the download with
 * @param {FetchOptions} options `asked`: by --fetch; then nothing is found out before
 * @returns {Promise<string | null>} null once it is there, else one line for the user: the cause and the cure */
export async function fetchElectron(root, node, { asked, env, now = Date.now(), reach = isReached, download = run }) {
  const path = join(root, stamp);
  const tried = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  // A clock that was set back must not keep it off for ever.
  if (!asked && tried !== undefined && Math.abs(now - tried) < dayMs)
    return `No desktop window: the Electron binary has not been fetched. ${later}`;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, "");
  const mirror = env.ELECTRON_MIRROR ?? env.npm_config_electron_mirror ?? "https://github.com/";
  if (!asked && !(await reach(mirror)))
    return `No desktop window: the Electron binary cannot be fetched, ${hostOf(mirror)} did not answer. ${later}`;
  const { code, output } = await download(node, script);
  if (code === 0) return null;
  return `No desktop window: the Electron binary could not be fetched (${reasonOf(output)}). ${later}`;
}

/** @param {string} node @param {string} script */
function run(node, script) {
  return runQuietly(node, [script], { cwd: dirname(script), stdout: "inherit" });
}

/** @param {string} url */
async function isReached(url) {
  try {
    await fetch(url, { method: "HEAD", redirect: "manual", signal: AbortSignal.timeout(reachMs) });
    return true;
  } catch {
    return false;
  }
}

/** @param {string} url */
function hostOf(url) {
  return URL.canParse(url) ? new URL(url).host : url;
}

/** The last line that says something. @param {string} output */
function reasonOf(output) {
  return output.trim().split("\n").at(-1)?.trim() || "it ended without a word";
}
