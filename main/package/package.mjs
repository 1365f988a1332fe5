// `npm run package`: installers for this system, in release/. On Windows and macOS electron-builder makes them all; on Linux the deb is
// made here with dpkg-deb, and electron-builder makes the rest.
import { spawn } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { ended, say } from "../launch/children.mjs";
import { fetchElectron } from "../launch/fetch-electron.mjs";
import { projectRoot, setup } from "../launch/setup.mjs";
import { accompany } from "./accompany.mjs";
import { makeDeb } from "./deb.mjs";
import { layOutWithoutWindow } from "./without-window.mjs";

const given = process.argv.slice(2);
const release = join(projectRoot, "release");
const arch = process.arch === "arm64" ? "arm64" : "x64";
const electronFolder = process.env.ELECTRON_OVERRIDE_DIST_PATH || join(projectRoot, "node_modules/electron/dist");
const about = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8"));

const node = await setup();
process.exitCode = node ? await make(node) : 1;
if (process.exitCode === 0) await accompany(projectRoot, release, about.version);

/** @param {string} node @returns {Promise<number>} the exit code */
async function make(node) {
  if (!given.includes("--linux")) return await build(node, given);
  if (process.platform !== "linux") {
    say("A package for Linux is made on Linux.");
    return 1;
  }
  const why = await electronMissing(node);
  const window = why === null;
  const folder = join(release, window ? "linux-unpacked" : "linux-without-window");
  if (window) {
    const code = await build(node, ["--linux", "dir", `--${arch}`, `-c.electronDist=${electronFolder}`]);
    if (code !== 0) return code;
  } else {
    say(`${why} The package has no window of its own: its screens open in a browser.`);
    layOutWithoutWindow(projectRoot, folder, arch);
  }
  const deb = makeDeb({ root: projectRoot, from: folder, out: release, arch, window, about });
  say(`${deb} (${Math.round(statSync(deb).size / 1024 ** 2)} MB)`);
  const others = window && !given.includes("deb");
  return others ? await build(node, ["--linux", "AppImage", `--${arch}`, "--prepackaged", folder]) : 0;
}

/** @param {string} node @param {string[]} args @returns {Promise<number>} the exit code */
function build(node, args) {
  const builder = join(projectRoot, "node_modules/electron-builder/cli.js");
  const all = [builder, "--config", "electron-builder.yml", "--publish", "never", ...args];
  return ended(spawn(node, all, { cwd: projectRoot, stdio: "inherit" }));
}

/** Why there is no Electron to pack; null where there is one, fetched where it was missing. @param {string} node */
async function electronMissing(node) {
  if (existsSync(join(electronFolder, "electron"))) return null;
  return await fetchElectron(projectRoot, node, { asked: true, env: process.env });
}
