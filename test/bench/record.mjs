// What a person feels on a long record: how soon it is there, how soon a list, a search, a chart.
import { fork, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, cpSync, mkdtempSync, openSync, readFileSync, readSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { engineFlags, fewStores } from "../../src/cli/supervise.ts";
import { figure, middle } from "./figures.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const cli = join(here, "../../dist/cli.js");

/** @param frames how long the record is
 * @param made a folder with such a record, where one was made before
 * @returns lines of the table, and ratios to what the machine does in the same minutes */
export async function recordFigures(frames, made) {
  const folder = mkdtempSync(join(tmpdir(), "plugside-bench-"));
  try {
    if (made) cpSync(made, folder, { recursive: true });
    else await run([join(here, "make-record.ts"), folder, "--frames", String(frames)]);
    const bare = await middle(() => run(["-e", "0"]));
    const reading = await middle(async () => readWhole(join(folder, "plugside.db")));
    const ready = await middle(() => startServe(folder));
    const printed = await printFrames(folder);
    const figures = [
      figure("start to ready", ready, 300, bare),
      ...(await askCore(folder, reading)),
      {
        text: `frames --json through a pipe: ${printed.lines} lines, ${Math.round(printed.perSecond)}/s, memory ${printed.mib} MiB`,
        aim: "200,000 lines/s",
        ratio: (reading * printed.perSecond) / printed.lines,
        name: "frames --json",
      },
    ];
    const ratios = Object.fromEntries(figures.map(({ name, ratio }) => [name, ratio]));
    return { lines: figures.map(({ text, aim }) => `${text} (aim ${aim})`), ratios };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Lists, searches and series of a core in a process that is started as the product starts its own. */
async function askCore(folder, reading) {
  const child = fork(join(here, "asked.mjs"), [folder, String(reading)], {
    execArgv: [...engineFlags],
    env: { ...fewStores, ...process.env },
  });
  const [figures] = await Promise.race([once(child, "message"), once(child, "exit")]);
  if (!Array.isArray(figures)) throw new Error(`the core ended with ${figures}`);
  return figures;
}

function run(args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "inherit"] });
    child.once("exit", (code) => (code === 0 ? resolve() : reject(new Error(`${args[0]} ended with ${code}`))));
  });
}

/** Reads the record as a file: what no look through all of it can be faster than. */
function readWhole(path) {
  const bytes = Buffer.alloc(1024 * 1024);
  const file = openSync(path, "r");
  while (readSync(file, bytes) > 0);
  closeSync(file);
}

/** How long until it tells that it is ready, ms. */
async function startServe(folder) {
  const began = performance.now();
  const args = [cli, "serve", "--json", "--no-ui", "--listen", "127.0.0.1:0", "--data", folder];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  await new Promise((resolve) => child.stdout.once("data", resolve));
  const ms = performance.now() - began;
  child.kill("SIGTERM");
  await new Promise((resolve) => child.once("exit", resolve));
  return ms;
}

/** The whole record through a pipe: every line counted, and the most memory that it took where the system tells. */
function printFrames(folder) {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const args = [cli, "frames", "--json", "--data", folder];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    let lines = 0;
    let kib = 0;
    child.stdout.on("data", (data) => {
      for (let at = data.indexOf(10); at !== -1; at = data.indexOf(10, at + 1)) lines++;
    });
    const looking = setInterval(() => {
      kib = mostMemory(child.pid) ?? kib;
    }, 100);
    child.once("close", (code) => {
      clearInterval(looking);
      const seconds = (performance.now() - began) / 1000;
      if (code !== 0) reject(new Error(`frames ended with ${code}`));
      else resolve({ lines, perSecond: lines / seconds, mib: Math.round(kib / 1024) });
    });
  });
}

/** The most memory a process has taken so far, KiB; undefined where nobody tells, or it has ended. */
function mostMemory(pid) {
  try {
    const [, kib] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return kib && Number(kib);
  } catch {
    return undefined;
  }
}
