// Whether a packed Plugside starts: node test/packaging/smoke.mjs FOLDER. Its command line must reach it, and end it.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

const folder = resolve(process.argv[2] ?? ".");
const data = mkdtempSync(join(tmpdir(), "plugside-smoke-"));
const places = {
  linux: { program: "plugside-desktop", cli: "resources/cli/plugside" },
  win32: { program: "Plugside.exe", cli: "resources/cli/plugside.cmd" },
  darwin: {
    program: "Plugside.app/Contents/MacOS/Plugside",
    cli: "Plugside.app/Contents/Resources/cli/plugside",
  },
};
const { program, cli } = places[/** @type {keyof typeof places} */ (process.platform)];
const startMs = 60_000;

/** @param {string[]} args */
function plugside(...args) {
  return execFileSync(join(folder, cli), [...args, "--data", data], {
    encoding: "utf8",
    shell: process.platform === "win32",
  });
}

const started = spawn(join(folder, program), ["--data", data, "--listen", "127.0.0.1:0"], { stdio: "inherit" });
const ended = once(started, "exit");
try {
  const until = Date.now() + startMs;
  while (!existsSync(join(data, "core.json"))) {
    if (Date.now() > until) throw new Error(`${program} has no core after ${startMs / 1000} s`);
    await wait(200);
  }
  console.log(plugside("--version").trim());
  if (!/^http:\/\/127\.0\.0\.1:\d+\/open\//.test(plugside("link"))) throw new Error("the core serves no screens");
  plugside("stop");
  const [code] = await ended;
  if (code !== 0) throw new Error(`${program} ended with ${code}`);
  console.log("It starts, its command line reaches it, and it ends when it is asked to.");
} finally {
  started.kill();
  rmSync(data, { recursive: true, force: true, maxRetries: 10 });
}
