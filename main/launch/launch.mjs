// `npm start`: makes the clone ready, then opens the desktop window, or the same screens in a browser. Flags go on to the core.
import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { fetchElectron } from "./fetch-electron.mjs";
import { findBrowser, findOpener } from "./find-browser.mjs";
import { findElectron } from "./find-electron.mjs";
import { writeLinkPage } from "./link-page.mjs";
import { projectRoot, setup } from "./setup.mjs";

/** Ours, and not the core's. */
const own = ["--browser", "--fetch"];
const given = process.argv.slice(2);
const flags = given.filter((flag) => !own.includes(flag));
const host = { platform: process.platform, env: process.env, isRoot: process.getuid?.() === 0 };
/** An Electron that fails this soon never showed a window: the browser is tried then. */
const shortLife = 10_000;
/** A browser that ends this soon has handed the link to another of its windows. */
const handedOver = 5_000;
/** Whether a browser may go on after its last window is closed: on a Mac every one does, on Windows Edge. */
const stays = process.platform === "darwin" || process.platform === "win32";
/** @type {["inherit", "inherit", "inherit"]} */
const inherited = ["inherit", "inherit", "inherit"];
let ending = false;

const node = await setup();
process.exitCode = node ? await start(node) : 1;

/** @param {string} node @returns {Promise<number>} the exit code */
async function start(node) {
  if (flags.includes("--help")) return await ended(spawn(node, ["dist/cli.js", "serve", "--help"], inherit()));
  if (given.includes("--browser")) return await serve(node);
  const electron = await window(node);
  if (electron.path === null) say(electron.why);
  else {
    const began = Date.now();
    const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
    // The channel is how it is asked to end, and how it notices when this process is gone.
    const child = spawn(electron.path, [projectRoot, ...flags], { ...inherit(), stdio: [...inherited, "ipc"], env });
    const code = await ended(endWithUs(child));
    if (code === 0 || ending || Date.now() - began > shortLife) return code;
    say(`No desktop window: Electron ended at once with code ${code}.`);
  }
  return await serve(node);
}

/** The Electron to show the window with; fetched where it is missing.
 * @param {string} node @returns {Promise<import("./find-electron.mjs").ElectronAnswer>} */
async function window(node) {
  const found = findElectron(projectRoot, host);
  if (found.path !== null || !found.missing) return found;
  const why = await fetchElectron(projectRoot, node, { asked: given.includes("--fetch"), env: process.env });
  return why === null ? findElectron(projectRoot, host) : { path: null, why };
}

/** Runs the core and shows its screens in a browser, until one of the two ends. @param {string} node */
async function serve(node) {
  /** Where the screens are. @type {string | null | undefined} */
  let shown;
  const core = endWithUs(
    spawn(node, ["dist/cli.js", "serve", "--json", ...untilClosed(), ...flags], {
      cwd: projectRoot,
      // The channel lets the core notice when this process is gone, however it went.
      stdio: ["ignore", "pipe", "inherit", "ipc"],
      env: { ...process.env, PLUGSIDE_PARENT: "1" },
      windowsHide: true,
    }),
  );
  if (core.stdout)
    createInterface({ input: core.stdout }).on("line", (line) => {
      const ready = readReady(line);
      if (!ready) return;
      const origin = ready.ui && new URL(ready.ui).origin;
      // A core that was started again has its place before, and the window that is open finds it there; or else it says where it is.
      if (origin === shown) return;
      const first = shown === undefined;
      shown = origin;
      say(`Stations connect to ${ready.ocpp.join(" or ")}<identity>`);
      if (ready.ui && first) open(ready.ui, ready.data, core);
      else if (ready.ui) say(`Plugside is now at ${ready.ui}`);
    });
  return await ended(core);
}

/** @param {string} link @param {string} dataFolder @param {import("node:child_process").ChildProcess} core */
function open(link, dataFolder, core) {
  say(`Plugside: ${link}`);
  const profile = browserProfile();
  const opener = findOpener(() => pathToFileURL(writeLinkPage(dataFolder, link)).href, profile, host);
  if (opener.kind === null) return say(`${opener.why} Ctrl+C ends Plugside.`);
  mkdirSync(profile, { recursive: true });
  const began = Date.now();
  const browser = spawn(opener.command, opener.args, { stdio: "ignore", detached: opener.kind === "system" });
  browser.once("error", (error) => say(`The browser did not start (${error.message}); open the link yourself.`));
  if (opener.kind === "system") {
    browser.unref();
    return say("If the browser shows nothing, open the link yourself. Ctrl+C ends Plugside.");
  }
  say(
    stays
      ? "Closing the window ends Plugside within a minute; Ctrl+C at once."
      : "Closing the window or Ctrl+C ends Plugside.",
  );
  core.once("exit", () => browser.kill());
  browser.once("exit", (code) => {
    if (ending) return;
    if (Date.now() - began > handedOver) ask(core);
    else if (code !== 0) say("The browser ended at once; open the link yourself.");
  });
}

/** @param {string} line @returns {{ ocpp: string[], ui: string | null, data: string } | null} */
function readReady(line) {
  try {
    const said = JSON.parse(line);
    return said?.event === "ready" && Array.isArray(said.ocpp) ? said : null;
  } catch {
    return null;
  }
}

/** Where a browser goes on after its window is closed, it is the core that notices that no screen is left. */
function untilClosed() {
  return stays && findBrowser(host) ? ["--until-closed"] : [];
}

/** Asks a child to end in good order, the one way that every system has.
 * @param {import("node:child_process").ChildProcess} child */
function ask(child) {
  if (child.connected) child.send({ type: "stop" }, () => undefined);
}

/** Ends `child` when we are told to end: asked first, after 10 s the hard way.
 * @template {import("node:child_process").ChildProcess} T
 * @param {T} child */
function endWithUs(child) {
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"]))
    process.on(signal, () => {
      ending = true;
      ask(child);
      setTimeout(() => child.kill("SIGKILL"), 10_000).unref();
    });
  return child;
}

/** @param {import("node:child_process").ChildProcess} child @returns {Promise<number>} */
function ended(child) {
  return new Promise((resolve) => {
    child.once("error", (error) => {
      say(error.message);
      resolve(127);
    });
    child.once("exit", (code, signal) => resolve(code ?? (signal === "SIGINT" || signal === "SIGTERM" ? 0 : 1)));
  });
}

/** @returns {import("node:child_process").SpawnOptions} */
function inherit() {
  return { cwd: projectRoot, stdio: inherited };
}

/** The browser window's own files: in the user's cache, so that no other window of that browser is touched. */
function browserProfile() {
  const home = homedir();
  if (process.platform === "win32") return join(process.env.LOCALAPPDATA ?? home, "Plugside", "browser");
  if (process.platform === "darwin") return join(home, "Library", "Caches", "Plugside", "browser");
  return join(process.env.XDG_CACHE_HOME ?? join(home, ".cache"), "plugside", "browser");
}

/** @param {string} text */
function say(text) {
  process.stdout.write(`${text}\n`);
}
