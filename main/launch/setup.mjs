// Makes a clone ready to run: installs what is missing, builds what is stale. Runs on a bare Node 20, before anything is installed.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { fingerprint } from "./fingerprint.mjs";
import { findNode, nodeNeeded } from "./pinned-node.mjs";
import { announce, runQuietly } from "./run-step.mjs";

/** The project's folder. */
export const projectRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** One part of the build: it runs again when `inputs` change or an output is gone.
 * @typedef {{ name: string, label: string, inputs: string[], outputs: string[], stale?: string[], args: string[] }} BuildPart */

/** @type {BuildPart[]} */
const buildParts = [
  {
    name: "validators",
    label: "Generating the validators",
    inputs: ["src/ocpp/generate.mjs", "package-lock.json"],
    outputs: ["src/ocpp/generated/v16.js", "src/ocpp/generated/v201.js", "src/ocpp/generated/v21.js"],
    args: ["src/ocpp/generate.mjs"],
  },
  {
    name: "screens",
    label: "Building the screens",
    inputs: ["renderer", "src", "vite.config.ts", "package.json", "package-lock.json"],
    outputs: ["dist/screens/index.html"],
    args: ["node_modules/vite/bin/vite.js", "build"],
  },
  {
    name: "core",
    label: "Building the core",
    inputs: ["src", "main", "vite.core.config.ts", "package.json", "package-lock.json"],
    outputs: ["dist/cli.js", "dist/main/main.js", "dist/main/core-process.js"],
    stale: ["dist/chunks", "dist/compiled"],
    args: ["node_modules/vite/bin/vite.js", "build", "-c", "vite.core.config.ts"],
  },
];

const installStamp = "node_modules/.cache/plugside-installed";
const buildStamp = "dist/.built.json";

/** Installs and builds as needed; one line per step that runs, none when all is fresh.
 * @param {{ root?: string, force?: boolean, only?: string, write?: (text: string) => void }} [options] `force` builds all anew, `only`
 * one part by its name
 * @returns {Promise<string | null>} the Node to run with; null when something failed (and was said) */
export async function setup({
  root = projectRoot,
  force = false,
  only,
  write = (text) => void process.stdout.write(text),
} = {}) {
  const unfit = unfitFolder(root);
  if (unfit !== null) {
    write(`${unfit}\n`);
    return null;
  }
  if (!isInstalled(root) && !(await install(root, write))) return null;
  const { node, trouble } = findNode(root);
  if (trouble !== null) write(`${trouble}\n`);
  if (!node) {
    write(`${nodeNeeded()}\n`);
    return null;
  }
  const wanted = buildParts.filter(({ name }) => only === undefined || name === only);
  for (const part of wanted) if (!(await build(root, node, part, force, write))) return null;
  return node;
}

/** Whether node_modules belongs to this package-lock.json: by our stamp, or by npm's own record being the newer file.
 * @param {string} root */
export function isInstalled(root) {
  const installed = statSync(join(root, "node_modules/.package-lock.json"), { throwIfNoEntry: false });
  if (!installed) return false;
  if (installed.mtimeMs >= statSync(join(root, "package-lock.json")).mtimeMs) return true;
  return readText(join(root, installStamp)) === lockHash(root);
}

/** @param {string} root @param {(text: string) => void} write */
async function install(root, write) {
  const npm = process.env.npm_execpath;
  const args = ["ci", "--ignore-scripts", "--include=dev", "--include=optional", "--prefer-offline"];
  const result = await announce(
    "Installing dependencies",
    () => (npm?.endsWith(".js") ? runQuietly(process.execPath, [npm, ...args], { cwd: root }) : runNpm(args, root)),
    write,
  );
  if (result.code !== 0) {
    write(`${tail(result.output)}\n${installAdvice(result.output)}\n`);
    return false;
  }
  mkdirSync(dirname(join(root, installStamp)), { recursive: true });
  writeFileSync(join(root, installStamp), lockHash(root));
  return true;
}

/** npm of the path. On Windows that is a script, which takes a shell, and the whole command in one text.
 * @param {string[]} args @param {string} root */
function runNpm(args, root) {
  if (process.platform !== "win32") return runQuietly("npm", args, { cwd: root });
  return runQuietly(`npm ${args.join(" ")}`, [], { cwd: root, shell: true });
}

/** What to say of a folder that nothing can be made ready in; null for any other.
 * @param {string} root @param {NodeJS.Platform} platform @returns {string | null} */
export function unfitFolder(root, platform = process.platform) {
  // cmd.exe, which npm's scripts run in, goes to C:\\Windows instead.
  if (platform !== "win32" || !root.startsWith("\\\\")) return null;
  return `Plugside cannot be made ready in a network folder (${root}). Copy it to a disk of this computer, or give the folder a drive letter.`;
}

/** What to do after a failed install.
 * @param {string} output what npm said */
export function installAdvice(output) {
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ENOTCACHED/.test(output))
    return "The package registry cannot be reached. Installing needs the network once; connect and run the same command again.";
  if (/ENOSPC/.test(output))
    return "The disk is full: installing takes about 1 GB. Make room and run the same command again.";
  if (/EACCES|EPERM/.test(output))
    return "The project's folder cannot be written. Check who owns it and run the same command again.";
  return "Installing failed; what npm said stands above.";
}

/** @param {string} root @param {string} node @param {BuildPart} part @param {boolean} force @param {(text: string) => void} write */
async function build(root, node, part, force, write) {
  const now = fingerprint(root, part.inputs);
  const stamps = readStamps(root);
  if (!force && stamps[part.name] === now && part.outputs.every((path) => existsSync(join(root, path)))) return true;
  for (const path of part.stale ?? []) rmSync(join(root, path), { recursive: true, force: true });
  const result = await announce(part.label, () => runQuietly(node, part.args, { cwd: root }), write);
  if (result.code !== 0) {
    write(`${tail(result.output)}\n`);
    return false;
  }
  mkdirSync(join(root, "dist"), { recursive: true });
  writeFileSync(join(root, buildStamp), JSON.stringify({ ...stamps, [part.name]: now }));
  return true;
}

/** @param {string} root @returns {Record<string, string>} empty where there is none, or it cannot be read */
function readStamps(root) {
  try {
    return JSON.parse(readText(join(root, buildStamp)) ?? "{}");
  } catch {
    return {};
  }
}

/** @param {string} root */
function lockHash(root) {
  return createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
}

/** @param {string} path */
function readText(path) {
  return existsSync(path) ? readFileSync(path, "utf8") : null;
}

/** The last 60 lines. @param {string} output */
function tail(output) {
  return output.trimEnd().split("\n").slice(-60).join("\n");
}

// Node has followed a link or a junction to this file; what was typed has not.
if (process.argv[1] && import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href) {
  const only = process.argv.includes("--only") ? process.argv[process.argv.indexOf("--only") + 1] : undefined;
  const ready = await setup({ force: process.argv.includes("--force"), only });
  process.exitCode = ready ? 0 : 1;
}
