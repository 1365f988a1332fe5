import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { ask, ended, endWithUs, isEnding, say } from "./children.mjs";
import { findBrowser, findOpener } from "./find-browser.mjs";
import { writeLinkPage } from "./link-page.mjs";

const host = { platform: process.platform, env: process.env, isRoot: process.getuid?.() === 0 };
/** A browser that ends this soon has handed the link to another of its windows. */
const handedOver = 5_000;
/** Whether a browser may go on after its last window is closed: on a Mac every one does, on Windows Edge. */
const stays = process.platform === "darwin" || process.platform === "win32";

/** Runs the core and shows its screens in a browser, until one of the two ends.
 * @param {string} node
 * @param {string} root the folder with `dist`
 * @param {string[]} flags for the core
 * @returns {Promise<number>} the exit code */
export async function serveInBrowser(node, root, flags) {
  /** Where the screens are. @type {string | null | undefined} */
  let shown;
  const core = endWithUs(
    spawn(node, ["dist/cli.js", "serve", "--json", ...untilClosed(), ...flags], {
      cwd: root,
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
    if (isEnding()) return;
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

/** The browser window's own files: in the user's cache, so that no other window of that browser is touched. */
function browserProfile() {
  const home = homedir();
  if (process.platform === "win32") return join(process.env.LOCALAPPDATA ?? home, "Plugside", "browser");
  if (process.platform === "darwin") return join(home, "Library", "Caches", "Plugside", "browser");
  return join(process.env.XDG_CACHE_HOME ?? join(home, ".cache"), "plugside", "browser");
}
