// `npm start`: makes the clone ready, then opens the desktop window, or the same screens in a browser. Flags go on to the core.
import { spawn } from "node:child_process";
import { ended, endWithUs, isEnding, say } from "./children.mjs";
import { fetchElectron } from "./fetch-electron.mjs";
import { findElectron } from "./find-electron.mjs";
import { serveInBrowser } from "./in-browser.mjs";
import { projectRoot, setup } from "./setup.mjs";

/** Ours, and not the core's. */
const own = ["--browser", "--fetch"];
const given = process.argv.slice(2);
const flags = given.filter((flag) => !own.includes(flag));
const host = { platform: process.platform, env: process.env, isRoot: process.getuid?.() === 0 };
/** An Electron that fails this soon never showed a window: the browser is tried then. */
const shortLife = 10_000;
/** @type {["inherit", "inherit", "inherit"]} */
const inherited = ["inherit", "inherit", "inherit"];

const node = await setup();
process.exitCode = node ? await start(node) : 1;

/** @param {string} node @returns {Promise<number>} the exit code */
async function start(node) {
  if (flags.includes("--help")) return await ended(spawn(node, ["dist/cli.js", "serve", "--help"], inherit()));
  if (given.includes("--browser")) return await serveInBrowser(node, projectRoot, flags);
  const electron = await window(node);
  if (electron.path === null) say(electron.why);
  else {
    const began = Date.now();
    const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
    // The channel is how it is asked to end, and how it notices when this process is gone.
    const child = spawn(electron.path, [projectRoot, ...flags], { ...inherit(), stdio: [...inherited, "ipc"], env });
    const code = await ended(endWithUs(child));
    if (code === 0 || isEnding() || Date.now() - began > shortLife) return code;
    say(`No desktop window: Electron ended at once with code ${code}.`);
  }
  return await serveInBrowser(node, projectRoot, flags);
}

/** The Electron to show the window with; fetched where it is missing.
 * @param {string} node @returns {Promise<import("./find-electron.mjs").ElectronAnswer>} */
async function window(node) {
  const found = findElectron(projectRoot, host);
  if (found.path !== null || !found.missing) return found;
  const why = await fetchElectron(projectRoot, node, { asked: given.includes("--fetch"), env: process.env });
  return why === null ? findElectron(projectRoot, host) : { path: null, why };
}

/** @returns {import("node:child_process").SpawnOptions} */
function inherit() {
  return { cwd: projectRoot, stdio: inherited };
}
