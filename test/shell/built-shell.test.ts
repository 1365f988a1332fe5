import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

type Said = {
  path?: { name: string; path: string };
  core?: number;
  window?: object;
  menu?: string[];
  error?: string;
  loaded?: { link: string; status: number; type: string; text: string };
};

let folder: string;
let main: ChildProcess;
let said: Said[];
let wake: () => void;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "plugside-built-"));
  said = [];
  wake = () => undefined;
  main = fork(join(root, "dist/main/main.js"), ["--data", folder, "--listen", "127.0.0.1:0"], {
    execArgv: ["--import", fileURLToPath(new URL("resolve-electron.mjs", import.meta.url))],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  main.on("message", (message: Said) => {
    said.push(message);
    wake();
  });
  main.once("exit", () => wake());
});
afterEach(() => {
  main.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

/** Waits for the `count`th message of a kind. */
async function heard<K extends keyof Said>(kind: K, count = 1): Promise<NonNullable<Said[K]>> {
  for (;;) {
    const found = said.filter((one) => one[kind] !== undefined)[count - 1]?.[kind];
    if (found !== undefined) return found as NonNullable<Said[K]>;
    if (main.exitCode !== null)
      throw new Error(`the shell ended with ${main.exitCode}; it said ${JSON.stringify(said)}`);
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
}

/** The names of the files that a built file loads at its start, and theirs. */
function loadedBy(path: string, names = new Set<string>()): Set<string> {
  const name = basename(path).replace(/(-[\w-]{8})?\.js$/, "");
  if (names.has(name)) return names;
  names.add(name);
  const imports = readFileSync(path, "utf8").matchAll(/^import .*?"(\.[^"]+)";$/gm);
  for (const [, file = ""] of imports) loadedBy(join(dirname(path), file), names);
  return names;
}

it("loads no more than it needs: the core is for the process that runs it", () => {
  const loaded = ["cli.js", "chunks/log-worker.js", "main/main.js", "main/core-process.js"].map((file) => [
    ...loadedBy(join(root, "dist", file)),
  ]);
  expect(loaded).toEqual([
    ["cli", "supervise"],
    ["log-worker", "logs", "base"],
    ["main", "base", "supervise", "vault"],
    ["core-process", "base", "core", "rolldown-runtime", "supervise", "logs", "vault"],
  ]);
});

it("brings the built screens into a locked window, survives a killed core, and closes the record when it quits", async () => {
  const first = await heard("loaded");
  expect({ status: first.status, type: first.type }).toEqual({ status: 200, type: "text/html; charset=utf-8" });
  expect(first.text).toMatch(/<script type="module"[^>]* src="\/assets\//);
  expect(await heard("path")).toEqual({ name: "userData", path: join(folder, "window") });
  expect(await heard("window")).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false });
  expect(await heard("menu")).toEqual(["Arkiv", "Redigera", "Visa", "Fönster", "Hjälp"]);

  process.kill(await heard("core"), "SIGKILL");
  const second = await heard("loaded", 2);
  expect(second.status).toBe(200);
  expect(second.link).not.toBe(first.link);
  const core = await heard("core", 2);

  main.send({ type: "stop" });
  expect(await once(main, "exit")).toEqual([0, null]);
  expect(() => process.kill(core, 0)).toThrow("ESRCH");
  expect(said.filter((one) => one.error !== undefined)).toEqual([]);
});
